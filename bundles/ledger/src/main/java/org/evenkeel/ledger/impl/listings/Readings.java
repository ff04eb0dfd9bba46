package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.impl.Tx;

/** Takes note of what stores show. Readings that say nothing new cost one statement for a whole page. Stateless. */
final class Readings {
    private final Rows rows;
    private final CounterOwners counterOwners;

    Readings(Rows rows, CounterOwners counterOwners) {
        this.rows = rows;
        this.counterOwners = counterOwners;
    }

    /** Readings of single figures. */
    void of(Tx tx, String store, Instant readAt, List<Reading> readings) {
        Map<Long, Long> quantities = new TreeMap<>();
        readings.forEach(reading -> quantities.put(reading.figure(), reading.quantity()));
        Collection<FigureEntity> figures =
                new ArrayList<>(rows.lockFigures(tx, quantities.keySet()).values());
        figures.removeIf(figure -> !figure.store.equals(store));
        figures.forEach(figure -> figure.reading(quantities.get(figure.id), readAt, tx.now()));
        rows.write(tx, figures);
        tell(tx, store, figures);
    }

    /**
     * Readings of a page of listings. Figures seen for the first time are made; those that the store does not show any more
     * take no part.
     *
     * @param owners the listings that counters belong to, as far as they were decided anew
     */
    void ofPage(Tx tx, String store, Instant readAt, Collection<SeenListing> page, Map<String, ListingEntity> owners) {
        Map<String, Map<String, Long>> shown = shown(page);
        Map<Place, FigureEntity> known = new HashMap<>();
        rows.figures(tx, store, shown.keySet()).forEach(figure -> known.put(Place.of(figure), figure));

        Set<Long> sameAgain = new HashSet<>();
        Map<Long, Long> news = new TreeMap<>();
        Set<Place> fresh = new HashSet<>();
        shown.forEach((counter, figures) -> figures.forEach((location, quantity) -> {
            Place place = new Place(counter, location);
            FigureEntity figure = known.remove(place);
            if (figure == null) {
                fresh.add(place);
            } else if (figure.shown && figure.agrees(quantity)) {
                sameAgain.add(figure.id);
            } else {
                news.put(figure.id, quantity);
            }
        }));
        insert(tx, store, readAt, fresh, shown, owners);
        seenAgain(tx, sameAgain, readAt);
        known.values().removeIf(figure -> !figure.shown);
        Set<Long> hidden = new TreeSet<>();
        known.values().forEach(figure -> hidden.add(figure.id));
        change(tx, store, readAt, news, hidden);
    }

    /** By counter and location. An unreadable listing tells nothing of its counter. */
    private static Map<String, Map<String, Long>> shown(Collection<SeenListing> page) {
        Map<String, Map<String, Long>> shown = new TreeMap<>();
        for (SeenListing listing : page) {
            if (listing.state() != State.UNREADABLE) {
                Map<String, Long> figures = shown.computeIfAbsent(listing.counter(), key -> new TreeMap<>());
                listing.figures().forEach(figure -> figures.put(figure.storeLocation(), figure.quantity()));
            }
        }
        return shown;
    }

    private void insert(
            Tx tx,
            String store,
            Instant readAt,
            Set<Place> places,
            Map<String, Map<String, Long>> shown,
            Map<String, ListingEntity> decided) {
        if (places.isEmpty()) {
            return;
        }
        Map<String, ListingEntity> owners = ownersOf(tx, store, places, decided);
        List<FigureEntity> figures = new ArrayList<>();
        for (Place place : new TreeSet<>(places)) {
            FigureEntity figure = new FigureEntity();
            figure.store = store;
            figure.counter = place.counter();
            figure.counterKey = Keys.counter(store, place.counter());
            figure.storeLocation = place.location();
            figure.shown = true;
            ListingEntity owner = owners.get(place.counter());
            figure.belongTo(owner, CounterOwners.takesPart(figure, owner));
            figure.reading(shown.get(place.counter()).get(place.location()), readAt, tx.now());
            // No movement concerns it yet: whatever came first, a first pull is looked at after the sales.
            figure.queue = figure.active ? Queue.FRESH : Queue.REST;
            figures.add(figure);
        }
        tx.session().insertMultiple(figures);
        tell(tx, store, figures);
    }

    /** A counter that nothing but a new location of it changed was not decided anew. */
    private Map<String, ListingEntity> ownersOf(
            Tx tx, String store, Set<Place> places, Map<String, ListingEntity> decided) {
        Set<String> undecided = new TreeSet<>();
        places.stream()
                .map(Place::counter)
                .filter(counter -> !decided.containsKey(counter))
                .forEach(undecided::add);
        if (undecided.isEmpty()) {
            return decided;
        }
        Map<String, ListingEntity> owners = new HashMap<>(decided);
        owners.putAll(counterOwners.settle(tx, store, undecided));
        rows.lockProducts(
                tx,
                undecided.stream()
                        .map(counter -> owners.get(counter).product)
                        .filter(Objects::nonNull)
                        .toList());
        return owners;
    }

    private static void seenAgain(Tx tx, Set<Long> figures, Instant readAt) {
        for (List<Long> part : Chunks.padded(figures)) {
            tx.session()
                    .createMutationQuery("update Figure f set f.seenAt = :at where f.id in (:ids)"
                            + " and (f.seenAt < :at or f.seenAt > :future)")
                    .setParameter("at", readAt)
                    .setParameter("future", tx.now().plus(FigureEntity.CLOCKS_APART))
                    .setParameterList("ids", part)
                    .executeUpdate();
        }
    }

    private void change(Tx tx, String store, Instant readAt, Map<Long, Long> news, Set<Long> hidden) {
        Set<Long> ids = new TreeSet<>(hidden);
        ids.addAll(news.keySet());
        if (ids.isEmpty()) {
            return;
        }
        Collection<FigureEntity> figures = rows.lockFigures(tx, ids).values();
        Map<Long, ListingEntity> owners = owners(tx, figures);
        List<FigureEntity> changedHands = new ArrayList<>();
        for (FigureEntity figure : figures) {
            ListingEntity owner = owners.get(figure.listing);
            figure.shown = !hidden.contains(figure.id);
            if (figure.belongTo(owner, CounterOwners.takesPart(figure, owner))) {
                changedHands.add(figure);
            }
            if (figure.shown) {
                figure.reading(news.get(figure.id), readAt, tx.now());
            }
        }
        rows.tell(tx, store, changedHands);
        rows.write(tx, figures);
        tell(tx, store, figures);
    }

    private static Map<Long, ListingEntity> owners(Tx tx, Collection<FigureEntity> figures) {
        Map<Long, ListingEntity> owners = new HashMap<>();
        for (List<Long> part : Chunks.padded(
                figures.stream().map(figure -> figure.listing).distinct().toList())) {
            tx.select("from Listing l where l.id in (:ids)", ListingEntity.class, "ids", part)
                    .getResultList()
                    .forEach(listing -> owners.put(listing.id, listing));
        }
        return owners;
    }

    private static void tell(Tx tx, String store, Collection<FigureEntity> figures) {
        if (figures.isEmpty()) {
            return;
        }
        tx.changes().kinds(Change.Kind.LISTINGS);
        if (figures.stream().anyMatch(figure -> figure.queue.ready())) {
            tx.changes().stores(List.of(store));
        }
        tx.changes()
                .products(figures.stream()
                        .map(figure -> figure.product)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private record Place(String counter, String location) implements Comparable<Place> {
        static Place of(FigureEntity figure) {
            return new Place(figure.counter, figure.storeLocation);
        }

        @Override
        public int compareTo(Place other) {
            int byCounter = counter.compareTo(other.counter);
            return byCounter != 0 ? byCounter : location.compareTo(other.location);
        }
    }
}
