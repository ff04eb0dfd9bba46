package org.evenkeel.ledger;

/**
 * Which listings are wanted, by store and then by SKU.
 *
 * @param store only this store's; null for all
 * @param product only of this product; null for all
 * @param state only in this state; null for all
 * @param problems only those not level: due, refused, parked, unknown, or with a reading off the belief
 * @param text part of a SKU or title; empty for all
 * @param page which part
 */
public record ListingQuery(
        StoreId store, ProductId product, ListingView.State state, boolean problems, String text, PageRequest page) {}
