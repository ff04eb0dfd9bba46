package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.Level;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Stock;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.StoreRegistry;

/** A ledger on a database of its own, with short words for what tests do to it. */
final class TestLedger implements AutoCloseable {
    static final StoreId SHOP = new StoreId("shop");
    static final Instant TURNED_ON = Instant.parse("2026-03-01T00:00:00Z");
    static final String ACTOR = "user:tester";

    private final TestDatabase database;
    private final Ledger ledger;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T09:00:00Z"));
    private final AtomicLong keys = new AtomicLong();
    final List<Change> told = new CopyOnWriteArrayList<>();

    TestLedger(TestDatabase database) {
        this.database = database;
        this.ledger = Ledger.open(database.database(), new SettableClock(), told::add);
    }

    /** Empties the ledger, which is quicker than making another one. */
    void clear() {
        for (String table : List.of(
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
                "store_lease",
                "store_lease_term",
                "store")) {
            sql("delete from " + table);
        }
        sql("delete from location where id > 1");
        told.clear();
        now.set(Instant.parse("2026-03-02T09:00:00Z"));
    }

    /** Writes past the ledger, as nobody may. */
    void sql(String statement) {
        try (Connection connection = connection();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), "");
    }

    InventoryService inventory() {
        return ledger.inventory();
    }

    Catalogue catalogue() {
        return ledger.catalogue();
    }

    Journal journal() {
        return ledger.journal();
    }

    OrderBook orders() {
        return ledger.orders();
    }

    StoreRegistry stores() {
        return ledger.stores();
    }

    LaneLeases leases() {
        return ledger.leases();
    }

    LedgerTransactions transactions() {
        return ledger.transactions();
    }

    void setTime(Instant time) {
        now.set(time);
    }

    // --- stores and products -----------------------------------------------------------------------------------------

    void turnOn(StoreId store, boolean takeOpenOrders) {
        stores().register(store, "Shop " + store, "test.connector", ACTOR);
        stores().turnOn(store, TURNED_ON, takeOpenOrders, ACTOR);
    }

    ProductId product(String sku) {
        return catalogue().createProduct(new Sku(sku), "Product " + sku, ACTOR).id();
    }

    /** A product with In Stock at the default location. */
    ProductId product(String sku, long inStock) {
        ProductId product = product(sku);
        set(product, inStock);
        return product;
    }

    LocationId main() {
        return catalogue().defaultLocation().id();
    }

    LocationId location(String name) {
        return catalogue().createLocation(name, ACTOR).id();
    }

    /** Maps store locations, by their names as ids, one to one. */
    void mapped(StoreId store, List<LocationId> locations) {
        catalogue()
                .reportStoreLocations(
                        store,
                        locations.stream()
                                .map(location -> new StoreLocationMapping(
                                        store, "at-" + location, "Place " + location, true, java.util.Set.of()))
                                .toList());
        locations.forEach(
                location -> catalogue().mapStoreLocation(store, "at-" + location, java.util.Set.of(location), ACTOR));
    }

    // --- adjusting ---------------------------------------------------------------------------------------------------

    IdempotencyKey key() {
        return new IdempotencyKey(ACTOR, "key-" + keys.incrementAndGet());
    }

    Posting set(ProductId product, long quantity) {
        return adjust(product, main(), Adjustment.Kind.SET, quantity);
    }

    Posting add(ProductId product, long quantity) {
        return adjust(product, main(), Adjustment.Kind.ADD, quantity);
    }

    Posting adjust(ProductId product, LocationId location, Adjustment.Kind kind, long quantity) {
        return inventory().adjust(new Adjustment(product, location, kind, quantity, null, "test", ACTOR, key()));
    }

    // --- orders ------------------------------------------------------------------------------------------------------

    ApplyResult apply(OrderEntry... entries) {
        return apply(SHOP, entries);
    }

    ApplyResult apply(StoreId store, OrderEntry... entries) {
        return orders().apply(new OrderPage(store, Arrays.asList(entries), null, false));
    }

    ApplyResult reread(OrderEntry... entries) {
        return orders().apply(new OrderPage(SHOP, Arrays.asList(entries), null, true));
    }

    OrderView order(String id) {
        return orders().order(new OrderKey(SHOP, id)).orElseThrow();
    }

    // --- proofs ------------------------------------------------------------------------------------------------------

    /** In Stock, Booked and Available over all locations. */
    List<Long> figures(ProductId product) {
        Stock stock = inventory().stock(product);
        return List.of(stock.inStock(), stock.booked(), stock.available());
    }

    List<Long> figures(ProductId product, LocationId location) {
        Level level = inventory().level(product, location);
        return List.of(level.inStock(), level.booked(), level.available());
    }

    void assertBooksAreRight() {
        assertThat(journal().audit()).isEmpty();
    }

    List<Change> told() {
        List<Change> all = new ArrayList<>(told);
        told.clear();
        return all;
    }

    @Override
    public void close() {
        ledger.close();
        database.close();
    }

    /** Advances by itself, a millisecond at each look, so that later is later. */
    private final class SettableClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.updateAndGet(time -> time.plus(Duration.ofMillis(1)));
        }
    }
}
