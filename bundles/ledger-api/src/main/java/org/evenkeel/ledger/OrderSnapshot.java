package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The complete current state of a store's order, as it was validated at the border.
 *
 * @param id the store's id
 * @param name what people call it
 * @param updatedAt when the store says it last changed
 * @param revision the store's version number, which wins over {@code updatedAt}; 0 where there is none
 * @param placedAt when it was placed, by the store's clock
 * @param pending unpaid, units reserved
 * @param deleted whether the store has it no more; it then counts as cancelled in full
 * @param origin where it was first placed, when this store only mirrors an order of another connected store: the origin
 *     books, the mirror only moves this store's beliefs; null for the store's own orders
 * @param lines every line
 */
public record OrderSnapshot(
        String id,
        String name,
        Instant updatedAt,
        long revision,
        Instant placedAt,
        boolean pending,
        boolean deleted,
        OrderKey origin,
        List<Line> lines)
        implements OrderEntry {

    /**
     * A line, as gross counts of units.
     *
     * @param id the store's id of the line
     * @param listing the store's listing id; null when unknown
     * @param variant the store's variant id; null when unknown
     * @param sku the raw SKU; null when there is none
     * @param title as a buyer reads it
     * @param counts how many units were ordered, and what became of them
     * @param location the store location where they were booked; null when the store does not tell
     * @param moves where and when some of the units moved, as far as the store tells
     */
    public record Line(
            String id,
            String listing,
            String variant,
            String sku,
            String title,
            LineCounts counts,
            String location,
            List<Move> moves) {
        public Line {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(counts, "counts");
            moves = List.copyOf(moves);
        }
    }

    /**
     * Units of one count with place and time.
     *
     * @param kind which count
     * @param quantity how many
     * @param location the store location; null when unknown
     * @param at when, by the store's clock; null when unknown
     */
    public record Move(Kind kind, long quantity, String location, Instant at) {
        /** Which count a move belongs to. */
        public enum Kind {
            CANCELLED,
            LOST,
            FULFILLED,
            RETURNED
        }
    }

    public OrderSnapshot {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(placedAt, "placedAt");
        lines = List.copyOf(lines);
    }
}
