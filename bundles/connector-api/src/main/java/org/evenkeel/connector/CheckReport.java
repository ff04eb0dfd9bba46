package org.evenkeel.connector;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a check found.
 *
 * @param account what the store calls itself, such as its shop domain; never null, may be empty when it was not reached
 * @param storeTime the store's clock when it was asked; null when the store does not tell
 * @param locations the store's locations; not null
 * @param findings in the order in which a person should read them; not null
 */
public record CheckReport(String account, Instant storeTime, List<StoreLocation> locations, List<Finding> findings) {

    /** How much a finding matters. */
    public enum Severity {
        OK,
        WARNING,
        /** Synchronizing cannot be turned on. */
        ERROR
    }

    /**
     * One thing that was looked at.
     *
     * @param severity how much it matters
     * @param text what was found, in the operator's words, without secrets
     * @param wayOut what to do about it; empty when nothing is to be done
     */
    public record Finding(Severity severity, String text, String wayOut) {
        public Finding {
            Objects.requireNonNull(severity, "severity");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(wayOut, "wayOut");
        }
    }

    public CheckReport {
        Objects.requireNonNull(account, "account");
        locations = List.copyOf(locations);
        findings = List.copyOf(findings);
    }

    /** Whether nothing stands in the way of turning on. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
