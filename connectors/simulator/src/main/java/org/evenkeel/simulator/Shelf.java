package org.evenkeel.simulator;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The figures of one item at one location. Read under {@link Shop#read}. */
public final class Shelf {
    /** Why units on the shelf are not for sale. */
    public enum HeldBack {
        RESERVED,
        DAMAGED,
        SAFETY_STOCK,
        QUALITY_CONTROL
    }

    private final long id;
    private final Variant variant;
    private final Location location;
    private final Instant createdAt;
    private final Map<HeldBack, Long> heldBack = new EnumMap<>(HeldBack.class);
    private final Consumer<Shelf> moved;
    private long available;
    private long committed;
    private boolean active = true;
    private Instant updatedAt;
    private Instant availableUpdatedAt;

    /** @param moved told whenever what is for sale here becomes another number */
    Shelf(long id, Variant variant, Location location, Instant createdAt, Consumer<Shelf> moved) {
        this.moved = moved;
        this.id = id;
        this.variant = variant;
        this.location = location;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.availableUpdatedAt = createdAt;
    }

    public long id() {
        return id;
    }

    public Variant variant() {
        return variant;
    }

    public Location location() {
        return location;
    }

    public boolean active() {
        return active;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public Instant availableUpdatedAt() {
        return availableUpdatedAt;
    }

    public long available() {
        return available;
    }

    public long committed() {
        return committed;
    }

    public long heldBack(HeldBack why) {
        return heldBack.getOrDefault(why, 0L);
    }

    public Figures figures() {
        return new Figures(available, committed, unavailable());
    }

    private long unavailable() {
        long sum = 0;
        for (long units : heldBack.values()) {
            sum = Math.addExact(sum, units);
        }
        return sum;
    }

    /** Moves both figures at once, so that nobody ever sees a half-made sale. */
    void move(long availableBy, long committedBy, Instant now) {
        long newAvailable = Math.addExact(available, availableBy);
        long newCommitted = Math.addExact(committed, committedBy);
        if (newCommitted < 0) {
            throw new IllegalStateException("More units released than are committed on " + this);
        }
        available = newAvailable;
        committed = newCommitted;
        updatedAt = now;
        if (availableBy != 0) {
            availableUpdatedAt = now;
            moved.accept(this);
        }
    }

    void holdBack(HeldBack why, long units, Instant now) {
        long held = Math.addExact(heldBack(why), units);
        if (held < 0) {
            throw new IllegalArgumentException("Only " + heldBack(why) + " units are held back as " + why);
        }
        move(-units, 0, now);
        heldBack.put(why, held);
    }

    void setActive(boolean active, Instant now) {
        this.active = active;
        updatedAt = now;
    }

    @Override
    public String toString() {
        return variant + " at " + location;
    }
}
