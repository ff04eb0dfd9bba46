package org.evenkeel.sync.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.evenkeel.database.Database;
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
import org.evenkeel.sync.internal.kept.SecretBox;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.Ledger;

/**
 * The real ledger in a Derby in memory, for tests in virtual time. Opening one takes seconds and a world has tens of rows, so
 * each thread of tests has one database, which is emptied for each world. {@link #before} runs before each transaction and
 * {@link #after} behind its commit, before anybody is told of it; both may throw.
 */
public final class Books {
    private static final ThreadLocal<Books> OF_THREAD = ThreadLocal.withInitial(Books::new);
    private static final String ACTOR = "user:test";
    private static final int RUNS_KEPT = 1000;

    public Runnable before = () -> {};
    public Runnable after = () -> {};
    /** Told of what was committed. */
    public LedgerListener listener = change -> {};

    private final Tables tables;
    private final Database units;
    private final SecretBox secrets;
    private final org.evenkeel.ledger.impl.Ledger ledger;
    private InstantSource time = InstantSource.system();
    private long adjustments;

    private Books() {
        TestDatabase database = TestDatabases.derby();
        units = new OpenUnits(database.database());
        secrets = SecretBox.open(folder().resolve("state.key"));
        ledger = org.evenkeel.ledger.impl.Ledger.open(
                database(() -> before.run(), () -> after.run()), clock(), change -> listener.changed(change));
        records(units);
        tables = new Tables(database);
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("evenkeel-books");
            folder.toFile().deleteOnExit();
            folder.resolve("state.key").toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database behind the books, with something before and behind each transaction; its units are open already. */
    public Database database(Runnable beforeEach, Runnable afterEach) {
        return new WatchedDatabase(units, beforeEach, afterEach);
    }

    /** The database behind the books; its units are open already. */
    public Database database() {
        return units;
    }

    /** What a sync keeps in such a database. */
    public SyncRecords records(Database database) {
        return new SyncRecords(database, secrets, RUNS_KEPT, Duration.ofDays(7), clock());
    }

    /** The time that the books go by, as a ledger takes it. */
    public Clock clock() {
        return new SetClock();
    }

    /** The ledger that the books are kept by. */
    public org.evenkeel.ledger.impl.Ledger ledger() {
        return ledger;
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
        return knows(store.id, order);
    }

    public boolean knows(StoreId store, String order) {
        return ledger.orders().order(new OrderKey(store, order)).isPresent();
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
