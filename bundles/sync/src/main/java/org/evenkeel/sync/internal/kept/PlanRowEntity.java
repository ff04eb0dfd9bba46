package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A figure of a plan, with what the one is made from that it would get. */
@Entity(name = "PlanRow")
@Table(name = "sync_plan_row")
public class PlanRowEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sync_plan_row_seq")
    @SequenceGenerator(name = "sync_plan_row_seq", sequenceName = "sync_plan_row_seq", allocationSize = 50)
    public Long id;

    @Column(name = "plan", updatable = false)
    public long plan;

    /** Its listing and location, unique. See {@link PlanKeys}. */
    @Column(name = "row_key", updatable = false)
    public String rowKey;

    @Column(name = "listing_key", updatable = false)
    public String listingKey;

    @Column(name = "counter_key", updatable = false)
    public String counterKey;

    @Column(name = "folded_key", updatable = false)
    public String foldedKey;

    @Column(name = "listing", updatable = false)
    public String listing;

    @Column(name = "variant", updatable = false)
    public String variant;

    @Column(name = "counter", updatable = false)
    public String counter;

    @Column(name = "sku", updatable = false)
    public String sku;

    /** What rows are sorted by: the folded SKU; those without one come last. */
    @Column(name = "sort_sku", updatable = false)
    public String sortSku;

    @Column(name = "canonical", updatable = false)
    public String canonical;

    @Column(name = "folded", updatable = false)
    public String folded;

    /** SKU and title without regard to case. */
    @Column(name = "search", updatable = false)
    public String search;

    @Column(name = "title", updatable = false)
    public String title;

    /** The store's location; empty when the listing has no figures. */
    @Column(name = "location", updatable = false)
    public String location;

    /** What stands behind the location, so that figures of one shelf are known as such; empty when nothing does. */
    @Column(name = "place", updatable = false)
    public String place;

    /** The product that it sells; one that was new is filled in when it is there. */
    @Column(name = "product")
    public Long product;

    /** What rows of one product have in common, also of one that would be new; null without a SKU. */
    @Column(name = "product_key", updatable = false)
    public String productKey;

    /** Names of {@link org.evenkeel.sync.PlanRow.Finding}, with a comma before and behind each. */
    @Column(name = "findings")
    public String findings;

    @Column(name = "words")
    public String words;

    /** Whether figures may be sent to it at all. */
    @Column(name = "sent")
    public boolean sent;

    /** Whether there is something to choose for its SKU. */
    @Column(name = "choosable")
    public boolean choosable;

    /** Whether listings of this very store show different figures of its product. */
    @Column(name = "conflict")
    public boolean conflict;

    @Column(name = "opened", updatable = false)
    public boolean opened;

    @Column(name = "there", updatable = false)
    public Long there;

    @Column(name = "believed", updatable = false)
    public Long believed;

    @Column(name = "available", updatable = false)
    public long available;

    @Column(name = "open_units", updatable = false)
    public long openUnits;

    @Column(name = "other_units", updatable = false)
    public long otherUnits;

    /** Units of the plan's orders that would be booked. */
    @Column(name = "pending")
    public long pending;

    @Column(name = "rule", updatable = false)
    public String rule;

    /** A name of {@link org.evenkeel.sync.PlanChoices.Opening}, as chosen for its SKU; null when nothing was. */
    @Column(name = "choice")
    public String choice;

    @Column(name = "quantity")
    public Long quantity;

    /** These three are as if it were adopted where nothing was chosen for it, whatever the plan's default is. */
    @Column(name = "gets")
    public Long gets;

    /** A name of {@link org.evenkeel.sync.PlanRow.Change}. */
    @Column(name = "changes")
    public String changes;

    @Column(name = "in_stock")
    public Long inStock;

    @Column(name = "before_plan", updatable = false)
    public Long before;

    @Column(name = "sold", updatable = false)
    public Long sold;
}
