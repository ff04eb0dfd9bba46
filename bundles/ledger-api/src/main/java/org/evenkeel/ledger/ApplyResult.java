package org.evenkeel.ledger;

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
 */
public record ApplyResult(int seen, int changed, int parked, List<String> reread, Set<ProductId> products) {
    public ApplyResult {
        reread = List.copyOf(reread);
        products = Set.copyOf(products);
    }
}
