package org.evenkeel.sync.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Stock;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.lane.Ledger;

/**
 * The real ledger in a Derby in memory, for tests in virtual time. Opening one takes seconds and a world has tens of rows, so
 * each thread of tests has one database, which is emptied for each world. {@link #before} runs before each transaction and
 * {@link #after} behind its commit, before anybody is told of it; both may throw.
 */
public final class Books {
    private static final ThreadLocal<Books> OF_THREAD = ThreadLocal.withInitial(Books::new);
    private static final String ACTOR = "user:test";

    public Runnable before = () -> {};
    public Runnable after = () -> {};
    /** Told of what was committed. */
    public LedgerListener listener = change -> {};

    private final Tables tables;
    private final org.evenkeel.ledger.impl.Ledger ledger;
    private InstantSource time = InstantSource.system();
    private long adjustments;

    private Books() {
        TestDatabase database = TestDatabases.derby();
        ledger = org.evenkeel.ledger.impl.Ledger.open(
                new WatchedDatabase(database.database(), () -> before.run(), () -> after.run()),
                new SetClock(),
                change -> listener.changed(change));
        tables = new Tables(database);
    }

    /** This thread's books, as they were when they were opened. Whoever had them before must not use them any more. */
    public static Books empty(InstantSource time) {
        Books books = OF_THREAD.get();
        books.before = () -> {};
        books.after = () -> {};
        books.listener = change -> {};
        books.time = time;
        books.tables.empty();
        return books;
    }

    public Ledger services() {
        return new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue());
    }

    public InventoryService inventory() {
        return ledger.inventory();
    }

    public RuleBook rules() {
        return ledger.rules();
    }

    /** A person counts the shelf; a product that is not known yet is created. */
    public void set(String sku, long inStock) {
        Product product = ledger.catalogue()
                .productBySku(new Sku(sku))
                .orElseGet(() -> ledger.catalogue().createProduct(new Sku(sku), sku, ACTOR));
        ledger.inventory()
                .adjust(new Adjustment(
                        product.id(),
                        ledger.catalogue().defaultLocation().id(),
                        Adjustment.Kind.SET,
                        inStock,
                        null,
                        "count",
                        ACTOR,
                        new IdempotencyKey(ACTOR, "count " + ++adjustments + " of " + sku)));
    }

    /** The figures of a product; all zero while nobody knows it. */
    public Figures product(String sku) {
        Optional<Product> product = ledger.catalogue().productBySku(new Sku(sku));
        if (product.isEmpty()) {
            return new Figures(0, 0, false);
        }
        Stock stock = ledger.inventory().stock(product.get().id());
        return new Figures(stock.inStock(), stock.booked(), product.get().opened());
    }

    /** A product's figures, as they were when they were asked for. */
    public record Figures(long inStock, long booked, boolean opened) {
        public long available() {
            return inStock - booked;
        }
    }

    /** An order as the ledger keeps it. */
    public OrderView order(StoreId store, String id) {
        return ledger.orders().order(new OrderKey(store, id)).orElseThrow();
    }

    public boolean knows(FakeStore store, String order) {
        return ledger.orders().order(new OrderKey(store.id, order)).isPresent();
    }

    /** The figure of a listing of a {@link FakeStore}. */
    public ListingView.Figure figure(StoreId store, String listing) {
        return ledger.listings()
                .listing(new ListingKey(store, listing, ""))
                .orElseThrow()
                .figures()
                .get(0);
    }

    public Long belief(StoreId store, String listing) {
        return figure(store, listing).belief();
    }

    public String message(StoreId store, String listing) {
        return figure(store, listing).message();
    }

    public ListingView.Outcome outcome(StoreId store, String listing) {
        return figure(store, listing).outcome();
    }

    /** Throws when the books do not add up. */
    public void audit() {
        assertThat(ledger.journal().audit()).isEmpty();
    }

    private final class SetClock extends Clock {
        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
