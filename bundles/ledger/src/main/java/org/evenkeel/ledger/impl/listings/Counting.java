package org.evenkeel.ledger.impl.listings;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.ListingCounts;

/** How many listings sell a product, and how many of their figures are behind. Stateless. */
final class Counting implements ListingCounts {

    @Override
    public Map<Long, Counts> of(Tx tx, Collection<Long> products) {
        Map<Long, Integer> listings = counted(
                tx,
                "select l.product, count(*) from Listing l where l.product in (:products) and l.gone = false"
                        + " group by l.product",
                products);
        Map<Long, Integer> behind = counted(
                tx,
                "select f.product, count(*) from Figure f where f.product in (:products) and f.active = true"
                        + " and f.queue in (MOVED, FRESH, DOWN, UP, WAITING, UNKNOWN, ACCEPTED, PARKED) group by f.product",
                products);
        Map<Long, Counts> counts = new HashMap<>();
        listings.forEach((product, count) -> counts.put(product, new Counts(count, behind.getOrDefault(product, 0))));
        return counts;
    }

    private static Map<Long, Integer> counted(Tx tx, String query, Collection<Long> products) {
        Map<Long, Integer> counts = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.session()
                    .createSelectionQuery(query, Counted.class)
                    .setParameterList("products", part)
                    .getResultList()
                    .forEach(row -> counts.put(row.product(), Math.toIntExact(row.count())));
        }
        return counts;
    }

    @Override
    public String perProductSql() {
        return "select l.product_id as product_id, count(*) as listings from listing l"
                + " where l.product_id is not null and l.gone = false group by l.product_id";
    }

    private record Counted(Long product, Long count) {}
}
