package org.evenkeel.simulator;

import java.time.Instant;
import java.util.List;

/** Units taken off an order, with or without money. Read under {@link Shop#read}. */
public final class Refund {
    /** What became of the units. */
    public enum Restock {
        /** Shipped units that came back on sale. */
        RETURN,
        /** Units that never left, put back on sale. */
        CANCEL,
        /** Units that are not put back: open ones are gone, shipped ones stay with the customer. */
        NO_RESTOCK
    }

    /**
     * Units of one line in a refund.
     *
     * @param location where they were put back; null when they were not
     */
    public record Line(long id, OrderLine line, int quantity, Restock restock, Location location) {
        public boolean restocked() {
            return restock != Restock.NO_RESTOCK;
        }
    }

    private final long id;
    private final Order order;
    private final List<Line> lines;
    private final Instant createdAt;

    Refund(long id, Order order, List<Line> lines, Instant createdAt) {
        this.id = id;
        this.order = order;
        this.lines = List.copyOf(lines);
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    public Order order() {
        return order;
    }

    public List<Line> lines() {
        return lines;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
