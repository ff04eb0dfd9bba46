package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A line of an order, as the newest snapshot left it. */
@Entity(name = "OrderLine")
@Table(name = "order_line")
public class OrderLineEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_line_seq")
    @SequenceGenerator(name = "order_line_seq", sequenceName = "order_line_seq", allocationSize = 50)
    public Long id;

    @Column(name = "order_id")
    public Long order;

    /** The store's id of it. */
    @Column(name = "code")
    public String code;

    @Column(name = "position")
    public int position;

    @Column(name = "listing")
    public String listing;

    @Column(name = "variant")
    public String variant;

    @Column(name = "sku")
    public String sku;

    /** The SKU without regard to case: products that appear look for it. Null when there is none. */
    @Column(name = "folded")
    public String folded;

    @Column(name = "title")
    public String title;

    /** Decided once; null while unmatched or not tracked. */
    @Column(name = "product_id")
    public Long product;

    /** A name of {@link org.evenkeel.ledger.OrderView.Match}. */
    @Column(name = "match_state")
    public String match;

    /** Since when it waits in the inbox; null when it does not. */
    @Column(name = "waiting_since")
    public Instant waitingSince;

    /** The store's location that it was booked at; null when unknown. */
    @Column(name = "store_location")
    public String storeLocation;

    @Column(name = "ordered")
    public long ordered;

    @Column(name = "cancelled")
    public long cancelled;

    @Column(name = "lost")
    public long lost;

    @Column(name = "fulfilled")
    public long fulfilled;

    @Column(name = "returned")
    public long returned;

    /** What of the counts had happened before the ledger began to follow the line, and is in the stock that it opened with. */
    @Column(name = "base_cancelled")
    public long baseCancelled;

    @Column(name = "base_lost")
    public long baseLost;

    @Column(name = "base_fulfilled")
    public long baseFulfilled;

    @Column(name = "base_returned")
    public long baseReturned;

    /** When its last units left, by the store's clock; null when unknown. */
    @Column(name = "sent_at")
    public Instant sentAt;

    /** Units cancelled or returned without a date, on an order from before turning on. */
    @Column(name = "undecided")
    public long undecided;

    /** What the line keeps booked: the sum over its allocations. */
    @Column(name = "booked")
    public long booked;

    @Column(name = "oversold")
    public boolean oversold;

    /** Whether its counts contradicted each other. */
    @Column(name = "flagged")
    public boolean flagged;

    /** Whether the newest snapshot no longer shows it. */
    @Column(name = "vanished")
    public boolean vanished;
}
