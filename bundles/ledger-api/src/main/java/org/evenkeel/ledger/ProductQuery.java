package org.evenkeel.ledger;

/**
 * Which products are wanted, and in which order.
 *
 * @param text part of a SKU or name, without regard to case; empty for all
 * @param filter a further condition
 * @param sort by what; ties by id
 * @param descending the other way round
 * @param page which part
 */
public record ProductQuery(String text, Filter filter, Sort sort, boolean descending, PageRequest page) {
    /** A further condition on products. */
    public enum Filter {
        ALL,
        /** Available below 0 at some location. */
        OVERSOLD,
        /** Without a movement. */
        UNOPENED,
        ARCHIVED
    }

    /** What products are sorted by. */
    public enum Sort {
        SKU,
        NAME,
        IN_STOCK,
        BOOKED,
        AVAILABLE,
        INCOMING,
        LISTINGS
    }

    /** All products in use by SKU, the given part. */
    public static ProductQuery all(PageRequest page) {
        return new ProductQuery("", Filter.ALL, Sort.SKU, false, page);
    }
}
