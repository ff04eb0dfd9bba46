package org.evenkeel.ledger;

import java.util.Objects;

/**
 * A caller's key for one piece of input. It is stored with a hash of the input: the same key and input again answer what
 * they answered, and change nothing; the same key with another input is a {@link ConflictException}.
 *
 * @param scope who owns the key, so that callers do not meet: an actor
 * @param value 1 to 128 characters
 */
public record IdempotencyKey(String scope, String value) {
    public IdempotencyKey {
        Objects.requireNonNull(scope, "scope");
        if (value.isBlank() || value.length() > 128) {
            throw new InvalidInputException("idempotencyKey", "An idempotency key has 1 to 128 characters.");
        }
    }
}
