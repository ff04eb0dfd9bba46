package org.evenkeel.ledger;

import java.util.Objects;

/**
 * What a store sells, by the store's own ids.
 *
 * @param store the store
 * @param listing the store's listing id, not empty
 * @param variant the store's variant id; empty where it has none
 */
public record ListingKey(StoreId store, String listing, String variant) {
    public ListingKey {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(variant, "variant");
        if (listing.isEmpty()) {
            throw new InvalidInputException("listing", "A listing's id is not empty.");
        }
    }
}
