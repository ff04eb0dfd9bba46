package org.evenkeel.ledger.impl.inventory;

import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.impl.CallerKeys;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.journal.Movements;
import org.evenkeel.ledger.impl.model.MovementEntity;

/** What callers' idempotency keys posted. Stateless. */
final class Keys {

    /**
     * What a key did before; empty when it was not used.
     *
     * @param input every part of the input that matters, in a fixed order
     * @throws ConflictException when it was used with another input
     */
    Optional<Posting> used(Tx tx, IdempotencyKey key, String input) {
        return CallerKeys.used(tx, key, input)
                .map(used -> new Posting(
                        used.movement == null
                                ? List.of()
                                : Movements.find(tx, used.movement).stream().toList(),
                        true));
    }

    /** Remembers what a key did. */
    void use(Tx tx, IdempotencyKey key, String input, List<MovementEntity> posted) {
        CallerKeys.use(tx, key, input, posted.isEmpty() ? null : posted.get(0).id);
    }
}
