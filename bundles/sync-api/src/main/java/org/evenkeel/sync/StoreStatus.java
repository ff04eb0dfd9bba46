package org.evenkeel.sync;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.Store;

/**
 * Where a store stands.
 *
 * @param store the store as the ledger knows it
 * @param state what its lane does
 * @param explanation words for the state: what failed, since when, and the way out; empty when all is well
 * @param connected whether a connector for it is there
 * @param lastCheck the last check's report; null when it was never checked
 * @param lastCheckAt when that was
 * @param lastPullAt when the last complete order pull ended; null before
 * @param lastListingPullAt when the last complete listing pull ended; null before
 * @param lastPushAt when the last push was acknowledged; null before
 * @param nextRunAt when the schedule runs it next; null when it does not
 * @param due what is due
 * @param currentRun the run under way; null when there is none
 * @param lastRun the last finished run; null before
 * @param oversellWindow the last window: from an order's placing here to the last push elsewhere that it caused; null before
 * @param windowAlarm whether a window of the last hour, or one that is still open, is above the store's bound
 * @param settings how the store is kept level
 * @param heldReason why nothing is pushed until a plan releases the store; empty when it is not held
 * @param drifting how many figures were changed in the store and wait for a person
 * @param node which node serves the store; empty on a single node, or when none does
 */
public record StoreStatus(
        Store store,
        State state,
        String explanation,
        boolean connected,
        CheckReport lastCheck,
        Instant lastCheckAt,
        Instant lastPullAt,
        Instant lastListingPullAt,
        Instant lastPushAt,
        Instant nextRunAt,
        ListingBook.DueCount due,
        Run currentRun,
        Run lastRun,
        Duration oversellWindow,
        boolean windowAlarm,
        StoreSettings settings,
        String heldReason,
        int drifting,
        String node) {

    /** Whether all is pulled and computed and nothing sent. */
    public boolean shadow() {
        return settings.shadow();
    }

    /** What a lane does. */
    public enum State {
        /** Added, never turned on. */
        DRAFT,
        /** Turned off by a person. */
        OFF,
        /** On, nothing to do. */
        IDLE,
        /** On, a run is under way. */
        RUNNING,
        /** On, waits after a failure or for a rate limit. */
        WAITING,
        /** On: orders and listings are pulled, and nothing is pushed until a plan releases it. */
        HELD,
        /** On, but something must be mended by a person. */
        STOPPED,
        /** On, but the connector failed as only a bug fails. */
        QUARANTINED,
        /** On, but no connector is there. */
        AWAY,
        /** Removed. */
        REMOVED
    }
}
