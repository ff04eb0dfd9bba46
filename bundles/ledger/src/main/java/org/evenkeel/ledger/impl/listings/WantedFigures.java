package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.catalogue.StoreLocations.Mapped;
import org.evenkeel.ledger.impl.listings.Rows.RuleVersions;

/**
 * Computes what figures should show. Stateless.
 *
 * <p><strong>One state of the ledger.</strong> READ COMMITTED gives each statement a state of its own, and on Derby not even
 * one joined statement sees a single one. So versions are read first, then what they stand for (levels, mapping, open units),
 * then the versions again, and a figure counts only when no commit that concerns it came between. Every movement raises its
 * product's version in its own transaction; every change of rules, mapping or owners raises its store's, and tells the figures
 * that it concerns ({@link ListingStoreEntity}), so that all that was read belongs to these versions. This takes no lock and
 * holds up nobody. A figure that something came between was marked as due by that very change, and comes next time.
 */
final class WantedFigures {
    private final Rows rows;
    private final StoreLocations storeLocations;

    WantedFigures(Rows rows, StoreLocations storeLocations) {
        this.rows = rows;
        this.storeLocations = storeLocations;
    }

    /** What some figures of a store should show, by id; those that something came between are left out. */
    List<Wanted> of(Tx tx, String store, Collection<Long> figures) {
        return bases(tx, store, figures).stream().map(Basis::wanted).toList();
    }

    /** What some figures are computed from, by id; those that something came between are left out. */
    List<Basis> bases(Tx tx, String store, Collection<Long> figures) {
        boolean onHand = rows.store(tx, store).onHandFigures;
        List<Basis> all = new ArrayList<>();
        for (List<Long> part : Chunks.padded(figures)) {
            all.addAll(part(tx, store, part, onHand));
        }
        return all;
    }

    private List<Basis> part(Tx tx, String store, List<Long> figures, boolean onHand) {
        RuleVersions versions = rows.ruleVersions(tx, store);
        List<Row> found = rows(tx, store, figures);
        EffectiveRule ofStore = Rules.of(tx, store);
        Set<Long> products = new HashSet<>();
        found.stream().map(row -> row.figure().product).filter(Objects::nonNull).forEach(products::add);
        Map<Long, Product> before = products(tx, products);

        Map<String, Mapped> mapping = storeLocations.of(tx, store);
        Stock stock = new Stock(available(tx, products), onHand ? openUnits(tx, store, products) : Map.of());

        Map<Long, Product> after = products(tx, products);
        Set<Long> concerned = concerned(tx, store, figures, versions);
        return found.stream()
                .filter(row -> !concerned.contains(row.figure().id))
                .filter(row -> Product.same(before.get(row.figure().product), after.get(row.figure().product)))
                .map(row -> new Basis(
                        row.figure(),
                        row.owner(),
                        after.getOrDefault(row.figure().product, Product.NONE),
                        mapping.get(row.figure().storeLocation),
                        stock,
                        Rules.of(row.owner(), row.rule(), ofStore),
                        // Of this figure alone, so that it stays as it is while other listings' rules change.
                        Math.max(row.figure().neededRuleVersion, versions.wide())))
                .toList();
    }

    /** Those that a change of rules, mapping or owners concerns that was committed since the versions were read. */
    private Set<Long> concerned(Tx tx, String store, List<Long> figures, RuleVersions before) {
        RuleVersions now = rows.ruleVersions(tx, store);
        if (now.last() == before.last()) {
            return Set.of();
        }
        return now.wide() > before.last() ? Set.copyOf(figures) : rows.concernedAfter(tx, figures, before.last());
    }

    /** Without their products: on Derby a join would hold the figure while it waits for the product's writer. */
    private static List<Row> rows(Tx tx, String store, List<Long> figures) {
        return tx
                .select(
                        "select f, l, r from Figure f join Listing l on l.id = f.listing"
                                + " left join Rule r on r.listing = l.id where f.id in (:ids) order by f.id",
                        Row.class,
                        "ids",
                        figures)
                .getResultList()
                .stream()
                .filter(row -> row.figure().store.equals(store))
                .toList();
    }

    private static Map<Long, Product> products(Tx tx, Set<Long> products) {
        Map<Long, Product> found = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.select(
                            "select p.id, p.version, p.opened, p.soldScore from Product p where p.id in (:products)",
                            Product.class,
                            "products",
                            part)
                    .getResultList()
                    .forEach(product -> found.put(product.id(), product));
        }
        return found;
    }

    /** Available of each location that counts. */
    static Map<Place, Long> available(Tx tx, Set<Long> products) {
        Map<Place, Long> available = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.select(
                            "select l.product, l.location, l.inStock - l.booked from Level l"
                                    + " join Location c on c.id = l.location"
                                    + " where l.product in (:products) and c.countsForSale = true",
                            Units.class,
                            "products",
                            part)
                    .getResultList()
                    .forEach(row -> available.put(new Place(row.product(), row.location()), row.units()));
        }
        return available;
    }

    /** What open orders of a store keep booked. Other stores' orders are no business of its shelf. */
    static Map<Place, Long> openUnits(Tx tx, String store, Set<Long> products) {
        Map<Place, Long> open = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.select(
                            "select a.product, a.location, a.booked from Allocation a"
                                    + " join OrderLine l on l.id = a.line join StoreOrder o on o.id = l.order"
                                    + " where a.product in (:products) and a.booked <> 0 and o.store = :store",
                            Units.class,
                            "products",
                            part)
                    .setParameter("store", store)
                    .getResultList()
                    .forEach(row -> open.merge(new Place(row.product(), row.location()), row.units(), Math::addExact));
        }
        return open;
    }

    /** A product at a ledger location. */
    record Place(long product, long location) {}

    private record Row(FigureEntity figure, ListingEntity owner, RuleEntity rule) {}

    record Product(Long id, Long version, Boolean opened, Double soldScore) {
        static final Product NONE = new Product(0L, 0L, false, 0.0);

        /** Whether nothing came between two readings. */
        static boolean same(Product one, Product other) {
            return one == other || one != null && other != null && one.version.equals(other.version);
        }
    }

    record Units(Long product, Long location, Long units) {}

    record Stock(Map<Place, Long> available, Map<Place, Long> openUnits) {

        /** Σ max(0, Available) over the locations behind a store location. */
        long available(long product, Set<Long> locations) {
            long sum = 0;
            for (long location : locations) {
                sum = Math.addExact(sum, Math.max(0, available.getOrDefault(new Place(product, location), 0L)));
            }
            return sum;
        }

        long open(long product, Set<Long> locations) {
            long sum = 0;
            for (long location : locations) {
                sum = Math.addExact(sum, openUnits.getOrDefault(new Place(product, location), 0L));
            }
            return sum;
        }
    }
}
