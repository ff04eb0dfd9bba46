package org.evenkeel.connector;

import java.util.Objects;

/**
 * The store's own ids of a thing it sells. Opaque to the host.
 *
 * @param listing the listing's (product's, item's) id, not empty
 * @param variant the variant's id; empty where the store has none
 */
public record ListingId(String listing, String variant) {
    public ListingId {
        if (listing.isEmpty()) {
            throw new IllegalArgumentException("A listing's id is not empty.");
        }
        Objects.requireNonNull(variant, "variant");
    }
}
