package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.evenkeel.ledger.ListingRule;

/** The rule of one scope. That of the default is always there, and is one to one until somebody sets it. */
@Entity(name = "Rule")
@Table(name = "listing_rule")
public class RuleEntity {
    static final int OF_DEFAULT = 0;
    static final int OF_STORE = 1;
    static final int OF_LISTING = 2;

    @Id
    @Column(name = "scope")
    public String scope;

    @Column(name = "kind")
    public int kind;

    /** The store, also of a listing; null of the default. */
    @Column(name = "store")
    public String store;

    /** The ledger's id of the listing; null of other scopes. */
    @Column(name = "listing_id")
    public Long listing;

    @Column(name = "buffer")
    public long buffer;

    @Column(name = "share")
    public int share;

    @Column(name = "min_shown")
    public long min;

    @Column(name = "max_shown")
    public long max;

    @Column(name = "close_at")
    public long closeAt;

    @Column(name = "paused")
    public boolean paused;

    @Column(name = "without_stock")
    public boolean sellWithoutStock;

    /** When it was set; null of a default that nobody set. */
    @Column(name = "changed_at")
    public Instant changedAt;

    @Column(name = "changed_by")
    public String changedBy;

    ListingRule rule() {
        return new ListingRule(buffer, share, min, max, closeAt, paused, sellWithoutStock);
    }

    void rule(ListingRule rule) {
        buffer = rule.buffer();
        share = rule.share();
        min = rule.min();
        max = rule.max();
        closeAt = rule.closeAt();
        paused = rule.paused();
        sellWithoutStock = rule.sellWithoutStock();
    }
}
