package org.evenkeel.accounts.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How long sessions live and how many failures are allowed. */
@ObjectClassDefinition(
        name = "Evenkeel accounts",
        description = "Log-in, sessions and the audit log. A change takes effect at once; open sessions stay open.")
public @interface AccountsConfiguration {

    /** The configuration's PID. */
    String PID = "org.evenkeel.accounts";

    @AttributeDefinition(
            name = "Session: idle minutes",
            min = "1",
            max = "43200",
            description = "Minutes without a request after which a session ends, 1 to 43200 (30 days).")
    int session_idle_minutes() default 720;

    @AttributeDefinition(
            name = "Session: longest hours",
            min = "1",
            max = "8760",
            description = "Hours after which a session ends however much it is used, 1 to 8760 (a year).")
    int session_longest_hours() default 720;

    @AttributeDefinition(
            name = "Failures per address",
            min = "1",
            max = "1000",
            description = "Failed log-ins from one address (IPv6: one /64 network) before it has to wait, 1 to 1000.")
    int failures_per_address() default 10;

    @AttributeDefinition(
            name = "Failures per name",
            min = "1",
            max = "10000",
            description =
                    "Failed log-ins for one name, from wherever, before it has to wait, 1 to 10000. Higher than per"
                            + " address, so that one stranger alone cannot lock the administrator out.")
    int failures_per_name() default 50;

    @AttributeDefinition(
            name = "Lock minutes",
            min = "1",
            max = "1440",
            description =
                    "Minutes that an address or name has to wait after too many failures, and after which a failure"
                            + " is forgotten, 1 to 1440.")
    int lock_minutes() default 5;

    @AttributeDefinition(
            name = "Password: least characters",
            min = "8",
            max = "100",
            description = "Characters that a new password must have at least, 8 to 100.")
    int password_min_length() default 12;
}
