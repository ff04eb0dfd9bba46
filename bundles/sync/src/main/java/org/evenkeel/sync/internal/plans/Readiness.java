package org.evenkeel.sync.internal.plans;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.lane.LaneMemory.LaneState;
import org.evenkeel.sync.internal.lane.LaneView;

/** What must hold before a store is turned on. */
public final class Readiness {
    private Readiness() {}

    /** @throws ConflictException when its connector is away, its last check did not pass, or there is none */
    public static void require(StoreId store, LaneView lane) {
        if (!lane.connected()) {
            throw conflict("The connector of " + store + " is away: it must be running to be turned on.");
        }
        if (lane.state().check == null) {
            throw conflict("Check " + store + " first; synchronizing is turned on after the check has passed.");
        }
        if (!lane.state().check.passed()) {
            throw conflict("The last check of " + store + " did not pass: mend what it found and check again.");
        }
    }

    /**
     * Now, by the store's clock as far as the check told it. Stores stamp orders with whole seconds: one of this very second
     * counts as placed afterwards, which is right for both, because opening stock takes in what booked orders hold.
     */
    public static Instant moment(Instant now, LaneState kept) {
        Instant storeTime = kept.check == null ? null : kept.check.storeTime();
        Instant there = storeTime == null ? now : storeTime.plus(Duration.between(kept.checkedAt, now));
        return there.truncatedTo(ChronoUnit.SECONDS);
    }

    static ConflictException conflict(String words) {
        return new ConflictException(ConflictException.Reason.STATE, words);
    }
}
