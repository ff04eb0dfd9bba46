package org.evenkeel.ledger.impl.inventory;

import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.ConflictException.Reason;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.journal.Movements;
import org.evenkeel.ledger.impl.model.IdempotencyEntity;
import org.evenkeel.ledger.impl.model.MovementEntity;

/**
 * Callers' idempotency keys, each with a hash of the input that it was used with. Of two transactions that use one key at
 * once, the second meets the first one's row, runs again and finds it. Stateless.
 */
final class Keys {

    /**
     * What a key did before; empty when it was not used.
     *
     * @param input every part of the input that matters, in a fixed order
     * @throws ConflictException when it was used with another input
     */
    Optional<Posting> used(Tx tx, IdempotencyKey key, String input) {
        IdempotencyEntity used = tx.session()
                .get(IdempotencyEntity.class, new IdempotencyEntity.Key(scope(key), Texts.readable(key.value(), 128)));
        if (used == null) {
            return Optional.empty();
        }
        if (!used.inputHash.equals(Texts.hash(input))) {
            throw new ConflictException(
                    Reason.KEY_REUSED,
                    "The idempotency key " + key.value()
                            + " was used with another input; send a new key for a new request.");
        }
        return Optional.of(new Posting(
                used.movement == null
                        ? List.of()
                        : Movements.find(tx, used.movement).stream().toList(),
                true));
    }

    /** Remembers what a key did. */
    void use(Tx tx, IdempotencyKey key, String input, List<MovementEntity> posted) {
        IdempotencyEntity use = new IdempotencyEntity();
        use.scope = scope(key);
        use.value = Texts.readable(key.value(), 128);
        use.inputHash = Texts.hash(input);
        use.usedAt = tx.now();
        use.movement = posted.isEmpty() ? null : posted.get(0).id;
        tx.session().insert(use);
    }

    private static String scope(IdempotencyKey key) {
        return Texts.readable(key.scope(), 255);
    }
}
