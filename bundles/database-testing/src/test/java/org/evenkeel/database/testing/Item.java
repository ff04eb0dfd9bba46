package org.evenkeel.database.testing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

@Entity
class Item {
    @Id
    private long id;

    @Column(nullable = false)
    private String name;

    private long quantity;

    private Instant seen;

    protected Item() {}

    Item(long id, String name, long quantity, Instant seen) {
        this.id = id;
        this.name = name;
        this.quantity = quantity;
        this.seen = seen;
    }

    String name() {
        return name;
    }

    long quantity() {
        return quantity;
    }

    Instant seen() {
        return seen;
    }

    void add(long delta) {
        quantity = Math.addExact(quantity, delta);
    }
}
