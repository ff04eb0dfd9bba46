package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Stock;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.SyncListener;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component with its real threads on the real ledger, in a real database, as the framework wires it. */
class RealLedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // One for all tests, as the database is: a new one would count as a restore.
    @TempDir
    static Path folder;

    // One for all tests, each of which has stores and products of its own: opening takes longer than most of them.
    private static final AtomicReference<LedgerListener> LISTENER = new AtomicReference<>(change -> {});
    private static TestDatabase database;
    private static org.evenkeel.ledger.impl.Ledger ledger;

    private SyncComponent sync;

    @BeforeAll
    static void open() {
        database = TestVendor.DERBY.open();
        ledger = org.evenkeel.ledger.impl.Ledger.open(
                database.database(), Clock.systemUTC(), change -> LISTENER.get().changed(change));
    }

    @BeforeEach
    void begin() {
        sync = start();
    }

    private SyncComponent start() {
        SyncComponent component = new SyncComponent(
                database.database(),
                new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue()),
                ledger.leases(),
                folder,
                configuration());
        LISTENER.set(component);
        return component;
    }

    @AfterEach
    void stop() {
        sync.stop();
    }

    @AfterAll
    static void close() {
        ledger.close();
        database.close();
    }

    @Test
    void aRestoredDatabaseHoldsAllStoresInWords() throws Exception {
        FakeStore shop = add("restored", "PEAR", 5);
        turnOn(shop);
        sync.stop();
        Files.writeString(folder.resolve(Pulse.FILE), "4711");
        sync = start();
        sync.addConnector(shop, properties("restored"));

        await(
                () -> sync.store(shop.id).orElseThrow().heldReason().contains("older than this data folder knows it"),
                "it is held in words");
        await(() -> sync.store(shop.id).orElseThrow().state() == StoreStatus.State.HELD, "it is held");
        shop.pushes.clear();
        set("pear", 1);
        long run = sync.refresh(shop.id, RefreshKind.NORMAL, "user:test");
        await(() -> sync.run(run).orElseThrow().result() != null, "it is pulled");
        assertThat(shop.pushes).isEmpty();
    }

    @Test
    void anOrderAtOneStoreReachesTheOthersAndAnAdjustmentReachesAll() {
        FakeStore first = add("first", "APPLE", 50);
        FakeStore second = add("second", "apple ", 0);
        turnOn(first);
        turnOn(second);
        await(() -> second.shows("apple ") == 50, "the second store is filled");
        assertThat(stock("apple").inStock()).isEqualTo(50);

        first.buy("APPLE", 4);
        sync.refresh(first.id, RefreshKind.NORMAL, "user:test");
        await(() -> second.shows("apple ") == 46, "the order reached the second store");
        assertThat(first.shows("APPLE")).isEqualTo(46);
        Instant from = Instant.now().minusSeconds(1800);
        await(
                () -> sync.windows(first.id, from, from.plusSeconds(3600), Duration.ofHours(1))
                                .get(0)
                                .count()
                        == 1,
                "the order's window is kept");
        assertThat(stock("apple").booked()).isEqualTo(4);

        set("apple", 15);
        await(() -> first.shows("APPLE") == 11 && second.shows("apple ") == 11, "the adjustment reached all");
        await(() -> status(first.id).due().ready() == 0 && status(first.id).state() == StoreStatus.State.IDLE, "idle");
        assertThat(ledger.journal().audit()).isEmpty();
        assertThat(ledger.listings()
                        .listing(new ListingKey(second.id, "apple ", ""))
                        .orElseThrow()
                        .figures()
                        .get(0)
                        .acknowledged())
                .isEqualTo(11);
        assertThat(sync.runs(second.id, new PageRequest(0, 50)).items())
                .allSatisfy(run -> assertThat(run.errors()).isEmpty());
        await(() -> status(first.id).oversellWindow() != null, "the window is measured");
    }

    @Test
    void aManualEditIsOverwrittenByARefresh() {
        FakeStore shop = add("edited", "EDITED", 50);
        turnOn(shop);
        set("edited", 40);
        await(() -> shop.shows("EDITED") == 40, "it is pushed");
        shop.edit("EDITED", 7);
        long run = sync.refresh(shop.id, RefreshKind.NORMAL, "user:test");
        await(() -> sync.run(run).orElseThrow().result() != null, "the refresh ends");

        assertThat(shop.shows("EDITED")).isEqualTo(40);
        assertThat(sync.run(run).orElseThrow().errors()).isEmpty();
    }

    @Test
    void aStoreCannotBeTurnedOnBeforeItsCheckHasPassed() throws Exception {
        FakeStore shop = add("draft", "DRAFT", 50);
        assertThat(status(shop.id).state()).isEqualTo(StoreStatus.State.DRAFT);
        assertThatThrownBy(() -> sync.turnOn(shop.id, TurnOn.DEFAULT, "user:test"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Check draft first");
        shop.checkSeverity = org.evenkeel.connector.CheckReport.Severity.ERROR;
        sync.check(shop.id, "user:test").toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> sync.turnOn(shop.id, TurnOn.DEFAULT, "user:test"))
                .hasMessageContaining("did not pass");
    }

    @Test
    void turningOnIsTheRunThatBeginsAndItsChoicesAreKnownToIt() {
        FakeStore shop = add("choosing", "CHOOSING", 50);
        sync.check(shop.id, "user:test").toCompletableFuture().join();
        // The audit log takes its time, so that whatever else may begin a run does.
        AuditLog audit = new SlowAudit(() ->
                await(() -> !sync.runs(shop.id, new PageRequest(0, 1)).items().isEmpty(), "a run begins"));
        sync.addAudit(audit);
        long run = sync.turnOn(shop.id, new TurnOn(false, TurnOn.Opening.REVIEW), "user:test");
        sync.removeAudit(audit);

        await(() -> sync.run(run).orElseThrow().result() != null, "the first run");
        assertThat(sync.run(run).orElseThrow().trigger()).isEqualTo(Run.Trigger.TURNED_ON);
        assertThat(sync.runs(shop.id, new PageRequest(0, 10)).total()).isEqualTo(1);
        assertThat(ledger.catalogue()
                        .productBySku(new Sku("choosing"))
                        .orElseThrow()
                        .opened())
                .isFalse();
    }

    @Test
    void nothingIsOpenedByADryRunNorInShadow() {
        FakeStore shop = add("unsaid", "SAID", 50);
        turnOn(shop);
        shop.lists("UNSAID", 7);
        assertThat(openExchanges(refreshed(shop, RefreshKind.DRY)))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.outcome()).isEqualTo(Exchange.Outcome.WITHHELD);
                    assertThat(said.summary()).contains("the run is dry");
                });
        assertThat(opened("unsaid")).as("by a dry run").isFalse();

        sync.configure(shop.id, new StoreSettings(null, Drift.OVERWRITE, true, null, null), "user:test");
        assertThat(openExchanges(refreshed(shop, RefreshKind.NORMAL)))
                .singleElement()
                .satisfies(said -> assertThat(said.summary()).contains("the store is in shadow"));
        assertThat(opened("unsaid")).as("in shadow").isFalse();

        sync.configure(shop.id, StoreSettings.DEFAULT, "user:test");
        refreshed(shop, RefreshKind.NORMAL);
        assertThat(opened("unsaid")).isTrue();
        assertThat(stock("unsaid").inStock()).isEqualTo(7);
    }

    private long refreshed(FakeStore shop, RefreshKind kind) {
        long run = sync.refresh(shop.id, kind, "user:test");
        await(() -> sync.run(run).orElseThrow().result() != null, "the " + kind + " refresh ends");
        return run;
    }

    private List<Exchange> openExchanges(long run) {
        return sync.exchanges(run, new PageRequest(0, 100)).items().stream()
                .filter(exchange -> exchange.operation().equals("open"))
                .toList();
    }

    private boolean opened(String sku) {
        return ledger.catalogue().productBySku(new Sku(sku)).orElseThrow().opened();
    }

    @Test
    void aConnectorThatGoesAndComesBackGoesOnAndASecondOneWithItsIdIsRefused() {
        FakeStore shop = add("twin", "TWIN", 50);
        turnOn(shop);
        FakeStore twin = new FakeStore("twin", InstantSource.system(), FakeStore.modern()).lists("TWIN", 1);
        sync.addConnector(twin, properties("twin"));
        await(() -> status(shop.id).explanation().contains("is refused"), "the twin is refused");
        sync.removeConnector(twin);
        await(() -> status(shop.id).explanation().isEmpty(), "the twin is gone");

        sync.removeConnector(shop);
        await(() -> status(shop.id).state() == StoreStatus.State.AWAY, "away");
        String order = shop.buy("TWIN", 3);
        assertThatThrownBy(() -> sync.refresh(shop.id, RefreshKind.NORMAL, "user:test"))
                .isInstanceOf(ConflictException.class);

        sync.addConnector(shop, properties("twin"));
        await(() -> ledger.orders().order(new OrderKey(shop.id, order)).isPresent(), "it goes on");
        await(() -> status(shop.id).state() == StoreStatus.State.IDLE, "idle");
        assertThat(shop.shows("TWIN")).isEqualTo(47);
        assertThat(stock("twin").booked()).isEqualTo(3);
    }

    @Test
    void aRestartGoesOnFromWhatWasKept() {
        FakeStore shop = add("restart", "RESTART", 50);
        turnOn(shop);
        sync.stop();
        shop.buy("RESTART", 3);
        sync = start();
        sync.addConnector(shop, properties("restart"));
        await(() -> stock("restart").booked() == 3, "the order is booked");

        assertThat(status(shop.id).lastCheck().passed()).isTrue();
        assertThat(sync.runs(shop.id, new PageRequest(0, 50)).items())
                .filteredOn(run -> run.result() == null)
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void stoppingIsQuickThoughACallHangsAndListenersAreTold() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        SyncListener watcher = store -> told.countDown();
        sync.addListener(watcher);
        FakeStore shop = add("hang", "HANG", 50);
        turnOn(shop);
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        shop.fault("orders", effect -> {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        long run = sync.refresh(shop.id, RefreshKind.NORMAL, "user:test");
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();

        Instant before = Instant.now();
        sync.stop();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        sync = start();
        assertThat(sync.run(run).orElseThrow().result()).isEqualTo(Run.Result.INTERRUPTED);
    }

    /** An audit log that keeps nothing and takes its time. */
    private record SlowAudit(Runnable taking) implements AuditLog {
        @Override
        public void record(String actor, String action, String subject, String detail) {
            taking.run();
        }

        @Override
        public List<Entry> entries(String text, int offset, int limit) {
            return List.of();
        }

        @Override
        public long count(String text) {
            return 0;
        }
    }

    // --- helpers
    // -------------------------------------------------------------------------------------------------------

    private FakeStore add(String id, String sku, long figure) {
        FakeStore shop = new FakeStore(id, InstantSource.system(), FakeStore.modern()).lists(sku, figure);
        sync.addConnector(shop, properties(id));
        await(() -> sync.store(shop.id).filter(StoreStatus::connected).isPresent(), id + " appears");
        return shop;
    }

    private static Map<String, Object> properties(String id) {
        return Map.of(
                StoreConnector.STORE, id, StoreConnector.STORE_NAME, "Shop " + id, "service.factoryPid", "test.fake");
    }

    private void turnOn(FakeStore shop) {
        sync.check(shop.id, "user:test").toCompletableFuture().join();
        long run = sync.turnOn(shop.id, TurnOn.DEFAULT, "user:test");
        await(() -> sync.run(run).orElseThrow().result() != null, "the first run of " + shop.id);
        assertThat(sync.run(run).orElseThrow().errors()).isEmpty();
        assertThat(sync.run(run).orElseThrow().result()).isEqualTo(Run.Result.DONE);
    }

    private StoreStatus status(StoreId store) {
        return sync.store(store).orElseThrow();
    }

    private Stock stock(String sku) {
        Product product = ledger.catalogue().productBySku(new Sku(sku)).orElseThrow();
        return ledger.inventory().stock(product.id());
    }

    private void set(String sku, long quantity) {
        Product product = ledger.catalogue().productBySku(new Sku(sku)).orElseThrow();
        ledger.inventory()
                .adjust(new Adjustment(
                        product.id(),
                        ledger.catalogue().defaultLocation().id(),
                        Adjustment.Kind.SET,
                        quantity,
                        null,
                        "test",
                        "user:test",
                        new IdempotencyKey("user:test", "set " + sku + " " + quantity)));
    }

    private void await(BooleanSupplier condition, String what) {
        org.awaitility.Awaitility.await(what).atMost(PATIENCE).until(condition::getAsBoolean);
    }

    private static SyncConfiguration configuration() {
        return Configurations.with(Map.of());
    }
}
