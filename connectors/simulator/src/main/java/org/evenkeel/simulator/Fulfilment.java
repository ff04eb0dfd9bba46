package org.evenkeel.simulator;

import java.time.Instant;
import java.util.List;

/** One shipment of an order. Read under {@link Shop#read}. */
public final class Fulfilment {
    /** Units of one line in a shipment. */
    public record Line(long id, OrderLine line, int quantity) {}

    private final long id;
    private final String name;
    private final Order order;
    private final Location location;
    private final List<Line> lines;
    private final Instant createdAt;
    private boolean cancelled;
    private Instant updatedAt;

    Fulfilment(long id, String name, Order order, Location location, List<Line> lines, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.order = order;
        this.location = location;
        this.lines = List.copyOf(lines);
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Order order() {
        return order;
    }

    public Location location() {
        return location;
    }

    public List<Line> lines() {
        return lines;
    }

    public boolean cancelled() {
        return cancelled;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    void cancel(Instant now) {
        cancelled = true;
        updatedAt = now;
    }
}
