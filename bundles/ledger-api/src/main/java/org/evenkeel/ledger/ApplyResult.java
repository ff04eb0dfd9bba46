package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What applying a page did.
 *
 * @param seen orders in the page
 * @param changed orders that posted movements
 * @param parked orders that were parked
 * @param reread ids whose version is equal to the stored one but whose content differs: read them again by id
 * @param products whose levels moved
 * @param sales orders that were seen for the first time and left less for sale
 */
public record ApplyResult(
        int seen, int changed, int parked, List<String> reread, Set<ProductId> products, List<Sale> sales) {

    /**
     * An order that was seen for the first time.
     *
     * @param placedAt when it was placed, by the store's clock
     * @param products of which it left less for sale
     */
    public record Sale(Instant placedAt, Set<ProductId> products) {
        public Sale {
            products = Set.copyOf(products);
        }
    }

    public ApplyResult {
        reread = List.copyOf(reread);
        products = Set.copyOf(products);
        sales = List.copyOf(sales);
    }

    /** A page without first sales. */
    public ApplyResult(int seen, int changed, int parked, List<String> reread, Set<ProductId> products) {
        this(seen, changed, parked, reread, products, List.of());
    }
}
