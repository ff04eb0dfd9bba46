package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double with each failure in a row, up to a bound, with jitter so that many lanes do not return at once. */
final class Backoff {
    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** Counts a failure and answers how long to wait: between half and all of the doubled wait. */
    Duration failed() {
        long full = Math.min(most.toMillis(), first.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    /** Goes on behind failures of before. */
    void resume(int before) {
        failures = before;
    }

    int failures() {
        return failures;
    }

    void worked() {
        failures = 0;
    }
}
