package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A plan. */
@Entity(name = "Plan")
@Table(name = "sync_plan")
public class PlanEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sync_plan_seq")
    @SequenceGenerator(name = "sync_plan_seq", sequenceName = "sync_plan_seq", allocationSize = 1)
    public Long id;

    @Column(name = "store", updatable = false)
    public String store;

    /** A name of {@link org.evenkeel.sync.Plan.Kind}. */
    @Column(name = "kind", updatable = false)
    public String kind;

    /** A name of {@link org.evenkeel.sync.Plan.State}. */
    @Column(name = "state")
    public String state;

    @Column(name = "actor", updatable = false)
    public String actor;

    @Column(name = "begun_at", updatable = false)
    public Instant begunAt;

    /** When it was begun, by the store's clock. */
    @Column(name = "as_of", updatable = false)
    public Instant asOf;

    /** When it last got on, while it is made. */
    @Column(name = "progressed_at")
    public Instant progressedAt;

    @Column(name = "ready_at")
    public Instant readyAt;

    /** When it was applied, discarded or failed. */
    @Column(name = "ended_at")
    public Instant endedAt;

    @Column(name = "applied_by")
    public String appliedBy;

    @Column(name = "words")
    public String words = "";

    /** What it was made from: one that differs now makes it outdated. */
    @Column(name = "basis")
    public String basis = "";

    /** Whether the store was never on before. */
    @Column(name = "first_time", updatable = false)
    public boolean firstTime;

    /** Whether the store's figures count what is on hand. */
    @Column(name = "on_hand")
    public boolean onHand;

    /** The highest figure that the store takes. */
    @Column(name = "cap")
    public long cap;

    /** How late orders may show up in the store, in milliseconds. */
    @Column(name = "order_lag")
    public long orderLag;

    @Column(name = "listings")
    public long listings;

    @Column(name = "orders")
    public long orders;

    /** As JSON; empty before it is ready. */
    @Column(name = "totals")
    public byte[] totals = new byte[0];

    /** A name of {@link org.evenkeel.sync.PlanChoices.Opening}. */
    @Column(name = "opening")
    public String opening;

    /** A name of {@link org.evenkeel.sync.PlanChoices.MissedOrder}. */
    @Column(name = "missed_orders")
    public String missedOrders;

    @Column(name = "take_open_orders")
    public boolean takeOpenOrders;

    @Column(name = "run")
    public Long run;

    @Column(name = "undoes", updatable = false)
    public Long undoes;

    @Column(name = "undone_by")
    public Long undoneBy;
}
