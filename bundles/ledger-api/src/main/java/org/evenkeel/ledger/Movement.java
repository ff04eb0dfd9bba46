package org.evenkeel.ledger;

import java.time.Instant;

/**
 * One immutable change of a level.
 *
 * @param id its id
 * @param product whose level
 * @param location where
 * @param deltaInStock change of In Stock, in units
 * @param deltaBooked change of Booked
 * @param deltaIncoming change of Incoming
 * @param inStock In Stock after it
 * @param booked Booked after it
 * @param incoming Incoming after it
 * @param version the level's version that it made
 * @param reason why
 * @param reference what it belongs to
 * @param note a person's words; empty when there are none
 * @param actor who
 * @param at when it was posted
 * @param reverses the movement that it undoes; null when it undoes none
 * @param reversedBy the movement that undid it; null while nothing did
 */
public record Movement(
        MovementId id,
        ProductId product,
        LocationId location,
        long deltaInStock,
        long deltaBooked,
        long deltaIncoming,
        long inStock,
        long booked,
        long incoming,
        long version,
        Reason reason,
        Reference reference,
        String note,
        String actor,
        Instant at,
        MovementId reverses,
        MovementId reversedBy) {

    /** Why a level moved. */
    public enum Reason {
        /** The first stock of a product, taken from a store or given by a person. */
        OPENING,
        /** A person set, added or subtracted. */
        ADJUSTMENT,
        /** A count of the shelf. */
        COUNT,
        /** A store's order booked units, or freed them. */
        ORDER_BOOKED,
        /** A store's order was sent, in part or in whole. */
        ORDER_FULFILLED,
        /** Units came back on the shelf. */
        ORDER_RETURNED,
        /** Units of an order were lost before they could be sent. */
        ORDER_LOST,
        /** A person resolved units of an order line. */
        RESOLVED,
        /** A hold through the API. */
        HOLD,
        /** A purchase order was placed, changed or received. */
        PURCHASE,
        /** Units left for, or arrived from, another location. */
        TRANSFER,
        /** Products were merged or split. */
        MERGE,
        /** A store's own figure was adopted. */
        DRIFT_ADOPTED
    }

    /**
     * What a movement belongs to.
     *
     * @param kind which kind of thing
     * @param id its id: an order line is {@code store/order/line}
     * @param counter the order's apply counter; 0 for anything else
     */
    public record Reference(Kind kind, String id, long counter) {
        /** Which kind of thing a movement belongs to. */
        public enum Kind {
            NONE,
            ORDER_LINE,
            STORE,
            PURCHASE_ORDER_LINE,
            COUNT,
            TRANSFER,
            HOLD,
            IMPORT,
            /** A plan that was applied to a store. */
            PLAN
        }

        /** Belongs to nothing but itself. */
        public static final Reference NONE = new Reference(Kind.NONE, "", 0);
    }
}
