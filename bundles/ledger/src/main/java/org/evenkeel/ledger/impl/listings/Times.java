package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times, as both databases keep them. */
final class Times {
    private Times() {}

    /** In microseconds, cut rather than rounded. */
    static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
