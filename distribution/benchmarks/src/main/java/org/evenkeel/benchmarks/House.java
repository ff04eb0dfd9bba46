package org.evenkeel.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.shopify.ShopifyByHand;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingBook.DueCount;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Ledger;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.SyncByHand;

/** Ledger, sync and connectors as in the host, put together by constructors: with real threads, real time and real HTTP. */
public final class House implements AutoCloseable {
    public static final String ACTOR = "benchmark";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * A part of the file is soon sold out, as opening stock is a share of its own demand: what would be held back as a likely
     * mistake is meant here.
     */
    private static final Map<String, Object> SETTINGS = Map.of("guard_percent", 100);

    private final Signal signal = new Signal();
    private final AtomicReference<LedgerListener> wakeups = new AtomicReference<>(change -> {});
    private final Ledger ledger;
    private final SyncByHand sync;
    private final List<ShopifyByHand> connectors = new ArrayList<>();

    /** @param folder where the sync keeps its key */
    public House(Database database, Path folder) {
        ledger =
                Ledger.open(database, Clock.systemUTC(), change -> wakeups.get().changed(change));
        sync = new SyncByHand(
                database,
                new org.evenkeel.sync.internal.lane.Ledger(
                        ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue()),
                ledger.leases(),
                folder,
                SETTINGS);
        wakeups.set(sync.wakeups());
        sync.listen(store -> signal.hear());
    }

    public Ledger ledger() {
        return ledger;
    }

    public StoreSync stores() {
        return sync.stores();
    }

    public StorePlans plans() {
        return sync.plans();
    }

    /** Adds a shop as a store, checks it and turns it on, as people do; waits until it is level. */
    public void connect(Simulator simulator, Shop shop) throws InterruptedException {
        StoreId store = new StoreId(shop.name());
        URI address = simulator.address(shop);
        ShopifyByHand shopify = new ShopifyByHand(shop.name(), address, shop.token());
        connectors.add(shopify);
        add(store, ShopifyByHand.KIND, shopify.connector());
        long run = stores().turnOn(store, TurnOn.DEFAULT, ACTOR);
        awaitRun(run);
    }

    /** Adds a store and checks it, as people do; it stays off. */
    public void add(StoreId store, String kind, StoreConnector connector) throws InterruptedException {
        sync.add(connector, store.value(), kind);
        await(
                "A lane for " + store,
                () -> stores().store(store).filter(StoreStatus::connected).isPresent());
        CheckReport report = stores().check(store, ACTOR).toCompletableFuture().join();
        if (!report.passed()) {
            throw new IllegalStateException("The check of " + store + " did not pass: " + report.findings());
        }
    }

    /** Pulls every store and waits until all of them are level. */
    public void refreshAll() throws InterruptedException {
        List<Long> runs = new ArrayList<>();
        for (StoreStatus status : stores().stores()) {
            runs.add(stores().refresh(status.store().id(), RefreshKind.NORMAL, ACTOR));
        }
        for (long run : runs) {
            awaitRun(run);
        }
        awaitQuiet();
    }

    /** Waits until no store has anything left to do but its schedule. */
    public void awaitQuiet() throws InterruptedException {
        await("Quiet", () -> stores().stores().stream().allMatch(House::quiet));
    }

    private static boolean quiet(StoreStatus status) {
        DueCount due = status.due();
        return due.ready() == 0 && due.waiting() == 0 && due.unknown() == 0 && status.currentRun() == null;
    }

    /** Waits until a run has ended well. */
    public void awaitRun(long id) throws InterruptedException {
        awaitRun(id, PATIENCE);
    }

    /** Waits so long until a run has ended well. */
    public void awaitRun(long id, Duration patience) throws InterruptedException {
        await(
                "The end of run " + id,
                patience,
                () -> stores().run(id).orElseThrow().result() != null);
        Run run = stores().run(id).orElseThrow();
        if (run.result() != Run.Result.DONE) {
            throw new IllegalStateException("A run did not end well: " + run);
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, PATIENCE, condition);
    }

    /** Waits so long until something holds. */
    public void await(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
        signal.await(what, patience, condition, () -> stores().stores().toString());
    }

    /** Stops the sync, closes connectors and ledger; the database stays open. */
    @Override
    public void close() {
        sync.close();
        connectors.forEach(ShopifyByHand::close);
        ledger.close();
    }
}
