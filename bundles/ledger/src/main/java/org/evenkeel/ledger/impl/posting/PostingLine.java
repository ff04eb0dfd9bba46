package org.evenkeel.ledger.impl.posting;

import java.util.Objects;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.Movement.Reference;

/**
 * A movement to be posted.
 *
 * @param key which level
 * @param inStock change of In Stock, in units
 * @param booked change of Booked
 * @param incoming change of Incoming
 * @param reason why
 * @param reference what it belongs to
 * @param order the ledger's id of the order it belongs to; null when it belongs to none
 * @param note a person's words; may be empty
 * @param actor who
 * @param reverses the movement that it undoes; null when it undoes none
 * @param count whether it states what is on the shelf (a count, a set, an opening, or the undo of one): a count whose author
 *     saw an earlier version then conflicts
 */
public record PostingLine(
        LevelKey key,
        long inStock,
        long booked,
        long incoming,
        Reason reason,
        Reference reference,
        Long order,
        String note,
        String actor,
        Long reverses,
        boolean count) {
    public PostingLine {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(actor, "actor");
    }

    /** A change of In Stock that belongs to nothing but itself or a store. */
    public static PostingLine inStock(
            LevelKey key, long delta, Reason reason, Reference reference, String note, String actor, boolean count) {
        return new PostingLine(key, delta, 0, 0, reason, reference, null, note, actor, null, count);
    }

    /** The same, of an order whose row is written now. @param id the ledger's id of the order */
    public PostingLine ofOrder(long id) {
        return new PostingLine(key, inStock, booked, incoming, reason, reference, id, note, actor, reverses, count);
    }

    /** Units that it takes off what is available for an order, whether they are promised or gone at once. */
    long sold() {
        return isOfOrder() ? Math.subtractExact(booked, inStock) : 0;
    }

    /** Whether it belongs to an order: such movements do not open a product. */
    boolean isOfOrder() {
        return reference.kind() == Movement.Reference.Kind.ORDER_LINE;
    }
}
