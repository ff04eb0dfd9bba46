package org.evenkeel.sync.internal.lane;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.WebhookSubscriptions.Subscription;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.TurnOn;

/** What a lane keeps durably, besides what the ledger keeps. Each change is durable before it returns. */
public interface LaneMemory {

    /** The present state. */
    LaneState state();

    /** Changes it. */
    void change(Consumer<LaneState> change);

    /** A lane's durable state: a plain holder, copied on the way in and out. */
    final class LaneState {
        public Instant lastPullAt;
        public Instant lastListingPullAt;
        public Instant lastPushAt;
        public Instant nextRunAt;
        public Instant nextRereadAt;
        /** Why the lane stands still until somebody acts; null when it does not. */
        public Stop stop;
        /** Words for {@link #stop}, or for what it waits for; empty when there is nothing to say. */
        public String words = "";

        public TurnOn choices = TurnOn.DEFAULT;
        public CheckReport check;
        public Instant checkedAt;
        public Duration oversellWindow;
        public StoreSettings settings = StoreSettings.DEFAULT;
        /** What the lane waits for after failures; null when all that was asked since was answered. */
        public Waiting waiting;
        /** Why nothing is pushed until somebody releases the store; empty when it is not held. */
        public String heldReason = "";
        /** When the last complete order pull began: what happened in the store before is known; null before. */
        public Instant ordersKnownAsOf;

        /** What the store was told of where to call back; null when it was told nothing. */
        public Subscribed subscribed;

        /** The plan by which the store was turned on last: what was chosen in it counts on; null when there was none. */
        public Long plan;

        /** What of a plan is still to be done by the next full run; null when nothing is. */
        public PlanStep planStep;

        /** The time between two scheduled runs, before jitter. */
        Duration interval(Settings all) {
            return settings.interval() != null ? settings.interval() : all.interval();
        }

        /** The largest share of the store's listings that may vanish or fall to 0 at once, in basis points. */
        int guardShare(Settings all) {
            return settings.guardShare() != null ? settings.guardShare() : all.guardShare();
        }

        /** Whether the store calls back when it has orders, as far as is known. */
        boolean callsBack() {
            return subscribed != null
                    && subscribed.trouble().isEmpty()
                    && !subscribed.present().isEmpty();
        }

        public LaneState copy() {
            LaneState copy = new LaneState();
            copy.lastPullAt = lastPullAt;
            copy.lastListingPullAt = lastListingPullAt;
            copy.lastPushAt = lastPushAt;
            copy.nextRunAt = nextRunAt;
            copy.nextRereadAt = nextRereadAt;
            copy.stop = stop;
            copy.words = words;
            copy.choices = choices;
            copy.check = check;
            copy.checkedAt = checkedAt;
            copy.oversellWindow = oversellWindow;
            copy.settings = settings;
            copy.heldReason = heldReason;
            copy.waiting = waiting;
            copy.ordersKnownAsOf = ordersKnownAsOf;
            copy.subscribed = subscribed;
            copy.plan = plan;
            copy.planStep = planStep;
            return copy;
        }
    }

    /**
     * What a store was told of where to call back, or what came in the way.
     *
     * @param address where it is to call
     * @param at when that was
     * @param again not before then it is seen to again
     * @param trouble words for what failed; empty when all is well
     * @param present our subscriptions there, as far as they are known
     */
    record Subscribed(URI address, Instant at, Instant again, String trouble, List<Subscription> present) {
        public Subscribed {
            present = List.copyOf(present);
        }
    }

    /**
     * What a lane waits for.
     *
     * @param until when the wait is over
     * @param words what for
     * @param asked whether the store asked for it, so that nothing shortens it
     * @param failures how many in a row there were of those whose waits grow
     */
    record Waiting(Instant until, String words, boolean asked, int failures) {}

    /** Why a lane stands still. */
    enum Stop {
        CONFIGURATION,
        BUG
    }
}
