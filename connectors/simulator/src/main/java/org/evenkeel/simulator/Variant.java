package org.evenkeel.simulator;

import java.time.Instant;

/**
 * What a customer puts into the basket: one variant of a product with the stock-keeping item behind it.
 * The SKU may be null and need not be unique. Read under {@link Shop#read}.
 */
public final class Variant {
    private final long id;
    private final long itemId;
    private final Product product;
    private final Instant createdAt;
    private String title;
    private String sku;
    private boolean tracked = true;
    private boolean sellsWithoutStock;
    private boolean composite;
    private boolean deleted;
    private Instant updatedAt;
    private Instant itemUpdatedAt;

    Variant(long id, long itemId, Product product, String title, String sku, Instant createdAt) {
        this.id = id;
        this.itemId = itemId;
        this.product = product;
        this.title = title;
        this.sku = sku;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.itemUpdatedAt = createdAt;
    }

    public long id() {
        return id;
    }

    /** The id of the stock-keeping item; figures hang on it, not on the variant. */
    public long itemId() {
        return itemId;
    }

    public Product product() {
        return product;
    }

    public String title() {
        return title;
    }

    /** The SKU as the merchant typed it, or null. */
    public String sku() {
        return sku;
    }

    /** Whether the shop counts this item at all; sales of an untracked one move no figure. */
    public boolean tracked() {
        return tracked;
    }

    /** Whether a checkout succeeds when nothing is available. */
    public boolean sellsWithoutStock() {
        return sellsWithoutStock;
    }

    /** Whether the variant is the parent of a bundle, whose figures follow its components and cannot be set. */
    public boolean composite() {
        return composite;
    }

    public boolean deleted() {
        return deleted;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public Instant itemUpdatedAt() {
        return itemUpdatedAt;
    }

    void setSku(String sku, Instant now) {
        this.sku = sku;
        touchBoth(now);
    }

    void setTracked(boolean tracked, Instant now) {
        this.tracked = tracked;
        touchBoth(now);
    }

    void setSellsWithoutStock(boolean sells, Instant now) {
        this.sellsWithoutStock = sells;
        touchBoth(now);
    }

    void setComposite(boolean composite, Instant now) {
        this.composite = composite;
        touchBoth(now);
    }

    void setDeleted() {
        deleted = true;
    }

    private void touchBoth(Instant now) {
        updatedAt = now;
        itemUpdatedAt = now;
        product.touch(now);
    }

    @Override
    public String toString() {
        return product.title() + " (" + (sku == null ? "no SKU" : sku) + ")";
    }
}
