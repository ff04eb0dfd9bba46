package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Where a store's lane stands. */
@Entity(name = "Lane")
@Table(name = "sync_lane")
public class LaneEntity {
    @Id
    @Column(name = "store")
    public String store;

    /** Of the lease under which it was written last; no lower one writes. */
    @Column(name = "token")
    public long token;

    @Column(name = "last_pull_at")
    public Instant lastPullAt;

    @Column(name = "last_listing_pull_at")
    public Instant lastListingPullAt;

    @Column(name = "last_push_at")
    public Instant lastPushAt;

    @Column(name = "next_run_at")
    public Instant nextRunAt;

    @Column(name = "next_reread_at")
    public Instant nextRereadAt;

    /** A name of {@link org.evenkeel.sync.internal.lane.LaneMemory.Stop}; null when it does not stand still. */
    @Column(name = "stop")
    public String stop;

    @Column(name = "words")
    public String words = "";

    @Column(name = "take_open_orders")
    public boolean takeOpenOrders;

    /** A name of {@link org.evenkeel.sync.TurnOn.Opening}. */
    @Column(name = "opening")
    public String opening;

    @Column(name = "checked_at")
    public Instant checkedAt;

    /** As JSON; empty when it was never checked. Not null, for Derby takes no null for a binary parameter. */
    @Column(name = "check_report")
    public byte[] checkReport;

    @Column(name = "oversell_window_ms")
    public Long oversellWindowMillis;

    @Column(name = "run_interval_ms")
    public Long intervalMillis;

    /** A name of {@link org.evenkeel.sync.Drift}. */
    @Column(name = "drift")
    public String drift;

    @Column(name = "shadow")
    public boolean shadow;

    @Column(name = "guard_share")
    public Integer guardShare;

    @Column(name = "window_alarm_ms")
    public Long windowAlarmMillis;

    /** Null while the store is not held. */
    @Column(name = "held_reason")
    public String heldReason;

    @Column(name = "wait_until")
    public Instant waitUntil;

    @Column(name = "wait_words")
    public String waitWords = "";

    @Column(name = "wait_asked")
    public boolean waitAsked;

    @Column(name = "wait_failures")
    public int waitFailures;

    @Column(name = "orders_known_as_of")
    public Instant ordersKnownAsOf;

    /** As JSON; empty, or null from before there was such a thing, when the store was told nothing. */
    @Column(name = "subscribed")
    public byte[] subscribed;

    /** The plan by which the store was turned on last; null when there was none. */
    @Column(name = "plan")
    public Long plan;

    /** A name of {@link org.evenkeel.sync.internal.lane.PlanStep.Kind}; null when nothing of a plan is to be done. */
    @Column(name = "plan_step")
    public String planStep;

    @Column(name = "step_plan")
    public Long stepPlan;
}
