package org.evenkeel.ledger;

import java.util.Objects;

/**
 * An order, by its store's id.
 *
 * @param store where it was placed
 * @param id the store's id of it, up to 255 characters
 */
public record OrderKey(StoreId store, String id) {
    public OrderKey {
        Objects.requireNonNull(store, "store");
        if (id.isEmpty() || id.length() > 255) {
            throw new InvalidInputException("order", "An order's id has 1 to 255 characters.");
        }
    }
}
