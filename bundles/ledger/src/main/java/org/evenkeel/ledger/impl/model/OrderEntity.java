package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** An order, as its newest snapshot left it. Its row is locked by whoever applies it. */
@Entity(name = "StoreOrder")
@Table(name = "store_order")
public class OrderEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "store_order_seq")
    @SequenceGenerator(name = "store_order_seq", sequenceName = "store_order_seq", allocationSize = 50)
    public Long id;

    @Column(name = "store")
    public String store;

    /** The store's id of it. */
    @Column(name = "code")
    public String code;

    @Column(name = "name")
    public String name;

    /** A name of {@link org.evenkeel.ledger.OrderView.State}. */
    @Column(name = "state")
    public String state;

    @Column(name = "updated_at")
    public Instant updatedAt;

    @Column(name = "revision")
    public long revision;

    /** Of the content of the newest snapshot: two with the same version and hash are the same. */
    @Column(name = "content_hash")
    public String contentHash;

    @Column(name = "placed_at")
    public Instant placedAt;

    @Column(name = "first_seen_at")
    public Instant firstSeenAt;

    /** When a snapshot of it was last looked at, also an old one. */
    @Column(name = "read_at")
    public Instant readAt;

    @Column(name = "applied_at")
    public Instant appliedAt;

    /** How many times it was applied with an effect on the ledger. */
    @Column(name = "counter")
    public long counter;

    @Column(name = "pending")
    public boolean pending;

    @Column(name = "deleted")
    public boolean deleted;

    /** Placed before synchronizing was first turned on and not taken in. Decided once. */
    @Column(name = "before_turn_on")
    public boolean beforeTurnOn;

    /** Placed before synchronizing was first turned on, and taken in because units were open then. Decided once. */
    @Column(name = "taken_in")
    public boolean takenIn;

    /**
     * The moment as of which In Stock counts it already, as a person said when it was first seen; null for all others. Then it
     * is treated as one from before turning on, with this moment for that one.
     */
    @Column(name = "counted_as_of")
    public Instant countedAsOf;

    /** What it books for: its own key, or that of its origin; unique. Null when another order books for it. */
    @Column(name = "claim")
    public String claim;

    /** The order that books for it, because both are the same order; null for those that book for themselves. */
    @Column(name = "linked_to")
    public Long linkedTo;
}
