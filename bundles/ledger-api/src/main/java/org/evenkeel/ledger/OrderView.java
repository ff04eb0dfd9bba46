package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;

/**
 * An order as the ledger keeps it.
 *
 * @param key its key
 * @param name what people call it
 * @param state what became of it
 * @param placedAt by the store's clock
 * @param updatedAt by the store's clock
 * @param firstSeenAt by our clock
 * @param appliedAt when it last posted something; null when it never did
 * @param counter how many times it was applied with an effect
 * @param pending unpaid, units reserved
 * @param beforeTurnOn placed before synchronizing was first turned on and not taken in, or counted in In Stock already when it was
 *     first seen: recorded, not booked
 * @param linkedTo the order of another store that books for this one, because both are the same order; null when this one
 *     books for itself
 * @param lines its lines
 */
public record OrderView(
        OrderKey key,
        String name,
        State state,
        Instant placedAt,
        Instant updatedAt,
        Instant firstSeenAt,
        Instant appliedAt,
        long counter,
        boolean pending,
        boolean beforeTurnOn,
        OrderKey linkedTo,
        List<Line> lines) {

    /** What became of an order, from its lines. */
    public enum State {
        /** Some units are booked. */
        OPEN,
        /** Nothing is booked any more, something was sent. */
        FULFILLED,
        /** Nothing is booked and nothing was sent. */
        CANCELLED,
        /** The store has it no more. */
        DELETED,
        /** No line of it is tracked, it is older than turning on, or another store's order books for it. */
        RECORDED
    }

    /**
     * A line as the ledger keeps it.
     *
     * @param id the store's id
     * @param title as a buyer reads it
     * @param sku raw; null when there is none
     * @param product what was decided, once; null while unmatched or not tracked
     * @param match how it stands
     * @param counts as last applied
     * @param booked units that it keeps booked
     * @param location where it is booked; null when nothing was
     * @param oversold whether it was booked where not enough was available
     * @param flagged whether its counts contradicted each other, so that the smaller reading was taken
     * @param undecided units that were cancelled with restock or returned, without a date, on an order from before turning on:
     *     nobody knows whether the opening stock has them, nothing was posted for them, and a person decides
     */
    public record Line(
            String id,
            String title,
            String sku,
            ProductId product,
            Match match,
            LineCounts counts,
            long booked,
            LocationId location,
            boolean oversold,
            boolean flagged,
            long undecided) {}

    /** How a line stands to the products. */
    public enum Match {
        MATCHED,
        /** Its SKU is unknown: it waits in the inbox. */
        UNMATCHED,
        /** It has no SKU, or its listing is not tracked. */
        NOT_TRACKED
    }

    public OrderView {
        lines = List.copyOf(lines);
    }
}
