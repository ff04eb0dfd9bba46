package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ForeseenListing;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.Products.Match;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.catalogue.StoreLocations.Mapped;
import org.evenkeel.ledger.impl.listings.WantedFigures.Place;

/**
 * Says what {@link Pulls#record} would do, by the same rules and without writing or locking. A page costs some statements,
 * however many listings it has. Stateless.
 */
final class Foresight {
    private final Rows rows;
    private final Products products;
    private final StoreLocations storeLocations;

    Foresight(Rows rows, Products products, StoreLocations storeLocations) {
        this.rows = rows;
        this.products = products;
        this.storeLocations = storeLocations;
    }

    List<ForeseenListing> of(Tx tx, String store, List<SeenListing> page) {
        Map<ListingRef, SeenListing> seen = Pulls.byRef(page);
        rows.store(tx, store);
        Map<ListingRef, ListingEntity> would = would(tx, store, seen);
        Map<ListingRef, Match> matches = matches(tx, seen, would);
        link(would, matches);
        derive(tx, store, would);

        Set<Long> linked = new HashSet<>();
        would.values().stream()
                .map(listing -> listing.product)
                .filter(Objects::nonNull)
                .filter(product -> !NEW.equals(product))
                .forEach(linked::add);
        Map<Long, Known> known = known(tx, linked);
        Around around = new Around(
                known,
                elsewhere(tx, store, unopened(known)),
                storeLocations.of(tx, store),
                WantedFigures.available(tx, linked),
                booked(tx, linked),
                WantedFigures.openUnits(tx, store, linked),
                figures(tx, store, would.values()),
                Rules.of(tx, store, would.values()));
        List<ForeseenListing> foreseen = new ArrayList<>();
        would.forEach((ref, listing) -> foreseen.add(foreseen(store, seen.get(ref), listing, around)));
        return foreseen;
    }

    // --- listings as they would be -----------------------------------------------------------------------------------

    /** Stands for the id of a product that would be created. */
    private static final Long NEW = -1L;

    private static final Match NEW_MATCH = new Match(NEW, false);

    /** Rows as they would be after recording; those that are known are read, not those of the session. */
    private Map<ListingRef, ListingEntity> would(Tx tx, String store, Map<ListingRef, SeenListing> seen) {
        Map<ListingRef, ListingEntity> known = rows.listings(tx, store, seen.keySet());
        Map<ListingRef, ListingEntity> would = new LinkedHashMap<>();
        seen.forEach((ref, now) -> {
            ListingEntity listing = known.containsKey(ref) ? known.get(ref) : Pulls.newListing(store, ref, now, "");
            String skuBefore = listing.sku;
            Pulls.show(listing, now);
            listing.gone = false;
            if (!Objects.equals(listing.sku, skuBefore)) {
                listing.product = null;
                listing.foldedMatch = false;
            }
            would.put(ref, listing);
        });
        return would;
    }

    /** Products by listing, of those that are to be linked. */
    private Map<ListingRef, Match> matches(
            Tx tx, Map<ListingRef, SeenListing> seen, Map<ListingRef, ListingEntity> would) {
        Map<ListingRef, Sku> codes = new LinkedHashMap<>();
        would.forEach((ref, listing) -> {
            Sku sku = SeenSku.of(listing.sku).sku();
            if (listing.product == null && sku != null && listing.storeState != State.UNREADABLE) {
                codes.put(ref, sku);
            }
        });
        Map<Sku, Match> found = products.find(tx, Set.copyOf(codes.values()));
        Map<ListingRef, Match> matches = new HashMap<>();
        codes.forEach((ref, sku) -> {
            Match match = found.get(sku);
            if (match != null) {
                matches.put(ref, match);
            } else if (seen.get(ref).state() != State.NOT_TRACKED) {
                matches.put(ref, NEW_MATCH);
            }
        });
        return matches;
    }

    private static void link(Map<ListingRef, ListingEntity> would, Map<ListingRef, Match> matches) {
        matches.forEach((ref, match) -> {
            ListingEntity listing = would.get(ref);
            listing.product = match.productId();
            listing.foldedMatch = match.folded();
        });
    }

    /** States as they would be: of listings that share a counter, the one that the ledger has known longest is pushed. */
    private void derive(Tx tx, String store, Map<ListingRef, ListingEntity> would) {
        Map<String, ListingEntity> pushed = new HashMap<>();
        Set<String> counters =
                would.values().stream().map(listing -> listing.counter).collect(Collectors.toSet());
        for (ListingEntity other : rows.ofCounters(tx, store, counters)) {
            ListingEntity listing = would.getOrDefault(other.ref(), other);
            if (listing.eligible() && listing.counter.equals(other.counter)) {
                pushed.putIfAbsent(listing.counter, listing);
            }
        }
        long number = Long.MIN_VALUE;
        for (ListingEntity listing : would.values()) {
            // Who has no id yet comes behind those that have one, and is told apart by another one.
            listing.id = listing.id == null ? (Long) number++ : listing.id;
            if (listing.eligible()) {
                pushed.putIfAbsent(listing.counter, listing);
            }
        }
        would.values().forEach(listing -> listing.derive(pushed.get(listing.counter)));
    }

    // --- what is around them -----------------------------------------------------------------------------------------

    private record Around(
            Map<Long, Known> products,
            Map<Long, Map<StoreId, List<Long>>> elsewhere,
            Map<String, Mapped> mapping,
            Map<Place, Long> available,
            Map<Place, Long> booked,
            Map<Place, Long> openUnits,
            Map<List<String>, FigureEntity> figures,
            Map<Long, EffectiveRule> rules) {}

    private record Known(Long id, String sku, Boolean opened) {}

    private static Map<Long, Known> known(Tx tx, Set<Long> products) {
        Map<Long, Known> found = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.session()
                    .createSelectionQuery(
                            "select p.id, p.sku, p.opened from Product p where p.id in (:products)", Known.class)
                    .setParameterList("products", part)
                    .getResultList()
                    .forEach(product -> found.put(product.id(), product));
        }
        return found;
    }

    private static Set<Long> unopened(Map<Long, Known> products) {
        return products.values().stream()
                .filter(product -> !product.opened())
                .map(Known::id)
                .collect(Collectors.toSet());
    }

    private record Shown(Long product, String store, Long seen) {}

    private static Map<Long, Map<StoreId, List<Long>>> elsewhere(Tx tx, String store, Set<Long> products) {
        Map<Long, Map<StoreId, List<Long>>> elsewhere = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.session()
                    .createSelectionQuery(
                            "select f.product, f.store, f.seen from Figure f where f.product in (:products)"
                                    + " and f.active = true and f.seen is not null order by f.id",
                            Shown.class)
                    .setParameterList("products", part)
                    .getResultStream()
                    .filter(shown -> !shown.store().equals(store))
                    .forEach(shown -> elsewhere
                            .computeIfAbsent(
                                    shown.product(), key -> new TreeMap<>(Comparator.comparing(StoreId::value)))
                            .computeIfAbsent(new StoreId(shown.store()), key -> new ArrayList<>())
                            .add(shown.seen()));
        }
        return elsewhere;
    }

    private static Map<Place, Long> booked(Tx tx, Set<Long> products) {
        Map<Place, Long> booked = new HashMap<>();
        for (List<Long> part : Chunks.padded(products)) {
            tx.session()
                    .createSelectionQuery(
                            "select l.product, l.location, l.booked from Level l where l.product in (:products)"
                                    + " and l.booked <> 0",
                            WantedFigures.Units.class)
                    .setParameterList("products", part)
                    .getResultList()
                    .forEach(row -> booked.put(new Place(row.product(), row.location()), row.units()));
        }
        return booked;
    }

    private Map<List<String>, FigureEntity> figures(Tx tx, String store, Collection<ListingEntity> listings) {
        Map<List<String>, FigureEntity> figures = new HashMap<>();
        rows.figures(
                        tx,
                        store,
                        listings.stream().map(listing -> listing.counter).collect(Collectors.toSet()))
                .forEach(figure -> figures.put(List.of(figure.counter, figure.storeLocation), figure));
        return figures;
    }

    // --- what it comes to --------------------------------------------------------------------------------------------

    private ForeseenListing foreseen(String store, SeenListing seen, ListingEntity listing, Around around) {
        boolean isNew = NEW.equals(listing.product);
        Known product = isNew ? null : around.products().get(listing.product);
        return new ForeseenListing(
                new ListingKey(new StoreId(store), listing.code, listing.variant),
                listing.sku,
                listing.title,
                listing.state,
                listing.stateReason,
                listing.counter,
                product == null ? null : new ProductId(product.id()),
                isNew,
                product == null ? null : product.sku(),
                listing.foldedMatch,
                product != null && product.opened(),
                product == null ? Map.of() : around.elsewhere().getOrDefault(product.id(), Map.of()),
                seen.figures().stream()
                        .map(figure -> figure(listing, product, figure, around))
                        .toList());
    }

    private ForeseenListing.Figure figure(
            ListingEntity listing, Known product, SeenListing.SeenFigure shown, Around around) {
        Mapped mapped = around.mapping().get(shown.storeLocation());
        Set<Long> behind = mapped == null ? Set.of() : mapped.ledgerLocations();
        FigureEntity figure = around.figures().get(List.of(listing.counter, shown.storeLocation()));
        long available = 0;
        long open = 0;
        long others = 0;
        if (product != null) {
            for (long location : behind) {
                Place place = new Place(product.id(), location);
                long ours = around.openUnits().getOrDefault(place, 0L);
                available =
                        Math.addExact(available, Math.max(0, around.available().getOrDefault(place, 0L)));
                open = Math.addExact(open, ours);
                others = Math.addExact(others, around.booked().getOrDefault(place, 0L) - ours);
            }
        }
        return new ForeseenListing.Figure(
                shown.storeLocation(),
                behind.stream().map(LocationId::new).collect(Collectors.toSet()),
                mapped != null && mapped.writable(),
                shown.quantity(),
                figure == null || !figure.shown ? null : figure.belief,
                product != null && product.opened() ? available : 0,
                open,
                others,
                around.rules().get(listing.id).rule());
    }
}
