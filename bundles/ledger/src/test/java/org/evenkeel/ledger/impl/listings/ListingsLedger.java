package org.evenkeel.ledger.impl.listings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.ledger.impl.Ledger;

/** A ledger on a real database, with words for what happens to listings. */
final class ListingsLedger implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
    static final StoreId STORE = new StoreId("berlin");
    static final StoreId OTHER = new StoreId("paris");
    static final String SHELF = "loc-1";

    private static final Instant TURNED_ON = NOON.minusSeconds(3600);

    private final TestDatabase database;
    private Ledger ledger;
    StoreRegistry registry;
    Catalogue catalogue;
    InventoryService inventory;
    Journal journal;
    OrderBook orders;
    ListingBook book;
    RuleBook rules;
    RuleImports imports;
    final List<Change> changes = new CopyOnWriteArrayList<>();
    /** Told of each change after its commit; a test may let it fail, as a crash behind the commit would. */
    volatile Consumer<Change> listener = changes::add;

    private final AtomicInteger numbers = new AtomicInteger();

    ListingsLedger(TestDatabase database) {
        this.database = database;
        open();
    }

    private void open() {
        ledger = Ledger.open(database.database(), Clock.systemUTC(), change -> listener.accept(change));
        registry = ledger.stores();
        catalogue = ledger.catalogue();
        inventory = ledger.inventory();
        journal = ledger.journal();
        orders = ledger.orders();
        book = ledger.listings();
        rules = ledger.rules();
        imports = ledger.ruleImports();
    }

    /** As after a crash: nothing but the database is left. */
    void restart() {
        ledger.close();
        database.reopen();
        open();
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }

    /** Empties the ledger, which is quicker than making another one. */
    void clear() {
        for (String table : List.of("rule_import_row", "rule_import_problem", "rule_import")) {
            sql("delete from " + table);
        }
        sql("delete from listing_rule where kind > 0");
        for (String table : List.of(
                "listing_figure",
                "listing",
                "listing_store",
                "idempotency",
                "parked_order",
                "movement",
                "order_allocation",
                "order_line",
                "store_order",
                "stock_level",
                "product",
                "store_location_target",
                "store_location",
                "store")) {
            sql("delete from " + table);
        }
        sql("delete from location where id > 1");
        sql("update listing_rule set buffer = 0, share = 10000, min_shown = 0, max_shown = " + Long.MAX_VALUE
                + ", close_at = 0, paused = false, without_stock = false, changed_at = null");
        changes.clear();
        listener = changes::add;
    }

    void sql(String statement) {
        try (Connection connection = connect();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The first column of what a statement finds. */
    List<String> query(String statement) {
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(statement)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), "");
    }

    /** Columns of a figure, straight from its row. */
    Map<String, Long> row(long figure, String... columns) {
        Map<String, Long> row = new HashMap<>();
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(
                        "select " + String.join(", ", columns) + " from listing_figure where id = " + figure)) {
            rows.next();
            for (String column : columns) {
                long value = rows.getLong(column);
                row.put(column, rows.wasNull() ? null : (Long) value);
            }
            return row;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // --- stores ------------------------------------------------------------------------------------------------------

    /** A store with one location, which is mapped to the default one. */
    ListingsLedger store(StoreId store) {
        registry.register(store, store.value(), "test", "tester");
        registry.turnOn(store, TURNED_ON, false, "tester");
        return locations(store, SHELF);
    }

    /** The first is mapped to the default location, the others are not. */
    ListingsLedger locations(StoreId store, String... codes) {
        catalogue.reportStoreLocations(
                store,
                Stream.of(codes)
                        .map(code -> new StoreLocationMapping(store, code, code, true, Set.of()))
                        .toList());
        return this;
    }

    // --- listings ----------------------------------------------------------------------------------------------------

    static SeenListing seen(String listing, String sku, ListingView.State state, String counter, Object... figures) {
        List<SeenListing.SeenFigure> shown = new ArrayList<>();
        for (int i = 0; i < figures.length; i += 2) {
            shown.add(new SeenListing.SeenFigure((String) figures[i], ((Number) figures[i + 1]).longValue()));
        }
        return new SeenListing(listing, "", sku, "Title of " + listing, state, "", counter, shown);
    }

    static SeenListing active(String listing, String sku, long quantity) {
        return seen(listing, sku, ListingView.State.ACTIVE, "counter-" + listing, SHELF, quantity);
    }

    void pull(StoreId store, SeenListing... page) {
        pull(store, NOON, page);
    }

    void pull(StoreId store, Instant at, SeenListing... page) {
        book.record(store, "pull-" + numbers.incrementAndGet(), at, List.of(page));
    }

    ListingView listing(StoreId store, String listing) {
        return book.listing(new ListingKey(store, listing, "")).orElseThrow();
    }

    ListingView.Figure figure(StoreId store, String listing) {
        return listing(store, listing).figures().get(0);
    }

    long figureId(StoreId store, String listing) {
        return figure(store, listing).id();
    }

    ProductId product(StoreId store, String listing) {
        return listing(store, listing).product();
    }

    /** A store with one listing, seen with a figure, opened with it and level. */
    ProductId opened(StoreId store, String listing, String sku, long quantity) {
        store(store);
        pull(store, active(listing, sku, quantity));
        book.open(store, Set.of(), "tester");
        book.due(store, NOON, 10);
        return product(store, listing);
    }

    // --- what happens
    // --------------------------------------------------------------------------------------------------

    void set(ProductId product, long inStock) {
        adjust(product, Adjustment.Kind.SET, inStock);
    }

    void add(ProductId product, long units) {
        adjust(product, Adjustment.Kind.ADD, units);
    }

    void subtract(ProductId product, long units) {
        adjust(product, Adjustment.Kind.SUBTRACT, units);
    }

    private void adjust(ProductId product, Adjustment.Kind kind, long quantity) {
        inventory.adjust(new Adjustment(
                product,
                defaultLocation(),
                kind,
                quantity,
                null,
                "",
                "tester",
                new IdempotencyKey("test", "k" + numbers.incrementAndGet())));
    }

    LocationId defaultLocation() {
        return catalogue.defaultLocation().id();
    }

    long inStock(ProductId product) {
        return inventory.stock(product).inStock();
    }

    /** Units of a listing are ordered in its store: booked where stock lies, and gone from the store's own figure. */
    void sell(StoreId store, String listing, long units) {
        sell(store, listing, SHELF, units);
    }

    void sell(StoreId store, String listing, String storeLocation, long units) {
        ListingView view = listing(store, listing);
        order(store, NOON, line(listing, view.sku(), storeLocation, ordered(units)));
    }

    /** An order of its own. */
    void order(StoreId store, Instant placedAt, OrderSnapshot.Line... lines) {
        order(store, "order-" + numbers.incrementAndGet(), placedAt, placedAt, lines);
    }

    /** A snapshot of an order. */
    void order(StoreId store, String id, Instant placedAt, Instant updatedAt, OrderSnapshot.Line... lines) {
        orders.apply(new OrderPage(
                store,
                List.of(new OrderSnapshot(id, id, updatedAt, 0, placedAt, false, false, null, List.of(lines))),
                null,
                false));
    }

    OrderSnapshot.Line counted(OrderSnapshot.Line line, LineCounts counts) {
        return new OrderSnapshot.Line(
                line.id(),
                line.listing(),
                line.variant(),
                line.sku(),
                line.title(),
                counts,
                line.location(),
                line.moves());
    }

    OrderSnapshot.Line line(String listing, String sku, String storeLocation, LineCounts counts) {
        return new OrderSnapshot.Line(
                "line-" + numbers.incrementAndGet(),
                listing,
                listing == null ? null : "",
                sku,
                "A line",
                counts,
                storeLocation,
                List.of());
    }

    static LineCounts ordered(long units) {
        return new LineCounts(units, 0, 0, 0, 0);
    }

    // --- rules -------------------------------------------------------------------------------------------------------

    static RuleScope scope(StoreId store) {
        return new RuleScope.OfStore(store);
    }

    static RuleScope scope(StoreId store, String listing) {
        return new RuleScope.OfListing(new ListingKey(store, listing, ""));
    }

    RuleBook.Applied rule(RuleScope scope, ListingRule rule) {
        return apply(new RuleChange(scope, rule));
    }

    RuleBook.Applied apply(RuleChange... some) {
        return rules.apply(List.of(some), "tester", new IdempotencyKey("test", "k" + numbers.incrementAndGet()));
    }

    /** Lets everything go that is due, and says which listings were pushed what. */
    Map<String, Long> pushAll(StoreId store) {
        Map<String, Long> pushed = new TreeMap<>();
        for (List<DueFigure> due = due(store); !due.isEmpty(); due = due(store)) {
            String key = "push-" + numbers.incrementAndGet();
            sending(store, key, due.toArray(DueFigure[]::new));
            due.forEach(each -> pushed.put(each.key().listing(), each.wanted()));
            sent(
                    store,
                    key,
                    due.stream()
                            .map(each -> PushRecord.Outcome.of(each.id(), PushRecord.Kind.ACKNOWLEDGED, ""))
                            .toArray(PushRecord.Outcome[]::new));
        }
        return pushed;
    }

    /** Listings of a store whose figures were marked as due and were not looked at since, straight from the rows. */
    Set<String> marked(StoreId store) {
        Set<String> marked = new TreeSet<>();
        try (Connection connection = connect();
                Statement sql = connection.createStatement();
                ResultSet rows =
                        sql.executeQuery("select l.code from listing_figure f join listing l on l.id = f.listing_id"
                                + " where f.queue in (1, 2) and f.store = '" + store + "'")) {
            while (rows.next()) {
                marked.add(rows.getString(1));
            }
            return marked;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As if a crash had come while the figures of a store were told of a change: that far it had come. */
    void markedUpTo(StoreId store, long figure) {
        sql("update listing_store set marking_after = " + figure + " where store = '" + store + "'");
    }

    // --- pushing -----------------------------------------------------------------------------------------------------

    List<DueFigure> due(StoreId store) {
        return book.due(store, NOON, 1000);
    }

    Optional<DueFigure> due(StoreId store, String listing) {
        return due(store).stream()
                .filter(due -> due.key().listing().equals(listing))
                .findFirst();
    }

    /** Records that what is due is on its way, as a lane does. */
    void sending(StoreId store, String key, DueFigure... due) {
        book.sending(new PushRecord(
                store,
                key,
                Stream.of(due)
                        .map(each -> new PushRecord.Item(
                                each.id(),
                                each.wanted() + each.onHandOffset(),
                                each.productVersion(),
                                each.ruleVersion()))
                        .toList()));
    }

    void sent(StoreId store, String key, DueFigure due, PushRecord.Kind kind) {
        sent(store, key, PushRecord.Outcome.of(due.id(), kind, ""));
    }

    void sent(StoreId store, String key, PushRecord.Outcome... outcomes) {
        book.sent(store, key, List.of(outcomes), NOON);
    }

    /** A push of what is due for a listing, with its outcome. */
    DueFigure push(StoreId store, String listing, PushRecord.Kind kind) {
        DueFigure due = due(store, listing).orElseThrow(() -> new AssertionError(listing + " is not due"));
        String key = "push-" + numbers.incrementAndGet();
        sending(store, key, due);
        sent(store, key, due, kind);
        return due;
    }

    /** Candidates of a figure: what it shows if the push did not arrive, and if it did. */
    Map<String, Long> candidates(long figure) {
        return row(figure, "belief", "sent_belief");
    }

    ProductId productOf(String sku) {
        return catalogue.productBySku(new Sku(sku)).orElseThrow().id();
    }
}
