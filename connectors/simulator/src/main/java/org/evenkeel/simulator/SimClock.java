package org.evenkeel.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The clock of the simulated stores: it follows the machine's clock, or stands still until somebody moves it.
 * Safe for use by many threads.
 */
public final class SimClock implements InstantSource {
    private final InstantSource machine;
    private Instant standing;
    private Duration ahead = Duration.ZERO;

    private SimClock(InstantSource machine, Instant standing) {
        this.machine = machine;
        this.standing = standing;
    }

    /** A clock that follows the machine's. */
    public static SimClock running() {
        return new SimClock(Clock.systemUTC(), null);
    }

    /** A clock that stands at {@code instant} until it is set, advanced or released. */
    public static SimClock standingAt(Instant instant) {
        return new SimClock(Clock.systemUTC(), Objects.requireNonNull(instant, "instant"));
    }

    @Override
    public synchronized Instant instant() {
        return standing != null ? standing : machine.instant().plus(ahead);
    }

    /** Stops the clock at {@code instant}; earlier than now is allowed, as a store's clock may be corrected. */
    public synchronized void set(Instant instant) {
        standing = Objects.requireNonNull(instant, "instant");
    }

    /** Moves the clock on, whether it stands or runs. */
    public synchronized void advance(Duration by) {
        if (standing != null) {
            standing = standing.plus(by);
        } else {
            ahead = ahead.plus(by);
        }
    }

    /** Lets the clock run on from where it stands. */
    public synchronized void run() {
        if (standing != null) {
            ahead = Duration.between(machine.instant(), standing);
            standing = null;
        }
    }

    /** Whether the clock stands still until somebody moves it. */
    public synchronized boolean isStanding() {
        return standing != null;
    }
}
