package org.evenkeel.sync.internal.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.testing.VirtualTime;

/**
 * A store as bad as stores are, its connector included. Checkout takes units off its figure at once; its orders show up later,
 * in the order in which they show up, some of them twice, some of them as they were before; its clock is wrong and may count
 * whole seconds; its calls fail as {@link Faults} say.
 */
final class SimStore implements StoreConnector {
    /** Told of what happens in the store. */
    interface Watcher {
        /** An order changed; it shows up now or later. */
        void ordersChanged(SimStore store);

        /** A push set a figure. */
        void pushed(SimStore store, Listing listing, long was);
    }

    /** What is sold, with a counter of its own. */
    static final class Listing {
        final String id;
        final String sku;
        /** What the store shows: sellable units, or what lies on the shelf, by its capabilities. */
        long figure;
        /** Whether the figure was changed otherwise than by orders and pushes, and no push has set it since. */
        boolean edited;
        /** The token of the push that set it last, until somebody asks what became of it; null when there is none. */
        String unheard;

        Listing(String id, String sku, long figure) {
            this.id = id;
            this.sku = sku;
            this.figure = figure;
        }
    }

    /** A line of an order, with gross counts. */
    static final class Line {
        final String id;
        final Listing listing;
        final long ordered;
        long cancelled;
        long lost;
        long fulfilled;
        long returned;
        final List<OrderLine.Detail> details = new ArrayList<>();

        Line(String id, Listing listing, long ordered) {
            this.id = id;
            this.listing = listing;
            this.ordered = ordered;
        }

        long open() {
            return ordered - cancelled - lost - fulfilled;
        }
    }

    /** An order. */
    static final class Order {
        final String id;
        /** By the store's clock. */
        final Instant placedAt;

        final List<Line> lines = new ArrayList<>();
        Instant updatedAt;
        /** When it last changed, by everybody's clock. */
        Instant changedAt;
        /** Since when the store tells of it, by everybody's clock; null while it does not. */
        Instant visibleAt;
        /** Whether the ledger was seen to know its present state. */
        boolean settled;

        Order(String id, Instant placedAt) {
            this.id = id;
            this.placedAt = placedAt;
        }

        boolean open() {
            return lines.stream().anyMatch(line -> line.open() > 0);
        }
    }

    /** What the feed of changes shows: an order as it is when it is asked for, or as it once was. */
    private record Shown(Order order, OrderSnapshot old) {}

    final StoreId id;
    final Capabilities can;
    final Faults faults;
    final Map<String, Listing> listings = new LinkedHashMap<>();
    final Map<String, Order> orders = new LinkedHashMap<>();
    /** What its clock shows besides the truth. */
    Duration skew = Duration.ZERO;

    boolean wholeSeconds;
    boolean tellsActual;
    boolean staleSpoilsBatch;
    /** Pushes take effect a while after they were accepted. */
    boolean appliesLater;

    boolean repeatsItself;

    private final VirtualTime time;
    private final Random random;
    private final Watcher watcher;
    private final List<Shown> feed = new ArrayList<>();
    private final Map<String, List<PushOutcome>> answers = new HashMap<>();
    private final Map<String, PushOutcome> accepted = new HashMap<>();

    SimStore(String id, Capabilities can, VirtualTime time, Random random, Watcher watcher) {
        this.id = new StoreId(id);
        this.can = can;
        this.time = time;
        this.random = random;
        this.watcher = watcher;
        this.faults = new Faults(time);
    }

    // --- what happens in the store

    Listing lists(String sku, long figure) {
        Listing listing = new Listing("L" + (listings.size() + 1), sku, figure);
        listings.put(listing.id, listing);
        return listing;
    }

    boolean countsOnHand() {
        return can.meaning() == Capabilities.Meaning.ON_HAND;
    }

    /** What a buyer can still buy. */
    long sellable(Listing listing) {
        return countsOnHand() ? listing.figure - openUnits(listing) : listing.figure;
    }

    private long openUnits(Listing listing) {
        return orders.values().stream()
                .flatMap(order -> order.lines.stream())
                .filter(line -> line.listing == listing)
                .mapToLong(Line::open)
                .sum();
    }

    /** A buyer buys. @return the order; null when there is not enough */
    Order buy(Map<Listing, Long> cart) {
        if (cart.entrySet().stream().anyMatch(entry -> sellable(entry.getKey()) < entry.getValue())) {
            return null;
        }
        Order order = new Order("o" + (orders.size() + 1), clock());
        cart.forEach((listing, units) -> {
            order.lines.add(new Line(order.id + "-" + (order.lines.size() + 1), listing, units));
            listing.figure -= countsOnHand() ? 0 : units;
        });
        orders.put(order.id, order);
        changed(order);
        return order;
    }

    /** Some units of a line are taken off and put back on sale. */
    void cancel(Order order, Line line, long units) {
        line.cancelled += units;
        line.listing.figure += countsOnHand() ? 0 : units;
        detail(line, OrderLine.Kind.CANCELLED, units);
        changed(order);
    }

    /** Some units of a line are broken, and nobody gets them. */
    void lose(Order order, Line line, long units) {
        line.lost += units;
        line.listing.figure -= countsOnHand() ? units : 0;
        detail(line, OrderLine.Kind.LOST, units);
        changed(order);
    }

    void fulfil(Order order, Line line, long units) {
        line.fulfilled += units;
        line.listing.figure -= countsOnHand() ? units : 0;
        detail(line, OrderLine.Kind.FULFILLED, units);
        changed(order);
    }

    /** Some units come back and are put on the shelf. */
    void takeBack(Order order, Line line, long units) {
        line.returned += units;
        line.listing.figure += units;
        detail(line, OrderLine.Kind.RETURNED, units);
        changed(order);
    }

    /** Money goes back, units do not: nothing that counts changes, but the store tells of it. */
    void refund(Order order) {
        changed(order);
    }

    private void detail(Line line, OrderLine.Kind kind, long units) {
        line.details.add(new OrderLine.Detail(kind, units, StoreLocation.ONLY, clock()));
    }

    /** Somebody sets a figure by hand. */
    void edit(Listing listing, long figure) {
        listing.figure = figure;
        listing.edited = true;
    }

    /** The store's own clock. */
    Instant clock() {
        Instant now = time.instant().plus(skew);
        return wholeSeconds ? now.truncatedTo(ChronoUnit.SECONDS) : now.truncatedTo(ChronoUnit.MICROS);
    }

    private void changed(Order order) {
        OrderSnapshot before = order.updatedAt == null ? null : snapshot(order);
        order.updatedAt = clock();
        order.changedAt = time.instant();
        order.settled = false;
        long lag = can.orderLag().toMillis();
        time.in(Duration.ofMillis(lag == 0 ? 0 : random.nextLong(lag + 1)), () -> show(order, before));
    }

    private void show(Order order, OrderSnapshot before) {
        if (order.visibleAt == null) {
            order.visibleAt = time.instant();
        }
        feed.add(new Shown(order, null));
        if (repeatsItself && random.nextInt(3) == 0) {
            // Told again later, as it was before or as it is.
            OrderSnapshot old = random.nextBoolean() ? before : null;
            time.in(Duration.ofMillis(random.nextInt(60_000)), () -> feed.add(new Shown(order, old)));
        }
        watcher.ordersChanged(this);
    }

    // --- the connector

    private <T> T answer(String operation, Supplier<T> work) throws ConnectorException {
        return faults.strike(operation, work);
    }

    @Override
    public Capabilities capabilities() {
        return can;
    }

    @Override
    public CheckReport check(Call call) throws ConnectorException {
        return answer(
                "check",
                () -> new CheckReport(
                        id.value() + ".example",
                        clock(),
                        List.of(new StoreLocation(StoreLocation.ONLY, "Shop", true)),
                        List.of(new CheckReport.Finding(CheckReport.Severity.OK, "Looked at the token.", ""))));
    }

    @Override
    public ListingPage listings(String cursor, Call call) throws ConnectorException {
        return answer("listings", () -> {
            List<Listing> all = List.copyOf(listings.values());
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(all.size(), from + 4);
            List<ListingEntry> page = all.subList(from, to).stream()
                    .<ListingEntry>map(this::shown)
                    .toList();
            return new ListingPage(page, to < all.size() ? String.valueOf(to) : null);
        });
    }

    private StoreListing shown(Listing listing) {
        return new StoreListing(
                new ListingId(listing.id, ""),
                listing.sku,
                "A " + listing.sku,
                StoreListing.State.ACTIVE,
                "",
                listing.id,
                List.of(new StoreListing.Figure(StoreLocation.ONLY, listing.figure)));
    }

    @Override
    public OrderPage orders(String cursor, Instant since, Call call) throws ConnectorException {
        return answer("orders", () -> {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(feed.size(), from + 5);
            // With some, the last one comes again.
            List<OrderEntry> page = new ArrayList<>();
            for (Shown shown : feed.subList(repeatsItself ? Math.max(0, from - 1) : from, to)) {
                page.add(shown.old() == null ? snapshot(shown.order()) : shown.old());
            }
            if (repeatsItself) {
                Collections.shuffle(page, random);
            }
            return new OrderPage(page, String.valueOf(to), to < feed.size());
        });
    }

    private OrderSnapshot snapshot(Order order) {
        List<OrderLine> lines = order.lines.stream()
                .map(line -> new OrderLine(
                        line.id,
                        new ListingId(line.listing.id, ""),
                        line.listing.sku,
                        line.listing.sku,
                        line.ordered,
                        line.cancelled,
                        line.lost,
                        line.fulfilled,
                        line.returned,
                        StoreLocation.ONLY,
                        line.details))
                .toList();
        return new OrderSnapshot(order.id, "#" + order.id, order.updatedAt, 0, order.placedAt, false, null, lines);
    }

    @Override
    public List<OrderLookup> ordersById(List<String> ids, Call call) throws ConnectorException {
        return answer(
                "ordersById",
                () -> ids.stream()
                        .<OrderLookup>map(order -> orders.containsKey(order)
                                ? new OrderLookup.Found(snapshot(orders.get(order)))
                                : new OrderLookup.Gone(order))
                        .toList());
    }

    @Override
    public List<PushOutcome> push(PushBatch batch, Call call) throws ConnectorException {
        return answer("push", () -> {
            if (can.idempotencyKeys() && answers.containsKey(batch.key())) {
                return answers.get(batch.key());
            }
            boolean spoilt = staleSpoilsBatch && batch.items().stream().anyMatch(this::stale);
            List<PushOutcome> outcomes = new ArrayList<>();
            for (PushBatch.Item item : batch.items()) {
                outcomes.add(faults.cutsShort() ? new PushOutcome.Unknown("Cut short.") : push(item, spoilt));
            }
            answers.put(batch.key(), outcomes);
            return faults.loses(outcomes);
        });
    }

    private boolean stale(PushBatch.Item item) {
        return can.compareAndSet()
                && item.expected() != null
                && item.expected() != listings.get(item.target().counter()).figure;
    }

    private PushOutcome push(PushBatch.Item item, boolean spoilt) {
        Listing listing = listings.get(item.target().counter());
        if (item.figure() > can.cap()) {
            return new PushOutcome.Refused("CAP", "Too many.");
        }
        if (stale(item)) {
            return new PushOutcome.Stale(tellsActual ? listing.figure : null);
        }
        if (spoilt) {
            return new PushOutcome.NotSent("Another item was stale.");
        }
        if (!appliesLater) {
            set(listing, item.figure());
            return new PushOutcome.Acknowledged();
        }
        String token = "t" + (accepted.size() + 1);
        accepted.put(token, new PushOutcome.Accepted(token));
        time.in(Duration.ofMillis(random.nextInt(30_000)), () -> {
            if (stale(item)) {
                accepted.put(token, new PushOutcome.Stale(tellsActual ? listing.figure : null));
            } else {
                set(listing, item.figure());
                listing.unheard = token;
                accepted.put(token, new PushOutcome.Acknowledged());
            }
        });
        return accepted.get(token);
    }

    private void set(Listing listing, long figure) {
        long was = listing.figure;
        listing.unheard = null;
        listing.figure = figure;
        watcher.pushed(this, listing, was);
    }

    @Override
    public List<PushOutcome> confirm(List<String> tokens, Call call) throws ConnectorException {
        return answer("confirm", () -> {
            listings.values().stream()
                    .filter(listing -> tokens.contains(listing.unheard))
                    .forEach(listing -> listing.unheard = null);
            return tokens.stream()
                    .<PushOutcome>map(
                            token -> accepted.getOrDefault(token, new PushOutcome.Unknown("Nobody knows this token.")))
                    .toList();
        });
    }

    @Override
    public List<FigureReading> readBack(List<FigureTarget> targets, Call call) throws ConnectorException {
        return answer(
                "readBack",
                () -> targets.stream()
                        .filter(target -> listings.containsKey(target.counter()))
                        .map(target -> new FigureReading(target, listings.get(target.counter()).figure))
                        .toList());
    }

    /** What the store shows, by listing. */
    Map<String, Long> shows() {
        Map<String, Long> shows = new TreeMap<>();
        listings.values().forEach(listing -> shows.put(listing.id + " " + listing.sku, listing.figure));
        return shows;
    }

    @Override
    public String toString() {
        return id.value();
    }
}
