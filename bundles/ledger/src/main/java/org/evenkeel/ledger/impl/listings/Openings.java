package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingBook.Opening;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.Movement.Reference;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.catalogue.StoreLocations.Mapped;
import org.evenkeel.ledger.impl.listings.WantedFigures.Place;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.LockedLevels;
import org.evenkeel.ledger.impl.posting.Poster;
import org.evenkeel.ledger.impl.posting.PostingLine;

/**
 * Opens products with what a store shows. What a sellable figure leaves out are the units that the store's own open orders keep
 * booked, wherever behind the store location they are booked: In Stock there is that much, and the figure itself lies at the
 * first of the locations. A figure of what is on hand has them in it.
 *
 * <p>An order that moved a figure after it was read may or may not be in the reading, so that neither is known: how much the
 * store shows, and how much of what is booked it left out. Such a product waits for a reading that no order has moved since.
 * Thread-safe.
 */
final class Openings {
    private static final int PRODUCTS = 200;

    private final LedgerTransactions transactions;
    private final Rows rows;
    private final Poster poster;
    private final Products products;
    private final StoreLocations storeLocations;

    Openings(
            LedgerTransactions transactions,
            Rows rows,
            Poster poster,
            Products products,
            StoreLocations storeLocations) {
        this.transactions = transactions;
        this.rows = rows;
        this.poster = poster;
        this.products = products;
        this.storeLocations = storeLocations;
    }

    /** Opens some products with what a store shows. */
    Opening open(String store, Set<Long> wanted, String actor) {
        transactions.run(tx -> rows.store(tx, store));
        Chosen all = Chosen.of(OpeningChoices.ADOPT_ALL, null, store);
        Tally tally = new Tally();
        for (List<Long> part : Chunks.of(new TreeSet<>(wanted))) {
            tally.add(transactions.run(tx -> openSome(tx, store, part, all, actor)));
        }
        return tally.opening();
    }

    /**
     * Opens products that were never counted, each as was chosen.
     *
     * @param steadyBy since when figures must be the same to be taken for stock; null for any time
     */
    Opening open(String store, OpeningChoices choices, Instant steadyBy, String actor) {
        transactions.run(tx -> rows.store(tx, store));
        Tally tally = new Tally();
        if (choices.none()) {
            return tally.opening();
        }
        Chosen chosen = Chosen.of(choices, steadyBy, store);
        long after = 0;
        while (true) {
            List<Long> part = unopened(after);
            if (part.isEmpty()) {
                return tally.opening();
            }
            List<Long> wanted = part.stream().filter(chosen::opens).toList();
            if (!wanted.isEmpty()) {
                tally.add(transactions.run(tx -> openSome(tx, store, wanted, chosen, actor)));
            }
            after = part.get(part.size() - 1);
        }
    }

    /** What was chosen, by the ledger's ids. */
    private record Chosen(
            Reference reference,
            Instant steadyBy,
            boolean others,
            Set<Long> adopt,
            Set<Long> hold,
            Map<Long, Long> set) {
        static Chosen of(OpeningChoices choices, Instant steadyBy, String store) {
            Map<Long, Long> set = new HashMap<>();
            choices.set().forEach((product, units) -> set.put(product.value(), units));
            Reference reference = choices.plan().isEmpty()
                    ? new Reference(Reference.Kind.STORE, store, 0)
                    : new Reference(Reference.Kind.PLAN, choices.plan(), 0);
            return new Chosen(reference, steadyBy, choices.others(), ids(choices.adopt()), ids(choices.hold()), set);
        }

        private static Set<Long> ids(Set<ProductId> products) {
            return products.stream().map(ProductId::value).collect(Collectors.toSet());
        }

        /** Whether orders that the store tells late may still be missing from what is known of a figure. */
        boolean waits(FigureEntity figure) {
            return steadyBy != null && (figure.steadySince == null || figure.steadySince.isAfter(steadyBy));
        }

        boolean opens(long product) {
            return set.containsKey(product) || adopt.contains(product) || others && !hold.contains(product);
        }
    }

    private List<Long> unopened(long after) {
        return transactions.read(tx -> tx.session()
                .createSelectionQuery(
                        "select p.id from Product p where p.opened = false and p.id > :after order by p.id", Long.class)
                .setParameter("after", after)
                .setMaxResults(PRODUCTS)
                .getResultList());
    }

    private Result openSome(Tx tx, String store, List<Long> wanted, Chosen chosen, String actor) {
        List<FigureEntity> figures = figures(tx, store, wanted);
        Map<String, Mapped> mapping = storeLocations.of(tx, store);
        figures.removeIf(figure -> !isMapped(mapping.get(figure.storeLocation)));
        LockedLevels levels = poster.lock(tx, keys(figures, mapping));
        Set<Long> shown = new TreeSet<>();
        figures.forEach(figure -> shown.add(figure.product));
        // Behind the levels and behind the products, so that what was counted or booked meanwhile is seen.
        rows.lockProducts(tx, shown);
        shown.removeAll(products.openedOf(tx, shown));
        figures.removeIf(figure -> !shown.contains(figure.product));
        boolean onHand = rows.store(tx, store).onHandFigures;
        Map<Place, Long> open = WantedFigures.openUnits(tx, store, shown);

        Map<Long, Shelf> shelves = new TreeMap<>();
        for (FigureEntity figure : figures) {
            shelves.computeIfAbsent(figure.product, Shelf::new)
                    .put(figure.seen, mapping.get(figure.storeLocation).ledgerLocations(), open, onHand);
        }
        List<FigureEntity> moved = figures.stream()
                .filter(figure -> !chosen.set().containsKey(figure.product))
                .filter(figure -> !Objects.equals(figure.seen, figure.belief))
                .toList();
        moved.forEach(figure -> shelves.remove(figure.product));
        Set<Long> waiting = figures.stream()
                .filter(figure -> !chosen.set().containsKey(figure.product) && chosen.waits(figure))
                .map(figure -> figure.product)
                .filter(shelves::containsKey)
                .collect(Collectors.toSet());
        shelves.keySet().removeAll(waiting);
        shelves.values()
                .forEach(shelf ->
                        Optional.ofNullable(chosen.set().get(shelf.product)).ifPresent(shelf::set));

        List<Long> conflicts = shelves.values().stream()
                .filter(shelf -> shelf.conflict)
                .map(shelf -> shelf.product)
                .toList();
        shelves.keySet().removeAll(conflicts);
        poster.post(tx, lines(chosen.reference(), shelves.values(), levels, actor));
        Marks.opened(tx, shelves.keySet());
        return new Result(shelves.size(), conflicts, rows.gaps(tx, store, moved), waiting.size());
    }

    private static Set<LevelKey> keys(List<FigureEntity> figures, Map<String, Mapped> mapping) {
        Set<LevelKey> keys = new HashSet<>();
        for (FigureEntity figure : figures) {
            mapping.get(figure.storeLocation)
                    .ledgerLocations()
                    .forEach(location -> keys.add(new LevelKey(figure.product, location)));
        }
        return keys;
    }

    private static boolean isMapped(Mapped mapped) {
        return mapped != null && !mapped.ledgerLocations().isEmpty();
    }

    private static List<FigureEntity> figures(Tx tx, String store, List<Long> products) {
        List<FigureEntity> figures = new ArrayList<>();
        for (List<Long> part : Chunks.padded(products)) {
            figures.addAll(tx.session()
                    .createSelectionQuery(
                            "from Figure f where f.product in (:products) order by f.id", FigureEntity.class)
                    .setParameterList("products", part)
                    .getResultList());
        }
        figures.removeIf(figure -> !figure.store.equals(store) || !figure.active || figure.seen == null);
        return figures;
    }

    private static List<PostingLine> lines(
            Reference reference, Collection<Shelf> shelves, LockedLevels levels, String actor) {
        List<PostingLine> lines = new ArrayList<>();
        for (Shelf shelf : shelves) {
            shelf.inStock.forEach((key, inStock) -> lines.add(PostingLine.inStock(
                    key,
                    Math.subtractExact(inStock, levels.of(key).inStock()),
                    Reason.OPENING,
                    reference,
                    "",
                    actor,
                    true)));
        }
        return lines;
    }

    /** In Stock of a product, as a store's figures tell it. */
    private static final class Shelf {
        final long product;
        final Map<LevelKey, Long> inStock = new TreeMap<>();
        private final Map<Set<Long>, Long> figures = new HashMap<>();
        private final Set<Long> locations = new HashSet<>();
        private LevelKey first;
        boolean conflict;

        Shelf(long product) {
            this.product = product;
        }

        /** One more figure. Figures of the same locations tell of the same shelf, and must agree; others must not overlap. */
        void put(long figure, Set<Long> behind, Map<Place, Long> open, boolean onHand) {
            Long told = figures.putIfAbsent(behind, figure);
            if (told != null) {
                conflict |= told != figure;
                return;
            }
            long first = new TreeSet<>(behind).first();
            this.first = this.first == null ? new LevelKey(product, first) : this.first;
            long rest = figure;
            for (long location : behind) {
                conflict |= !locations.add(location);
                long booked = open.getOrDefault(new Place(product, location), 0L);
                rest = onHand ? Math.subtractExact(rest, booked) : rest;
                if (booked != 0 || location == first) {
                    inStock.put(new LevelKey(product, location), booked);
                }
            }
            inStock.merge(new LevelKey(product, first), rest, Math::addExact);
        }

        /** A person told what lies there, whatever the store shows. */
        void set(long units) {
            inStock.clear();
            inStock.put(first, units);
            conflict = false;
        }
    }

    private record Result(int opened, List<Long> conflicts, List<FigureGap> moved, int waiting) {}

    private static final class Tally {
        private int opened;
        private final List<Long> conflicts = new ArrayList<>();
        private final List<FigureGap> moved = new ArrayList<>();
        private int waiting;

        Opening opening() {
            return new Opening(opened, conflicts.stream().map(ProductId::new).toList(), moved, waiting);
        }

        void add(Result result) {
            opened += result.opened();
            conflicts.addAll(result.conflicts());
            moved.addAll(result.moved());
            waiting += result.waiting();
        }
    }
}
