package org.evenkeel.simulator;

import java.time.Instant;
import java.util.Objects;

/** A place where a shop keeps stock. */
public final class Location {
    private final long id;
    private final String name;
    private final boolean writable;
    private final Instant createdAt;
    private volatile boolean active = true;

    Location(long id, String name, boolean writable, Instant createdAt) {
        this.id = id;
        this.name = Objects.requireNonNull(name, "name");
        this.writable = writable;
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Whether apps may set figures here; a fulfilment service keeps its own. */
    public boolean writable() {
        return writable;
    }

    public boolean active() {
        return active;
    }

    public Instant createdAt() {
        return createdAt;
    }

    void setActive(boolean active) {
        this.active = active;
    }

    @Override
    public String toString() {
        return name;
    }
}
