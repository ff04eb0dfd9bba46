package org.evenkeel.sync;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An order that a plan found.
 *
 * @param id the store's id
 * @param name what people call it
 * @param placedAt when it was placed, by the store's clock
 * @param kind what it is to the plan
 * @param lines its lines with units that are still to be sent or were sent
 * @param units what it would book or already took, over all lines, in units
 * @param choice for MISSED: what is to become of it; else null
 * @param chosen whether somebody chose that for this order, rather than the defaults
 */
public record PlanOrder(
        String id,
        String name,
        Instant placedAt,
        Kind kind,
        List<Line> lines,
        long units,
        PlanChoices.MissedOrder choice,
        boolean chosen) {

    /** What an order is to a plan. */
    public enum Kind {
        /** Placed while the store was off, and not known yet. RELEASE: came in since anything was pushed last; it is booked. */
        MISSED,
        /** Placed before the store is turned on for the first time, and open: it can be taken in. */
        OPEN
    }

    /**
     * A line.
     *
     * @param sku raw; null when it has none
     * @param title as a buyer reads it
     * @param units ordered less cancelled
     */
    public record Line(String sku, String title, long units) {}

    public PlanOrder {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        lines = List.copyOf(lines);
    }
}
