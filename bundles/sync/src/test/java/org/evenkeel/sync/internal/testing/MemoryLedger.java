package org.evenkeel.sync.internal.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ParkedOrder;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.ledger.UnmatchedLine;
import org.evenkeel.sync.internal.lane.Ledger;

/**
 * The ledger's contract in memory, as small as lanes can be tested against it: one location, one to one rules, matching by
 * SKU. Each call is one effect: {@link #before} runs before it and {@link #after} behind it, and may throw.
 */
public final class MemoryLedger implements Books {
    public Runnable before = () -> {};
    public Runnable after = () -> {};
    public LedgerListener listener = change -> {};

    private final Map<String, Product> products = new TreeMap<>();
    private final Map<StoreId, Store> stores = new TreeMap<>();
    private final Map<OrderKey, Order> orders = new LinkedHashMap<>();
    private final Map<Long, Figure> figures = new TreeMap<>();
    private long ids;

    /** What was sent, in order: for tests that watch the protocol. */
    public final List<PushRecord> sent = new ArrayList<>();

    public static final class Product {
        final ProductId id;
        public final String sku;
        public long inStock;
        public long booked;
        boolean opened;
        long version = 1;

        Product(ProductId id, String sku) {
            this.id = id;
            this.sku = sku;
        }

        public long available() {
            return inStock - booked;
        }
    }

    private static final class Order {
        OrderSnapshot snapshot;
        boolean old;
        /** Booked and taken, by line. */
        Map<String, LineCounts> counts = new HashMap<>();

        Map<String, String> skus = new HashMap<>();
        /** How often each line's units were ever booked, to see that none was booked twice. */
        Map<String, Long> everBooked = new HashMap<>();
    }

    private enum Queue {
        FREE,
        WAITING,
        UNKNOWN,
        ACCEPTED,
        PARKED
    }

    private static final class Figure {
        long id;
        StoreId store;
        String listing;
        String counter;
        String location;
        String sku;
        boolean active = true;
        String pull;
        Long seen;
        Instant seenAt;
        Long belief;
        Long sent;
        Long sentBelief;
        String key;
        String token;
        Long acknowledged;
        Instant acknowledgedAt;
        boolean off;
        Long firstGap;
        Instant firstGapAt;
        Queue queue = Queue.FREE;
        Instant retryAt;
        String message = "";
        int attempts;

        boolean outstanding() {
            return queue == Queue.UNKNOWN || queue == Queue.ACCEPTED;
        }

        void off(boolean nowOff) {
            off = nowOff;
            if (!off) {
                firstGap = null;
                firstGapAt = null;
            }
        }

        void read(long quantity, Instant at) {
            if (seenAt != null && at.isBefore(seenAt) || acknowledgedAt != null && at.isBefore(acknowledgedAt)) {
                return;
            }
            seen = quantity;
            seenAt = at;
            if (outstanding()) {
                return;
            }
            if (belief == null || acknowledged == null) {
                belief = quantity;
                off(false);
            } else {
                off(belief != quantity);
            }
        }

        void settle(Queue next) {
            sent = null;
            sentBelief = null;
            key = null;
            token = null;
            queue = next;
        }
    }

    @Override
    public Ledger services() {
        return new Ledger(new Orders(), new Listings(), new Registry(), catalogue());
    }

    // --- for tests
    // -----------------------------------------------------------------------------------------------------

    public Product product(String sku) {
        return products.computeIfAbsent(fold(sku), code -> new Product(new ProductId(++ids), sku));
    }

    @Override
    public void set(String sku, long inStock) {
        Product product = product(sku);
        product.inStock = inStock;
        product.opened = true;
        product.version++;
        tell(Set.of(product), LedgerListener.Change.Kind.LEVELS);
    }

    @Override
    public void effects(Runnable beforeEach, Runnable afterEach) {
        before = beforeEach;
        after = afterEach;
    }

    @Override
    public void listener(LedgerListener to) {
        listener = to;
    }

    @Override
    public long available(String sku) {
        return product(sku).available();
    }

    @Override
    public long booked(String sku) {
        return product(sku).booked;
    }

    @Override
    public boolean knows(FakeStore store, String order) {
        return orders.containsKey(new OrderKey(store.id, order));
    }

    @Override
    public void audit() {
        products.values().forEach(product -> {
            long open = orders.values().stream()
                    .flatMap(order -> order.counts.entrySet().stream()
                            .filter(line -> fold(order.skus.get(line.getKey())).equals(fold(product.sku))))
                    .mapToLong(line -> line.getValue().booked())
                    .sum();
            if (open != product.booked) {
                throw new AssertionError(product.sku + ": " + open + " units are open, " + product.booked + " booked");
            }
        });
    }

    public long everBooked() {
        return orders.values().stream()
                .flatMap(order -> order.everBooked.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    public OrderSnapshot order(StoreId store, String id) {
        return orders.get(new OrderKey(store, id)).snapshot;
    }

    public Long belief(StoreId store, String listing) {
        return figure(store, listing).belief;
    }

    public String message(StoreId store, String listing) {
        return figure(store, listing).message;
    }

    public String queue(StoreId store, String listing) {
        return figure(store, listing).queue.name();
    }

    private Figure figure(StoreId store, String listing) {
        return figures.values().stream()
                .filter(figure -> figure.store.equals(store) && figure.listing.equals(listing))
                .findFirst()
                .orElseThrow();
    }

    private static String fold(String sku) {
        return sku.strip().toLowerCase(java.util.Locale.ROOT);
    }

    private void tell(Set<Product> moved, LedgerListener.Change.Kind... kinds) {
        Set<StoreId> concerned = new HashSet<>();
        Set<ProductId> ids = new HashSet<>();
        for (Product product : moved) {
            ids.add(product.id);
            figures.values().stream()
                    .filter(figure -> figure.sku != null && fold(figure.sku).equals(fold(product.sku)))
                    .forEach(figure -> concerned.add(figure.store));
        }
        if (!moved.isEmpty()) {
            listener.changed(new LedgerListener.Change(Set.of(kinds), ids, concerned, false));
        }
    }

    // --- orders
    // --------------------------------------------------------------------------------------------------------

    private final class Orders implements OrderBook {
        @Override
        public ApplyResult apply(OrderPage page) {
            before.run();
            Store store = stores.get(page.store());
            if (store.firstTurnedOnAt() == null) {
                throw new ConflictException(ConflictException.Reason.STATE, "never turned on");
            }
            Set<Product> moved = new HashSet<>();
            List<String> reread = new ArrayList<>();
            int changed = 0;
            int parked = 0;
            for (OrderEntry entry : page.entries()) {
                if (entry instanceof OrderSnapshot snapshot) {
                    int size = moved.size();
                    if (apply(store, snapshot, page.reread(), reread, moved)) {
                        changed++;
                    }
                    assert moved.size() >= size;
                } else {
                    parked++;
                }
            }
            if (page.cursor() != null && reread.isEmpty()) {
                stores.put(page.store(), with(store, store.syncOn(), store.firstTurnedOnAt(), page.cursor()));
            }
            tell(moved, LedgerListener.Change.Kind.LEVELS, LedgerListener.Change.Kind.ORDERS);
            after.run();
            Set<ProductId> ids = new HashSet<>();
            moved.forEach(product -> ids.add(product.id));
            return new ApplyResult(page.entries().size(), changed, parked, reread, ids);
        }

        private boolean apply(
                Store store, OrderSnapshot snapshot, boolean again, List<String> reread, Set<Product> moved) {
            Order order = orders.computeIfAbsent(new OrderKey(store.id(), snapshot.id()), key -> new Order());
            if (order.snapshot != null) {
                int age = snapshot.updatedAt().compareTo(order.snapshot.updatedAt());
                if (age < 0 || age == 0 && snapshot.equals(order.snapshot)) {
                    return false;
                }
                if (age == 0 && !again) {
                    reread.add(snapshot.id());
                    return false;
                }
            }
            order.snapshot = snapshot;
            order.old = snapshot.placedAt().isBefore(store.firstTurnedOnAt());
            Map<String, LineCounts> now = new HashMap<>();
            for (OrderSnapshot.Line line : snapshot.lines()) {
                now.put(line.id(), line.counts().sane());
                order.skus.put(line.id(), line.sku());
            }
            if (snapshot.deleted()) {
                order.counts.forEach((line, counts) -> now.put(
                        line,
                        new LineCounts(
                                counts.ordered(),
                                counts.ordered() - counts.lost() - counts.fulfilled(),
                                counts.lost(),
                                counts.fulfilled(),
                                counts.returned())));
            }
            if (order.old) {
                return false;
            }
            now.forEach((line, counts) -> post(store, order, line, counts, moved));
            order.counts.putAll(now);
            return true;
        }

        private void post(Store store, Order order, String line, LineCounts counts, Set<Product> moved) {
            LineCounts was = order.counts.getOrDefault(line, LineCounts.NONE);
            if (was.equals(counts)) {
                return;
            }
            Product product = product(order.skus.get(line));
            order.everBooked.merge(line, counts.ordered() - was.ordered(), Long::sum);
            product.booked += counts.booked() - was.booked();
            product.inStock += counts.inStockEffect() - was.inStockEffect();
            product.version++;
            moved.add(product);
            long sellable = counts.returned()
                    - was.returned()
                    + counts.cancelled()
                    - was.cancelled()
                    - (counts.ordered() - was.ordered());
            long delta = store.onHandFigures() ? counts.inStockEffect() - was.inStockEffect() : sellable;
            for (Figure figure : figures.values()) {
                if (figure.store.equals(store.id()) && fold(figure.sku).equals(fold(product.sku))) {
                    figure.belief = figure.belief == null ? null : figure.belief + delta;
                    figure.sentBelief = figure.sentBelief == null ? null : figure.sentBelief + delta;
                    figure.off(figure.off && !Objects.equals(figure.belief, figure.seen));
                }
            }
        }

        @Override
        public Optional<OrderView> order(OrderKey key) {
            return Optional.ofNullable(orders.get(key)).map(order -> view(key, order));
        }

        private OrderView view(OrderKey key, Order order) {
            OrderSnapshot it = order.snapshot;
            return new OrderView(
                    key,
                    it.name(),
                    OrderView.State.OPEN,
                    it.placedAt(),
                    it.updatedAt(),
                    it.placedAt(),
                    null,
                    0,
                    false,
                    order.old,
                    null,
                    List.of());
        }

        @Override
        public List<String> openOrders(StoreId store, int limit) {
            return orders.entrySet().stream()
                    .filter(entry -> entry.getKey().store().equals(store))
                    .filter(entry -> entry.getValue().counts.values().stream().anyMatch(line -> line.booked() > 0))
                    .map(entry -> entry.getKey().id())
                    .limit(limit)
                    .toList();
        }

        @Override
        public Page<OrderView> orders(OrderQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<UnmatchedLine> unmatched(PageRequest page) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OrderView map(OrderKey order, String line, ProductId product, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<ParkedOrder> parked(PageRequest page) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dismissParked(OrderKey order, String actor) {
            throw new UnsupportedOperationException();
        }
    }

    // --- listings
    // ------------------------------------------------------------------------------------------------------

    private final class Listings implements ListingBook {
        @Override
        public void record(StoreId store, String pull, Instant readAt, List<SeenListing> seen) {
            before.run();
            for (SeenListing listing : seen) {
                for (SeenListing.SeenFigure shown : listing.figures()) {
                    Figure figure = figures.values().stream()
                            .filter(known -> known.store.equals(store)
                                    && known.counter.equals(listing.counter())
                                    && known.location.equals(shown.storeLocation()))
                            .findFirst()
                            .orElseGet(() -> add(store, listing, shown));
                    figure.pull = pull;
                    figure.sku = listing.sku();
                    figure.active = listing.state() == ListingView.State.ACTIVE && listing.sku() != null;
                    if (listing.sku() != null) {
                        product(listing.sku());
                    }
                    figure.read(shown.quantity(), readAt);
                }
            }
            after.run();
        }

        private Figure add(StoreId store, SeenListing listing, SeenListing.SeenFigure shown) {
            Figure figure = new Figure();
            figure.id = ++ids;
            figure.store = store;
            figure.listing = listing.listing();
            figure.counter = listing.counter();
            figure.location = shown.storeLocation();
            figures.put(figure.id, figure);
            return figure;
        }

        @Override
        public PullEnd endPull(StoreId store, String pull, int guardShare) {
            before.run();
            List<Figure> all = of(store).filter(figure -> figure.active).toList();
            List<Figure> missing =
                    all.stream().filter(figure -> !pull.equals(figure.pull)).toList();
            int shown = all.size() - missing.size();
            boolean tooMany = missing.size() * 10_000L > (long) guardShare * all.size();
            if (!tooMany) {
                missing.forEach(figure -> figure.active = false);
            }
            after.run();
            return new PullEnd(shown, tooMany ? 0 : missing.size(), tooMany ? missing.size() : 0);
        }

        private java.util.stream.Stream<Figure> of(StoreId store) {
            return figures.values().stream().filter(figure -> figure.store.equals(store));
        }

        @Override
        public void read(StoreId store, Instant readAt, List<Reading> readings) {
            before.run();
            readings.forEach(reading -> figures.get(reading.figure()).read(reading.quantity(), readAt));
            after.run();
        }

        @Override
        public Opening open(StoreId store, Set<ProductId> only, String actor) {
            before.run();
            Map<Product, Set<Long>> shown = new LinkedHashMap<>();
            List<Figure> wanted = of(store)
                    .filter(figure -> figure.active && figure.seen != null)
                    .filter(figure -> !product(figure.sku).opened)
                    .toList();
            wanted.forEach(figure -> shown.computeIfAbsent(product(figure.sku), key -> new HashSet<>())
                    .add(figure.seen));
            List<Figure> moved = wanted.stream()
                    .filter(figure -> !figure.seen.equals(figure.belief))
                    .toList();
            moved.forEach(figure -> shown.remove(product(figure.sku)));
            List<ProductId> conflicts = new ArrayList<>();
            shown.forEach((product, beliefs) -> {
                if (beliefs.size() > 1) {
                    conflicts.add(product.id);
                } else {
                    product.inStock += beliefs.iterator().next() + product.booked - product.inStock;
                    product.opened = true;
                    product.version++;
                    tell(Set.of(product), LedgerListener.Change.Kind.LEVELS);
                }
            });
            after.run();
            return new Opening(
                    shown.size() - conflicts.size(),
                    conflicts,
                    moved.stream().map(this::gap).toList());
        }

        private long offset(Figure figure) {
            if (!stores.get(figure.store).onHandFigures()) {
                return 0;
            }
            return orders.entrySet().stream()
                    .filter(entry -> entry.getKey().store().equals(figure.store))
                    .flatMap(entry -> entry.getValue().counts.entrySet().stream()
                            .filter(line -> fold(entry.getValue().skus.get(line.getKey()))
                                    .equals(fold(figure.sku))))
                    .mapToLong(line -> line.getValue().booked())
                    .sum();
        }

        private boolean due(Figure figure, Instant now) {
            if (!figure.active || !product(figure.sku).opened || figure.outstanding() || figure.queue == Queue.PARKED) {
                return false;
            }
            if (figure.queue == Queue.WAITING) {
                if (now == null || figure.retryAt.isAfter(now)) {
                    return false;
                }
                figure.queue = Queue.FREE;
            }
            boolean level = figure.belief != null && figure.belief == wanted(figure) + offset(figure);
            if (level && figure.acknowledged == null) {
                figure.acknowledged = figure.belief;
                figure.acknowledgedAt = Instant.MIN;
            }
            return !level;
        }

        private long wanted(Figure figure) {
            return Math.max(0, product(figure.sku).available());
        }

        private DueFigure view(Figure figure) {
            return new DueFigure(
                    figure.id,
                    new ListingKey(figure.store, figure.listing, ""),
                    figure.sku,
                    figure.counter,
                    figure.location,
                    wanted(figure),
                    offset(figure),
                    product(figure.sku).version,
                    1,
                    figure.belief,
                    figure.seen,
                    figure.queue == Queue.UNKNOWN,
                    figure.attempts,
                    0);
        }

        @Override
        public List<DueFigure> due(StoreId store, Instant now, int limit) {
            Comparator<DueFigure> up = Comparator.comparing(
                    figure -> figure.belief() != null && figure.wanted() + figure.onHandOffset() > figure.belief());
            return of(store)
                    .filter(figure -> due(figure, now))
                    .map(this::view)
                    .sorted(up)
                    .limit(limit)
                    .toList();
        }

        @Override
        public DueCount dueCount(StoreId store, Instant now) {
            int ready = (int) of(store).filter(figure -> due(figure, now)).count();
            int unknown = (int) of(store).filter(Figure::outstanding).count();
            int parked = (int)
                    of(store).filter(figure -> figure.queue == Queue.PARKED).count();
            List<Instant> waiting = of(store)
                    .filter(figure -> figure.queue == Queue.WAITING && figure.retryAt.isAfter(now))
                    .map(figure -> figure.retryAt)
                    .sorted()
                    .toList();
            return new DueCount(ready, waiting.size(), unknown, parked, waiting.isEmpty() ? null : waiting.get(0));
        }

        @Override
        public List<DueFigure> recheck(StoreId store, Set<Long> only) {
            return of(store)
                    .filter(figure -> only.contains(figure.id) && due(figure, null))
                    .map(this::view)
                    .toList();
        }

        @Override
        public void sending(PushRecord batch) {
            before.run();
            sent.add(batch);
            for (PushRecord.Item item : batch.items()) {
                Figure figure = figures.get(item.figure());
                figure.sent = item.sent();
                figure.sentBelief = item.sent();
                figure.key = batch.key();
                figure.attempts++;
                figure.queue = Queue.UNKNOWN;
            }
            after.run();
        }

        @Override
        public void sent(StoreId store, String key, List<PushRecord.Outcome> outcomes, Instant at) {
            before.run();
            for (PushRecord.Outcome outcome : outcomes) {
                Figure figure = figures.get(outcome.figure());
                if (figure.outstanding() && key.equals(figure.key)) {
                    sent(figure, outcome, at);
                }
            }
            after.run();
        }

        private void sent(Figure figure, PushRecord.Outcome outcome, Instant at) {
            figure.message = outcome.message();
            switch (outcome.kind()) {
                case ACKNOWLEDGED -> {
                    figure.acknowledged = figure.sent;
                    figure.acknowledgedAt = at;
                    figure.belief = figure.sentBelief;
                    figure.off(false);
                    figure.attempts = 0;
                    figure.settle(Queue.FREE);
                }
                case ACCEPTED -> {
                    figure.queue = Queue.ACCEPTED;
                    figure.token = outcome.token();
                }
                case UNKNOWN -> figure.queue = Queue.UNKNOWN;
                case STALE, NOT_SENT -> {
                    figure.attempts--;
                    figure.settle(Queue.FREE);
                }
                case REFUSED -> figure.settle(Queue.PARKED);
                case RETRYING -> {
                    figure.settle(Queue.WAITING);
                    figure.retryAt = outcome.retryAt();
                }
            }
        }

        @Override
        public void acknowledge(StoreId store, List<PushRecord.Item> level) {
            before.run();
            after.run();
        }

        @Override
        public List<DueFigure> unsettled(StoreId store, int limit) {
            return of(store)
                    .filter(Figure::outstanding)
                    .map(this::view)
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<AcceptedPush> accepted(StoreId store, int limit) {
            return of(store)
                    .filter(figure -> figure.queue == Queue.ACCEPTED)
                    .map(figure -> new AcceptedPush(figure.id, figure.token, figure.key))
                    .limit(limit)
                    .toList();
        }

        @Override
        public void retry(StoreId store, Set<Long> parked, String actor) {
            parked.forEach(id -> figures.get(id).queue = Queue.FREE);
        }

        @Override
        public List<FigureGap> gaps(StoreId store, long afterFigure, int limit) {
            return of(store)
                    .filter(figure -> figure.id > afterFigure && figure.off && !figure.outstanding())
                    .map(this::gap)
                    .limit(limit)
                    .toList();
        }

        private FigureGap gap(Figure figure) {
            return new FigureGap(
                    figure.id,
                    new ListingKey(figure.store, figure.listing, ""),
                    figure.counter,
                    figure.location,
                    figure.belief,
                    figure.seen,
                    figure.seenAt,
                    figure.belief == null ? 0 : figure.seen - figure.belief,
                    figure.firstGap,
                    figure.firstGapAt);
        }

        @Override
        public void confirmGaps(StoreId store, List<FigureGap> gaps) {
            before.run();
            for (FigureGap gap : gaps) {
                Figure figure = figures.get(gap.id());
                if (!Objects.equals(figure.firstGap, gap.gap())) {
                    figure.firstGap = gap.gap();
                    figure.firstGapAt = gap.seenAt();
                }
            }
            after.run();
        }

        @Override
        public void believe(StoreId store, List<Reading> decided, String reason) {
            before.run();
            for (Reading reading : decided) {
                Figure figure = figures.get(reading.figure());
                figure.belief = reading.quantity();
                if (figure.outstanding()) {
                    figure.settle(Queue.FREE);
                }
                figure.off(false);
            }
            after.run();
        }

        @Override
        public Posting adopt(StoreId store, long figure, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<ListingView> listings(ListingQuery query) {
            long total = of(query.store()).filter(figure -> figure.active).count();
            return new Page<>(List.of(), total, query.page());
        }

        @Override
        public Optional<ListingView> listing(ListingKey key) {
            throw new UnsupportedOperationException();
        }
    }

    // --- stores
    // --------------------------------------------------------------------------------------------------------

    private static Store with(Store store, boolean on, Instant first, String cursor) {
        return new Store(
                store.id(),
                store.name(),
                store.kind(),
                store.account(),
                store.createdAt(),
                on,
                first,
                store.removedAt(),
                cursor,
                store.onHandFigures());
    }

    private final class Registry implements StoreRegistry {
        @Override
        public Store register(StoreId id, String name, String kind, String actor) {
            return stores.computeIfAbsent(
                    id, key -> new Store(id, name, kind, "", Instant.EPOCH, false, null, null, null, false));
        }

        @Override
        public Optional<Store> find(StoreId id) {
            return Optional.ofNullable(stores.get(id));
        }

        @Override
        public List<Store> stores() {
            return List.copyOf(stores.values());
        }

        @Override
        public void describe(StoreId id, String account, boolean onHandFigures) {
            Store it = find(id).orElseThrow(() -> new NotFoundException("store"));
            stores.put(
                    id,
                    new Store(
                            id,
                            it.name(),
                            it.kind(),
                            account,
                            it.createdAt(),
                            it.syncOn(),
                            it.firstTurnedOnAt(),
                            it.removedAt(),
                            it.orderCursor(),
                            onHandFigures));
        }

        @Override
        public Store turnOn(StoreId id, Instant moment, boolean takeOpenOrders, String actor) {
            Store it = stores.get(id);
            Instant first = it.firstTurnedOnAt() == null ? moment : it.firstTurnedOnAt();
            return stores.merge(id, with(it, true, first, it.orderCursor()), (was, now) -> now);
        }

        @Override
        public Store turnOff(StoreId id, String actor) {
            Store it = stores.get(id);
            return stores.merge(id, with(it, false, it.firstTurnedOnAt(), it.orderCursor()), (was, now) -> now);
        }

        @Override
        public Store remove(StoreId id, String actor) {
            return turnOff(id, actor);
        }
    }

    /** Lanes only report locations, which have no bearing here. */
    private static Catalogue catalogue() {
        return (Catalogue) java.lang.reflect.Proxy.newProxyInstance(
                Catalogue.class.getClassLoader(), new Class<?>[] {Catalogue.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("reportStoreLocations")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
