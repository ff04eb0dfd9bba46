package org.evenkeel.ledger.impl.orders;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.catalogue.StoreLocations.Mapped;

/**
 * Where a store's orders can be booked.
 *
 * @param mapping what stands behind the store's locations
 * @param all the ledger locations behind all of them, in the store's order; the default location when none is mapped. Never
 *     empty
 */
record Places(Map<String, Mapped> mapping, List<Long> all) {

    static Places of(Tx tx, StoreLocations locations, String store) {
        Map<String, Mapped> mapping = locations.of(tx, store);
        Set<Long> all = new LinkedHashSet<>();
        mapping.values().forEach(mapped -> all.addAll(mapped.ledgerLocations()));
        if (all.isEmpty()) {
            all.add(StoreLocations.defaultLocation(tx));
        }
        return new Places(mapping, List.copyOf(all));
    }

    /** The ledger locations behind a store's location; none when the store names none, or one that is not mapped. */
    List<Long> named(String storeLocation) {
        Mapped mapped = storeLocation == null ? null : mapping.get(storeLocation);
        return mapped == null ? List.of() : List.copyOf(mapped.ledgerLocations());
    }
}
