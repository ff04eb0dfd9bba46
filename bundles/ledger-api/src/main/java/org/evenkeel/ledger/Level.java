package org.evenkeel.ledger;

/**
 * The figures of one product at one location, in units.
 *
 * @param product whose
 * @param location where
 * @param inStock physically on the shelf; may be below 0 when facts outran the counts
 * @param booked open order lines and active holds
 * @param incoming unreceived rest of purchase orders and transfers in transit
 * @param version rises by one with each movement of this level; 0 before the first
 */
public record Level(ProductId product, LocationId location, long inStock, long booked, long incoming, long version) {

    /** In Stock − Booked; below 0 when oversold. */
    public long available() {
        return Math.subtractExact(inStock, booked);
    }
}
