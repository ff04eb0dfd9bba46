package org.evenkeel.ledger.impl.listings;

import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.StoreId;

/**
 * A figure and what it should show, of one state of the ledger.
 *
 * @param figure as it was, not locked
 * @param owner the listing that it is pushed for
 * @param mapped whether a ledger location stands behind its store location
 * @param pushable whether it may be sent: it takes part, its product is opened, its store location is mapped and writable, its
 *     rule is not paused
 * @param sellable the sellable figure to show; 0 when not pushable
 * @param onHandOffset what the store's number counts besides
 * @param productVersion what it was computed at
 * @param ruleVersion what it was computed under
 */
record Wanted(
        FigureEntity figure,
        ListingEntity owner,
        boolean mapped,
        boolean pushable,
        long sellable,
        long onHandOffset,
        long productVersion,
        long ruleVersion) {

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
                figure.stales);
    }
}
