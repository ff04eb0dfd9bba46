package org.evenkeel.ledger.impl.orders;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.ledger.impl.posting.Figures;
import org.evenkeel.ledger.impl.posting.LevelKey;

/**
 * Chooses where units of an order are booked: at the first location that has everything, else split; what nobody can cover is
 * booked where most stock is. An order is a fact: it always finds a place. Stateless.
 */
final class Allocator {

    /**
     * Where units go.
     *
     * @param places units by location
     * @param oversold whether more was booked somewhere than was available there
     */
    record Allocation(Map<Long, Long> places, boolean oversold) {}

    /** The first location that has all of the wanted units of every product. */
    Optional<Long> forAll(Map<Long, Long> wantedByProduct, List<Long> candidates, Sheet sheet) {
        return candidates.stream()
                .filter(location -> wantedByProduct.entrySet().stream()
                        .allMatch(wanted -> available(sheet, wanted.getKey(), location) >= wanted.getValue()))
                .findFirst();
    }

    /** Where units of one product go. @param candidates not empty */
    Allocation allocate(long product, long units, List<Long> candidates, Sheet sheet) {
        Map<Long, Long> places = new LinkedHashMap<>();
        if (units == 0) {
            return new Allocation(places, false);
        }
        Optional<Long> whole = forAll(Map.of(product, units), candidates, sheet);
        if (whole.isPresent()) {
            places.put(whole.get(), units);
            return new Allocation(places, false);
        }
        long left = units;
        for (Long location : candidates) {
            long there = Math.min(left, Math.max(0, available(sheet, product, location)));
            if (there > 0) {
                places.put(location, there);
                left -= there;
            }
        }
        if (left > 0) {
            places.merge(mostStock(product, candidates, sheet), left, Long::sum);
        }
        return new Allocation(places, left > 0);
    }

    private static Long mostStock(long product, List<Long> candidates, Sheet sheet) {
        // The first of several that have as much, so that the choice does not depend on chance.
        return candidates.stream()
                .min(Comparator.comparing(
                        (Long location) -> figures(sheet, product, location).inStock(), Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static long available(Sheet sheet, long product, Long location) {
        return figures(sheet, product, location).available();
    }

    private static Figures figures(Sheet sheet, long product, Long location) {
        return sheet.of(new LevelKey(product, location));
    }
}
