package org.evenkeel.sync.internal.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.VirtualTime;

/**
 * Sees everything while it happens, and says what must not have happened:
 *
 * <ul>
 *   <li><strong>A sale was listed again.</strong> At the moment a figure leaves the host that is above what the store shows,
 *       the ledger knows every order of that product which the store has told of for longer than the fence holds, and the
 *       figure is not above what the ledger has for sale at that moment.
 *   <li><strong>Oversold without need.</strong> A sale that takes a product below what is there is excused only by something
 *       that crossed it: a sale elsewhere, a count, a restock or an edit by hand, which its store had not been told of yet, and
 *       that no longer ago than the store of that event may be late in telling, plus the longest wait for the schedule, plus a
 *       minute for the way. Time in which either store, or the host, was disturbed does not count.
 *   <li><strong>Drift where there was none.</strong> A figure was taken for changed by hand though nobody had touched it.
 * </ul>
 */
final class Oracle {
    private static final Settings SETTINGS = Settings.DEFAULT;
    /** The fence's age, and the way of the pull's answer before it. */
    private static final Duration FENCE = SETTINGS.fenceAge().plusMillis(250);

    private static final Duration WINDOW =
            SETTINGS.interval().multipliedBy(11).dividedBy(10).plusMinutes(1);

    private final VirtualTime time;
    private final Books books;
    private final Shelf shelf;
    private final Map<StoreId, SimStore> stores;
    private final RulesSet rules;
    private final Faults host;
    private final Tale tale;
    private final Map<Long, ListingKey> figures = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, List<Crossing>> crossings = new HashMap<>();
    /** What speaks against the figures that were last sent. */
    private final Map<SimStore.Listing, List<String>> doubts = new HashMap<>();

    private final Map<SimStore.Listing, Instant> sentAt = new HashMap<>();
    /** Figures that were last sent while the ledger did not know all orders. */
    private final Set<SimStore.Listing> unseen = new HashSet<>();
    /** When what a figure should be was computed last. */
    private final Map<Long, Instant> computedAt = new HashMap<>();

    private final Set<SimStore> sendsNothing = new HashSet<>();

    /** Whether nothing was seen that must not happen. */
    boolean promisesKept() {
        return tale.broken().isEmpty();
    }

    /** Figures sent. */
    int sent;

    /** Something that takes a store's figure away from what it should be, until the store is told. */
    private record Crossing(SimStore store, Concerned whom, Instant at) {}

    /** Which stores show what they should not, for something that happened in one of them. */
    private enum Concerned {
        OTHERS,
        ALL,
        ITSELF
    }

    /** @param host what disturbed the host itself */
    Oracle(
            VirtualTime time,
            Books books,
            Shelf shelf,
            Map<StoreId, SimStore> stores,
            RulesSet rules,
            Faults host,
            Tale tale) {
        this.time = time;
        this.books = books;
        this.shelf = shelf;
        this.stores = stores;
        this.rules = rules;
        this.host = host;
        this.tale = tale;
    }

    // --- what the host does

    /** The ledger's listings, looked over the shoulder. */
    ListingBook watched(ListingBook listings) {
        return (ListingBook) Proxy.newProxyInstance(
                ListingBook.class.getClassLoader(), new Class<?>[] {ListingBook.class}, (proxy, method, arguments) -> {
                    before(method.getName(), arguments);
                    try {
                        Object result = method.invoke(listings, arguments);
                        takeNote(result);
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void takeNote(Object result) {
        if (result instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof DueFigure due) {
                    figures.put(due.id(), due.key());
                    computedAt.put(due.id(), time.instant());
                } else if (each instanceof FigureGap gap) {
                    figures.put(gap.id(), gap.key());
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void before(String method, Object[] arguments) {
        switch (method) {
            case "sending" -> sending((PushRecord) arguments[0]);
            case "believe" -> {
                if (((String) arguments[2]).startsWith("drift")) {
                    ((List<Reading>) arguments[1]).forEach(this::drift);
                }
            }
            case "adopt" -> drift(new Reading((Long) arguments[1], 0));
            default -> {}
        }
    }

    private void sending(PushRecord batch) {
        SimStore store = stores.get(batch.store());
        for (PushRecord.Item item : batch.items()) {
            sent++;
            tale.saw(Kind.PUSH);
            SimStore.Listing listing = listing(store, item.figure());
            withheld(store, listing, item.figure());
            tale.tell(store + " is to show " + item.sent() + " of " + listing.sku + " (" + listing.id + "), shows "
                    + listing.figure);
            doubts.put(listing, doubts(store, listing, item.sent()));
            sentAt.put(listing, time.instant());
            unseen.remove(listing);
            if (ordersOf(store, listing).anyMatch(order -> !settled(store, order))) {
                unseen.add(listing);
            }
        }
    }

    /** Whether a store, or a listing by its rules, is not to be sent anything. */
    private void withheld(SimStore store, SimStore.Listing listing, long figure) {
        if (sendsNothing.contains(store)) {
            tale.broken(store + " was sent something though it is held or in shadow");
        }
        // Of what was computed just now: a host may have stood still since, and people may have changed their minds.
        if (time.instant().equals(computedAt.get(figure)) && rules.paused(store, listing)) {
            tale.broken(listing.sku + " was sent to " + store + " though its rule is paused");
        }
    }

    /** A store is in shadow, or held. */
    void sendsNothing(SimStore store) {
        sendsNothing.add(store);
    }

    /** A store is about to be let go. */
    void sendsAgain(SimStore store) {
        sendsNothing.remove(store);
    }

    /** What speaks against a figure that is sent now, should it raise what the store shows. */
    private List<String> doubts(SimStore store, SimStore.Listing listing, long sent) {
        List<String> doubts = new ArrayList<>();
        long forSale = rules.offered(store, listing, books.product(listing.sku).available());
        if (sent > forSale && !store.countsOnHand()) {
            doubts.add(store + " was sent " + sent + " of " + listing.sku + " though the ledger had " + forSale
                    + " for sale");
        }
        Instant since = time.instant().minus(FENCE);
        for (SimStore.Order order : store.orders.values()) {
            boolean visible = order.visibleAt != null
                    && order.visibleAt.isBefore(since)
                    && order.lines.stream().anyMatch(line -> line.listing.sku.equals(listing.sku));
            if (visible && !known(store, order)) {
                doubts.add(listing.sku + " was raised in " + store + " though order " + order.id
                        + " was visible and unknown");
            }
        }
        return doubts;
    }

    /**
     * A push took effect. Set without a condition, it may have crossed an order that the ledger had not seen: then the order's
     * effect is gone from the store's figure, though not from what the figure is believed to be, and nobody can tell that from
     * an edit.
     */
    void set(SimStore store, SimStore.Listing listing, long was) {
        if (listing.figure > was) {
            doubts.getOrDefault(listing, List.of()).forEach(tale::broken);
        }
        listing.edited = crossed(store, listing);
        if (listing.edited) {
            tale.saw(Kind.PUSH_CROSSED_AN_ORDER);
            tale.tell(store + ": that crossed an order of " + listing.sku);
            everywhere(store, listing.sku);
        }
    }

    /** Whether the ledger did not know all when the figure was sent, or something happened on the way. */
    private boolean crossed(SimStore store, SimStore.Listing listing) {
        return unseen.contains(listing)
                || ordersOf(store, listing)
                        .anyMatch(order -> !order.changedAt.isBefore(sentAt.get(listing)) || !settled(store, order));
    }

    private static Stream<SimStore.Order> ordersOf(SimStore store, SimStore.Listing listing) {
        return store.orders.values().stream()
                .filter(order -> order.lines.stream().anyMatch(line -> line.listing == listing));
    }

    /** Whether the ledger knows what has become of an order. */
    private boolean settled(SimStore store, SimStore.Order order) {
        order.settled = order.settled
                || books.knows(store.id, order.id)
                        && !books.order(store.id, order.id).updatedAt().isBefore(order.updatedAt);
        return order.settled;
    }

    private boolean known(SimStore store, SimStore.Order order) {
        String name = store.id + "/" + order.id;
        if (!known.contains(name) && books.knows(store.id, order.id)) {
            known.add(name);
        }
        return known.contains(name);
    }

    private SimStore.Listing listing(SimStore store, long figure) {
        return store.listings.get(figures.get(figure).listing());
    }

    private void drift(Reading decided) {
        ListingKey key = figures.get(decided.figure());
        SimStore store = stores.get(key.store());
        SimStore.Listing listing = store.listings.get(key.listing());
        ListingView.Figure figure = books.figure(key.store(), key.listing());
        tale.saw(Kind.DRIFT_OVERWRITTEN);
        tale.tell(store + ": " + listing.sku + " (" + listing.id + ") is taken for changed by hand: believed to be "
                + figure.belief() + ", read as " + figure.seen() + " at " + figure.seenAt());
        // What takes effect whenever it likes, and of which nobody heard, cannot be told from an edit either.
        if (!listing.edited && listing.unheard == null) {
            tale.broken("nobody had touched " + listing.sku + " in " + store);
        }
    }

    // --- what happens in the world

    /** Something happened that other stores must be told of. */
    void elsewhere(SimStore store, String sku) {
        crossings(sku).add(new Crossing(store, Concerned.OTHERS, time.instant()));
    }

    /** Something happened that every store must be told of, or a store's figure went up by itself. */
    void everywhere(SimStore store, String sku) {
        crossings(sku).add(new Crossing(store, Concerned.ALL, time.instant()));
    }

    /** A store shows what it always did until it is told for the first time. */
    void untold(SimStore store, String sku) {
        crossings(sku).add(new Crossing(store, Concerned.ITSELF, time.instant()));
    }

    private List<Crossing> crossings(String sku) {
        return crossings.computeIfAbsent(sku, key -> new ArrayList<>());
    }

    /** A store sold something; what is there may not suffice. */
    void sold(SimStore store, SimStore.Listing listing) {
        long left = shelf.available(listing.sku);
        if (left < 0) {
            tale.saw(Kind.ORDER_OVERSOLD);
        }
        boolean excused = left >= 0
                || rules.isLoose(listing)
                || crossings(listing.sku).stream().anyMatch(crossing -> excuses(crossing, store, time.instant()));
        if (!excused) {
            tale.broken(store + " oversold " + listing.sku + " (" + left + " left) though nothing crossed it");
        }
    }

    private boolean excuses(Crossing crossing, SimStore seller, Instant now) {
        boolean itself = crossing.store() == seller;
        if (itself ? crossing.whom() == Concerned.OTHERS : crossing.whom() == Concerned.ITSELF) {
            return false;
        }
        Duration window = WINDOW.plus(seller.can.orderLag());
        if (crossing.store() != null) {
            window = window.plus(crossing.store().can.orderLag());
        }
        return undisturbed(crossing.at(), now, seller, crossing.store()).compareTo(window) <= 0;
    }

    /** How much of a time nothing disturbed. */
    private Duration undisturbed(Instant from, Instant to, SimStore one, SimStore other) {
        List<Faults.Disturbance> all = Stream.of(one, other)
                .filter(store -> store != null)
                .map(store -> store.faults.disturbances)
                .flatMap(Collection::stream)
                .toList();
        List<Faults.Disturbance> sorted = Stream.concat(all.stream(), host.disturbances.stream())
                .sorted(Comparator.comparing(Faults.Disturbance::from))
                .toList();
        Duration free = Duration.ZERO;
        Instant at = from;
        for (Faults.Disturbance each : sorted) {
            if (each.from().isAfter(at)) {
                Instant until = each.from().isBefore(to) ? each.from() : to;
                free = free.plus(at.isBefore(until) ? Duration.between(at, until) : Duration.ZERO);
            }
            at = each.to().isAfter(at) ? each.to() : at;
        }
        return at.isBefore(to) ? free.plus(Duration.between(at, to)) : free;
    }
}
