package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Knows what the last complete order pull covers. The order of events within a lane is counted, since two of them may carry
 * the same time.
 */
final class Fence {
    private final InstantSource clock;
    private final Duration age;
    private long events;
    private long began = -1;
    private Instant beganAt = Instant.MIN;
    private Instant ended = Instant.MIN;

    Fence(InstantSource clock, Duration age) {
        this.clock = clock;
        this.age = age;
    }

    /** A mark for something that just happened: a figure was read from the ledger, a store was read, a pull begins. */
    long mark() {
        return ++events;
    }

    /** A pull that began at a mark came to its end. */
    void pulled(long mark, Instant at) {
        began = mark;
        beganAt = at;
        ended = clock.instant();
    }

    /** Whether a complete pull began after the mark, however long ago. */
    boolean pulledSince(long mark) {
        return began > mark;
    }

    /** Whether what had happened by the mark may be sent now: a pull began after it and ended less than the age ago. */
    boolean covers(long mark) {
        Instant now = clock.instant();
        // A pull that ended ahead of the clock is one from before it was set back: nobody knows how old it is.
        return pulledSince(mark) && now.isBefore(ended.plus(age)) && !now.isBefore(ended);
    }

    /** When the last complete pull began; long ago where that is ahead of the clock, which was set back then. */
    Instant beganAt() {
        return beganAt.isAfter(clock.instant()) ? Instant.EPOCH : beganAt;
    }
}
