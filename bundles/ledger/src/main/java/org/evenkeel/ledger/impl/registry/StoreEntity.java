package org.evenkeel.ledger.impl.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A store, for ever: removing it only marks it. */
@Entity(name = "Store")
@Table(name = "store")
public class StoreEntity {
    @Id
    @Column(name = "id")
    public String id;

    @Column(name = "name")
    public String name;

    /** The factory PID of its connector's configuration. */
    @Column(name = "kind")
    public String kind;

    /** What the store calls itself; empty before it was first reached. */
    @Column(name = "account")
    public String account;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "created_by")
    public String createdBy;

    @Column(name = "sync_on")
    public boolean syncOn;

    /** The moment of first turning on, by the store's clock; null before. Never changes afterwards. */
    @Column(name = "first_turned_on_at")
    public Instant firstTurnedOnAt;

    /** Whether open orders placed before that moment are taken in. */
    @Column(name = "take_open_orders")
    public boolean takeOpenOrders;

    @Column(name = "removed_at")
    public Instant removedAt;

    @Column(name = "order_cursor")
    public String orderCursor;

    /** Whether its figures count what is on hand rather than what is sellable. */
    @Column(name = "on_hand_figures")
    public boolean onHandFigures;
}
