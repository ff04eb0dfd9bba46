package org.evenkeel.ledger.impl;

import java.util.Optional;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.ConflictException.Reason;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.impl.model.IdempotencyEntity;

/**
 * Callers' idempotency keys, each with a hash of the input that it was used with. Of two transactions that use one key at
 * once, the second meets the first one's row, runs again and finds it. Stateless.
 */
public final class CallerKeys {
    private CallerKeys() {}

    /**
     * Whether a key was used before.
     *
     * @param input every part of the input that matters, in a fixed order
     * @return its row; empty when it was not used
     * @throws ConflictException when it was used with another input
     */
    public static Optional<IdempotencyEntity> used(Tx tx, IdempotencyKey key, String input) {
        IdempotencyEntity used = tx.session()
                .get(IdempotencyEntity.class, new IdempotencyEntity.Key(scope(key), Texts.readable(key.value(), 128)));
        if (used != null && !used.inputHash.equals(Texts.hash(input))) {
            throw new ConflictException(
                    Reason.KEY_REUSED,
                    "The idempotency key " + key.value()
                            + " was used with another input; send a new key for a new request.");
        }
        return Optional.ofNullable(used);
    }

    /** Remembers what a key did. @param movement what it posted; null when it posted nothing */
    public static void use(Tx tx, IdempotencyKey key, String input, Long movement) {
        IdempotencyEntity use = new IdempotencyEntity();
        use.scope = scope(key);
        use.value = Texts.readable(key.value(), 128);
        use.inputHash = Texts.hash(input);
        use.usedAt = tx.now();
        use.movement = movement;
        tx.session().insert(use);
    }

    private static String scope(IdempotencyKey key) {
        return Texts.readable(key.scope(), 255);
    }
}
