package org.evenkeel.ledger.impl.journal;

import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.Movement.Reference;
import org.evenkeel.ledger.MovementId;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.MovementEntity;

/** Rows of the journal as the API shows them. */
public final class Movements {
    private Movements() {}

    /** A movement by id, with what undid it. */
    public static Optional<Movement> find(Tx tx, long id) {
        return tx.session()
                .createSelectionQuery(
                        "select m, r.id from Movement m left join Movement r on r.reverses = m.id where m.id = :id",
                        Object[].class)
                .setParameter("id", id)
                .getResultStream()
                .map(row -> view((MovementEntity) row[0], (Long) row[1]))
                .findFirst();
    }

    /** Movements that were just posted: nothing can have undone them. */
    public static List<Movement> posted(List<MovementEntity> movements) {
        return movements.stream().map(movement -> view(movement, null)).toList();
    }

    static Movement view(MovementEntity m, Long reversedBy) {
        return new Movement(
                new MovementId(m.id),
                new ProductId(m.product),
                new LocationId(m.location),
                m.deltaInStock,
                m.deltaBooked,
                m.deltaIncoming,
                m.inStock,
                m.booked,
                m.incoming,
                m.version,
                Reason.valueOf(m.reason),
                new Reference(Reference.Kind.valueOf(m.refKind), m.refId, m.refCounter),
                m.note,
                m.actor,
                m.at,
                id(m.reverses),
                id(reversedBy));
    }

    private static MovementId id(Long value) {
        return value == null ? null : new MovementId(value);
    }
}
