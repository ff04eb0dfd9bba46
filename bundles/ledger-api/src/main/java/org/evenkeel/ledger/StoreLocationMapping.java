package org.evenkeel.ledger;

import java.util.Set;

/**
 * Which ledger locations stand behind a store's location.
 *
 * @param store the store
 * @param storeLocation the store's id of its location
 * @param name the store's name of it
 * @param writable whether figures there may be set
 * @param locations the ledger's locations; empty means unmapped: shown, never written
 */
public record StoreLocationMapping(
        StoreId store, String storeLocation, String name, boolean writable, Set<LocationId> locations) {
    public StoreLocationMapping {
        locations = Set.copyOf(locations);
    }
}
