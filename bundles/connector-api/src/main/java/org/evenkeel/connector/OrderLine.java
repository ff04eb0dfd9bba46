package org.evenkeel.connector;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One line of an order, as gross counts of units since it was placed. None ever falls in a store's life of an order,
 * except by an edit.
 *
 * @param id the store's id of the line
 * @param listing what was bought; null when the store no longer tells
 * @param sku as the store has it on the line; null when there is none
 * @param title as a buyer reads it
 * @param ordered units ordered, with those that edits added
 * @param cancelled removed before fulfilment and put back on sale
 * @param lost removed before fulfilment and not put back: broken, missing
 * @param fulfilled sent, gross
 * @param returned back on the shelf after fulfilment
 * @param location where the store reserved the units; null when it does not tell
 * @param details where and when some of these units moved, as far as the store tells; each kind's sum is at most its count
 */
public record OrderLine(
        String id,
        ListingId listing,
        String sku,
        String title,
        long ordered,
        long cancelled,
        long lost,
        long fulfilled,
        long returned,
        String location,
        List<Detail> details) {

    /** Which count a detail belongs to. */
    public enum Kind {
        CANCELLED,
        LOST,
        FULFILLED,
        RETURNED
    }

    /**
     * Units of one count, with place and time.
     *
     * @param kind which count
     * @param quantity how many, ≥ 0
     * @param location the store location's id; null when the store does not tell
     * @param at when, by the store's clock; null when the store does not tell
     */
    public record Detail(Kind kind, long quantity, String location, Instant at) {
        public Detail {
            Objects.requireNonNull(kind, "kind");
        }
    }

    public OrderLine {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        details = List.copyOf(details);
    }
}
