package org.evenkeel.accounts.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failures per key (an address, a name) and locks the key for a while when there are too many. Thread-safe.
 *
 * <p>An attempt is counted before its outcome is known and given back when it succeeds, so that attempts side by side
 * cannot outrun the count. Memory is bounded: beyond {@value #MOST_KEYS} keys the one unused for longest is forgotten.
 */
final class Attempts {

    static final int MOST_KEYS = 10_000;

    private final int allowed;
    private final Duration lock;
    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /**
     * @param allowed failures within {@code lock} before the key is locked
     * @param lock how long it is locked, and how long a failure counts
     */
    Attempts(int allowed, Duration lock, Clock clock) {
        this.allowed = allowed;
        this.lock = lock;
        this.clock = clock;
    }

    /** Failures so far, and the moment at which they are forgotten. */
    private static final class Count {
        private int failures;
        private Instant until;
        private boolean reported;
    }

    /** Counts an attempt; returns zero when it may go on, else how long to wait. */
    synchronized Duration begin(String key) {
        Instant now = clock.instant();
        Count count = counts.computeIfAbsent(key, k -> new Count());
        if (count.until == null || !now.isBefore(count.until)) {
            count.failures = 0;
            count.reported = false;
            count.until = now.plus(lock);
        }
        if (count.failures >= allowed) {
            return Duration.between(now, count.until);
        }
        count.failures++;
        count.until = now.plus(lock);
        return Duration.ZERO;
    }

    /** Gives an attempt back that did not fail. */
    synchronized void giveBack(String key) {
        Count count = counts.get(key);
        if (count != null && count.failures > 0) {
            count.failures--;
        }
    }

    /** True for the first refusal of a lock: one entry in the audit log is enough. */
    synchronized boolean firstRefusal(String key) {
        Count count = counts.get(key);
        if (count == null || count.reported) {
            return false;
        }
        count.reported = true;
        return true;
    }

    synchronized int size() {
        return counts.size();
    }
}
