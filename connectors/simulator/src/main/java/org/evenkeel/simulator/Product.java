package org.evenkeel.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A product of a shop's catalogue with its variants. Read under {@link Shop#read}. */
public final class Product {
    /** Whether customers can see the product. */
    public enum Status {
        ACTIVE,
        ARCHIVED,
        DRAFT
    }

    private final long id;
    private final Instant createdAt;
    private final List<Variant> variants = new ArrayList<>(1);
    private String title;
    private Status status = Status.ACTIVE;
    private Instant updatedAt;

    Product(long id, String title, Instant createdAt) {
        this.id = id;
        this.title = title;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    public long id() {
        return id;
    }

    public String title() {
        return title;
    }

    public Status status() {
        return status;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public List<Variant> variants() {
        return Collections.unmodifiableList(variants);
    }

    void setTitle(String title, Instant now) {
        this.title = title;
        touch(now);
    }

    void setStatus(Status status, Instant now) {
        this.status = status;
        touch(now);
    }

    void add(Variant variant) {
        variants.add(variant);
    }

    void remove(Variant variant, Instant now) {
        variants.remove(variant);
        touch(now);
    }

    void touch(Instant now) {
        updatedAt = now;
    }

    @Override
    public String toString() {
        return title;
    }
}
