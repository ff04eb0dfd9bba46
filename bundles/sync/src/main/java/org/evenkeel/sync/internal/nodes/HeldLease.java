package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeaseLostException;

/**
 * A lease as the node that holds it sees it. It stands for a set time after the last renewal that succeeded was asked for,
 * which is a little less than the database grants. Thread-safe; asking waits for nobody.
 */
public final class HeldLease {
    private final Lease lease;
    private final NodeClock clock;
    private final Duration time;
    private volatile NodeClock.Moment renewed;
    private volatile boolean over;

    /**
     * @param asked when it was asked for
     * @param time how long it stands after that
     */
    HeldLease(Lease lease, NodeClock clock, NodeClock.Moment asked, Duration time) {
        this.lease = lease;
        this.clock = clock;
        this.renewed = asked;
        this.time = time;
    }

    public Lease lease() {
        return lease;
    }

    /** Whether this node may still act for the store. Once it may not, it never may again. */
    public boolean stands() {
        if (!over && clock.since(renewed).compareTo(time) >= 0) {
            over = true;
        }
        return !over;
    }

    /** @throws LeaseLostException when this node may no longer act for the store */
    public void check() {
        if (!stands()) {
            throw new LeaseLostException(lease);
        }
    }

    /** A renewal succeeded. @param asked when it was asked for */
    void renewed(NodeClock.Moment asked) {
        if (stands()) {
            renewed = asked;
        }
    }

    void end() {
        over = true;
    }

    /** When it ends by the wall clock, unless it is renewed. */
    Instant ends() {
        return renewed.wall().plus(time);
    }
}
