package org.evenkeel.connector;

import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Implemented by a connector whose store calls back. A webhook is a hint that something changed, never a fact: what
 * changed is pulled. Where the store's subscriptions can be made by its API, the connector is a
 * {@link WebhookSubscriptions} as well.
 *
 * <p>The host takes the request, bounds its size, asks the connector whether it is genuine, keeps what was understood
 * durably, answers, and then looks. What was kept once under an {@link Webhook#event() event} is not kept again.
 */
@ConsumerType
public interface WebhookReceiver {

    /**
     * Verifies a request and translates it. Called from a request's thread, concurrently; no I/O, done in milliseconds.
     * Signatures are compared in constant time. Idempotent: the same request is understood in the same way again.
     *
     * @param request as it came, not null; from anybody, until this method has said otherwise
     * @return what it says; never null
     * @throws WebhookRejectedException when the signature does not hold, or the store does not sign such a thing
     */
    Webhook receive(WebhookRequest request) throws WebhookRejectedException;

    /**
     * A webhook that is genuine.
     *
     * @param event the store's own id of the event, the same for each delivery of it; empty when the store gives none, the
     *     host then takes equal bodies for one event
     * @param hints what may have changed; empty when it concerns nothing here
     */
    record Webhook(String event, List<Hint> hints) {
        public Webhook {
            Objects.requireNonNull(event, "event");
            hints = List.copyOf(hints);
        }

        /** A genuine webhook that concerns nothing here. */
        public static Webhook nothing(String event) {
            return new Webhook(event, List.of());
        }
    }

    /** What may have changed. */
    sealed interface Hint {
        /** Orders. */
        record Orders(String orderId) implements Hint {}

        /** A listing, or its figure. */
        record Listings(String listingOrCounter) implements Hint {}

        /** The store's own account: access was revoked. */
        record Access(String message) implements Hint {}
    }
}
