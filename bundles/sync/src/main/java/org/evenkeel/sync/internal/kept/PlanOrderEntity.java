package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** An order that a plan found. */
@Entity(name = "PlanOrder")
@Table(name = "sync_plan_order")
public class PlanOrderEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sync_plan_order_seq")
    @SequenceGenerator(name = "sync_plan_order_seq", sequenceName = "sync_plan_order_seq", allocationSize = 50)
    public Long id;

    @Column(name = "plan", updatable = false)
    public long plan;

    /** See {@link PlanKeys}. */
    @Column(name = "code_key", updatable = false)
    public String codeKey;

    @Column(name = "code", updatable = false)
    public String code;

    @Column(name = "name", updatable = false)
    public String name;

    @Column(name = "placed_at", updatable = false)
    public Instant placedAt;

    /** A name of {@link org.evenkeel.sync.PlanOrder.Kind}. */
    @Column(name = "kind", updatable = false)
    public String kind;

    @Column(name = "units", updatable = false)
    public long units;

    /** Its lines as JSON: they are only ever read together. */
    @Column(name = "details", updatable = false)
    public byte[] details;

    /** A name of {@link org.evenkeel.sync.PlanChoices.MissedOrder}; null when nothing was chosen for it. */
    @Column(name = "choice")
    public String choice;
}
