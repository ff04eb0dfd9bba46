package org.evenkeel.accounts;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What people and programs did that matters beyond the stock journal: log-ins, sync, rules, configuration, deploys. */
@ProviderType
public interface AuditLog {

    /**
     * Records something. Never throws: what cannot be stored is logged.
     *
     * @param actor who
     * @param action a stable word, such as {@code store.turned-on}, {@code login.refused}
     * @param subject what it was done to; may be empty
     * @param detail words without secrets; may be empty, at most 2,000 characters are kept
     */
    void record(String actor, String action, String subject, String detail);

    /** Entries newest first, by part of actor, action or subject (empty for all). */
    List<Entry> entries(String text, int offset, int limit);

    /** How many entries match. */
    long count(String text);

    /** One entry. */
    record Entry(long id, Instant at, String actor, String action, String subject, String detail) {}
}
