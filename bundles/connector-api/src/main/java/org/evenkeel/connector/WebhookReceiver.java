package org.evenkeel.connector;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Implemented by a connector whose store calls back. A webhook is a hint that something changed, never a fact: what
 * changed is pulled.
 */
@ConsumerType
public interface WebhookReceiver {

    /**
     * Verifies a request and translates it. Called from a request's thread, concurrently; no I/O, done in milliseconds.
     *
     * @param request as it came
     * @return what may have changed; empty when it concerns nothing here
     * @throws WebhookRejectedException when the signature does not hold
     */
    List<Hint> receive(WebhookRequest request) throws WebhookRejectedException;

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
