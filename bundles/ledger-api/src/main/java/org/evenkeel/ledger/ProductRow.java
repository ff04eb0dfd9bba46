package org.evenkeel.ledger;

/**
 * A product with its figures, as lists show it.
 *
 * @param product the product
 * @param inStock Σ In Stock
 * @param booked Σ Booked
 * @param available Σ (In Stock − Booked)
 * @param forSale Σ max(0, Available)
 * @param incoming Σ Incoming
 * @param listings how many listings sell it, those gone not counted
 * @param behind how many of its listings' figures are due and not yet acknowledged
 */
public record ProductRow(
        Product product,
        long inStock,
        long booked,
        long available,
        long forSale,
        long incoming,
        int listings,
        int behind) {}
