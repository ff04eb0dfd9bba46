package org.evenkeel.sync.internal.lane;

import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookSubscriptions;
import org.evenkeel.sync.Run;

/**
 * What a lane shows of itself.
 *
 * @param connected whether a connector is attached
 * @param waiting whether it waits after a failure or for a rate limit
 * @param words what it has to say; empty when all is well
 * @param run the run under way; null when there is none
 * @param state its durable state
 * @param callback how its connector takes webhooks
 */
public record LaneView(
        boolean connected, boolean waiting, String words, Run run, LaneMemory.LaneState state, Callback callback) {

    /** How a store's connector takes webhooks. */
    public enum Callback {
        /** Not at all, or there is no connector. */
        NONE,
        /** A person subscribes. */
        BY_HAND,
        /** The connector subscribes. */
        BY_API;

        /** @param connector null when there is none */
        public static Callback of(StoreConnector connector) {
            if (connector instanceof WebhookSubscriptions) {
                return BY_API;
            }
            return connector instanceof WebhookReceiver ? BY_HAND : NONE;
        }
    }

    /** What is shown of a lane that has not begun. */
    public static LaneView nothing() {
        return new LaneView(false, false, "", null, new LaneMemory.LaneState(), Callback.NONE);
    }
}
