package org.evenkeel.rest;

import jakarta.ws.rs.core.Response;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.Posting;

/** The Idempotency-Key of a request, and the answer that goes with it. */
final class Keys {
    static final String HEADER = "Idempotency-Key";

    private Keys() {}

    static IdempotencyKey of(String actor, String key) {
        if (key == null || key.isBlank()) {
            throw new Problem(
                    400,
                    "Missing header",
                    "Send an Idempotency-Key, such as a UUID: with the same key this request can be repeated safely.");
        }
        return new IdempotencyKey(actor, key.strip());
    }

    static Response answer(Posting posting) {
        return Response.status(posting.repeated() ? 200 : 201)
                .entity(Views.PostingView.of(posting))
                .build();
    }
}
