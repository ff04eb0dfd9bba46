package org.evenkeel.sync;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.evenkeel.connector.WebhookSubscriptions.Subscription;

/**
 * Where a store stands with its webhooks. Whatever it says, the store is polled.
 *
 * @param state what is the matter
 * @param words what a person should know: why webhooks are off and the way out, what failed, or where the store calls;
 *     never empty
 * @param subscriptions ours as they were when they were last seen to; empty before
 * @param at when they were last seen to; null before
 */
public record WebhookStatus(State state, String words, List<Subscription> subscriptions, Instant at) {

    /** What is the matter. */
    public enum State {
        /** The store's connector takes no webhooks, or is away. */
        NONE,
        /** The store is off, or this host has no public address. */
        OFF,
        /** The connector takes them, but the store cannot be told by its API: a person subscribes. */
        BY_HAND,
        /** They will be subscribed with the next run. */
        PENDING,
        /** The store was told where to call. */
        ON,
        /** The store could not be told, or not everything. */
        TROUBLE
    }

    public WebhookStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(words, "words");
        subscriptions = List.copyOf(subscriptions);
    }
}
