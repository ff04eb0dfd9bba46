package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One line of the journal. Inserted once; never updated, never deleted. */
@Entity(name = "Movement")
@Table(name = "movement")
public class MovementEntity {
    /** Taken from the sequence one by one while the level is locked, so that ids rise with time within a level. */
    @Id
    @Column(name = "id")
    public Long id;

    @Column(name = "product_id")
    public long product;

    @Column(name = "location_id")
    public long location;

    /** The level's version that it made. */
    @Column(name = "version")
    public long version;

    @Column(name = "delta_in_stock")
    public long deltaInStock;

    @Column(name = "delta_booked")
    public long deltaBooked;

    @Column(name = "delta_incoming")
    public long deltaIncoming;

    @Column(name = "in_stock")
    public long inStock;

    @Column(name = "booked")
    public long booked;

    @Column(name = "incoming")
    public long incoming;

    /** A name of {@link org.evenkeel.ledger.Movement.Reason}. */
    @Column(name = "reason")
    public String reason;

    /** A name of {@link org.evenkeel.ledger.Movement.Reference.Kind}. */
    @Column(name = "ref_kind")
    public String refKind;

    @Column(name = "ref_id")
    public String refId;

    @Column(name = "ref_counter")
    public long refCounter;

    /** The ledger's id of the order that it belongs to; null when it belongs to none. */
    @Column(name = "order_id")
    public Long order;

    @Column(name = "note")
    public String note;

    @Column(name = "actor")
    public String actor;

    @Column(name = "posted_at")
    public Instant at;

    /** The movement that it undoes; unique, so that each is undone once. */
    @Column(name = "reverses")
    public Long reverses;
}
