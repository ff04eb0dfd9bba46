package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time by which a node judges whether its own leases still stand: a monotonic count, which goes on while the process is
 * stopped, and the wall clock, which goes on while the whole machine sleeps. Whichever says that more time has passed is
 * believed, so that a clock that is set only ends leases too early.
 *
 * @param wall the host's clock
 * @param nanos a count of nanoseconds that never goes back
 */
public record NodeClock(InstantSource wall, LongSupplier nanos) {

    /** The host's. */
    public static NodeClock system() {
        return new NodeClock(InstantSource.system(), System::nanoTime);
    }

    /** A clock in virtual time, which is never set. */
    public static NodeClock of(InstantSource virtual) {
        Instant zero = virtual.instant();
        return new NodeClock(
                virtual, () -> Duration.between(zero, virtual.instant()).toNanos());
    }

    /** This moment. */
    Moment now() {
        return new Moment(wall.instant(), nanos.getAsLong());
    }

    /** How much time has passed since a moment, by whichever clock says more. */
    Duration since(Moment moment) {
        Duration counted = Duration.ofNanos(nanos.getAsLong() - moment.nanos());
        Duration told = Duration.between(moment.wall(), wall.instant());
        return counted.compareTo(told) > 0 ? counted : told;
    }

    /** A moment by both clocks. */
    record Moment(Instant wall, long nanos) {}
}
