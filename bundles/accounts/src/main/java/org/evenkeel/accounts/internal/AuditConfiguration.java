package org.evenkeel.accounts.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much of the audit log is kept. */
@ObjectClassDefinition(
        name = "Evenkeel audit log",
        description = "How much of the audit log is kept. What is older or more than this is deleted within an hour.")
public @interface AuditConfiguration {

    /** The configuration's PID. */
    String PID = "org.evenkeel.audit";

    @AttributeDefinition(
            name = "Days",
            min = "1",
            max = "36500",
            description = "Days for which an entry is kept, 1 to 36500.")
    int retention_days() default 730;

    @AttributeDefinition(
            name = "Entries",
            min = "1000",
            max = "100000000",
            description = "Entries that are kept at most, the newest, 1000 to 100000000.")
    long retention_entries() default 1_000_000;
}
