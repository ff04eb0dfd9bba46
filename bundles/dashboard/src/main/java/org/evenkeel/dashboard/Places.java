package org.evenkeel.dashboard;

import java.util.List;
import org.evenkeel.ledger.StoreLocationMapping;

/** What stores call their locations. */
final class Places {
    private Places() {}

    /** A location's name among those of its store; the end of its id where the store never said. */
    static String name(List<StoreLocationMapping> places, String storeLocation) {
        return places.stream()
                .filter(place -> place.storeLocation().equals(storeLocation))
                .map(StoreLocationMapping::name)
                .findFirst()
                .orElse(storeLocation.substring(storeLocation.lastIndexOf('/') + 1));
    }
}
