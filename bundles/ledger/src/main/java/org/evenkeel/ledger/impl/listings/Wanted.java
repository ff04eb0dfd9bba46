package org.evenkeel.ledger.impl.listings;

import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.posting.Sold;

/**
 * A figure and what it should show, of one state of the ledger.
 *
 * @param figure as it was, not locked
 * @param owner the listing that it is pushed for
 * @param mapped whether a ledger location stands behind its store location
 * @param pushable whether it may be sent: it takes part, its product is opened, its store location is mapped and writable, its
 *     rule is not paused
 * @param notSent why it is not sent although its listing is active; empty when it is
 * @param sellable the sellable figure to show; 0 when not pushable
 * @param onHandOffset what the store's number counts besides
 * @param productVersion what it was computed at
 * @param ruleVersion what it was computed under
 * @param soldScore how well its product sells
 */
record Wanted(
        FigureEntity figure,
        ListingEntity owner,
        boolean mapped,
        boolean pushable,
        String notSent,
        long sellable,
        long onHandOffset,
        long productVersion,
        long ruleVersion,
        double soldScore) {
    /** A decrease to this or less comes before other decreases: the last units are sold twice first. */
    static final long LAST_UNITS = 3;

    /** The number that the store should show, by its own meaning. */
    long number() {
        return Math.addExact(sellable, onHandOffset);
    }

    /** Where the figure stands, when nothing is outstanding: {@code REST} when the store shows what it should. */
    Queue verdict() {
        if (!figure.active) {
            return Queue.REST;
        }
        if (!pushable) {
            return Queue.DORMANT;
        }
        if (figure.belief == null) {
            return Queue.DOWN;
        }
        int direction = Long.compare(number(), figure.belief);
        return direction == 0 ? Queue.REST : direction < 0 ? Queue.DOWN : Queue.UP;
    }

    /**
     * Its place in the queue that it is filed in, first things first: decreases to few or none before other decreases,
     * increases of what shows nothing before other increases; among equals what sells best.
     */
    int priority() {
        Queue verdict = verdict();
        boolean first =
                verdict == Queue.DOWN ? sellable <= LAST_UNITS : figure.belief != null && figure.belief <= onHandOffset;
        return (first ? 0 : 2 * Sold.LARGEST_RANK) + Sold.LARGEST_RANK - Sold.rank(soldScore);
    }

    DueFigure toDue() {
        return new DueFigure(
                figure.id,
                new ListingKey(new StoreId(owner.store), owner.code, owner.variant),
                owner.sku,
                figure.counter,
                figure.storeLocation,
                sellable,
                onHandOffset,
                productVersion,
                ruleVersion,
                figure.belief,
                figure.seen,
                figure.queue == Queue.UNKNOWN,
                figure.attempts,
                figure.stales,
                new ProductId(owner.product));
    }
}
