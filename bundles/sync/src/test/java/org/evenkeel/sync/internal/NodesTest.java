package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes with their real threads on one PostgreSQL, each as the framework wires it. */
class NodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StoreId SHOP = new StoreId("shop");

    @TempDir
    Path folder;

    private final TestDatabase database = TestVendor.POSTGRESQL.open();
    private final Map<String, Node> nodes = new HashMap<>();
    /** The nodes that called the store, in the order of their calls. */
    private final List<String> callers = new CopyOnWriteArrayList<>();

    /** What nodes decided without a lease. */
    private final List<String> unleased = new CopyOnWriteArrayList<>();

    private final FakeStore shop = new FakeStore("shop", InstantSource.system(), FakeStore.modern()).lists("APPLE", 50);
    /** Done once, right behind the next reading of the store's switch under a lease. */
    private final AtomicReference<Runnable> behindSwitch = new AtomicReference<>();

    private Node one;
    private Node two;

    /** A host: its own ledger, its own sync, its own connector to the same store. */
    private final class Node implements AutoCloseable {
        private final String name;
        private final AtomicReference<LedgerListener> listener = new AtomicReference<>(change -> {});
        private final org.evenkeel.ledger.impl.Ledger ledger;
        private final SyncComponent sync;
        private final StoreConnector connector;

        Node(String name) throws IOException {
            this.name = name;
            this.ledger = org.evenkeel.ledger.impl.Ledger.open(
                    database.database(),
                    Clock.systemUTC(),
                    change -> listener.get().changed(change));
            this.sync = new SyncComponent(
                    database.database(),
                    new Ledger(ledger.orders(), outside(), ledger.stores(), ledger.catalogue()),
                    leases(),
                    Files.createDirectories(folder.resolve(name)),
                    Configurations.with(Map.of("node_name", name, "lease_seconds", 5)));
            listener.set(sync);
            this.connector = door();
        }

        /** The leases, under which the store's switch is read with something behind it. */
        private LaneLeases leases() {
            return around(LaneLeases.class, ledger.leases(), (name, answer) -> {
                if (!name.equals("under")) {
                    return answer;
                }
                return around(LeasedLedger.class, (LeasedLedger) answer, (part, service) -> {
                    if (!part.equals("stores")) {
                        return service;
                    }
                    return around(StoreRegistry.class, (StoreRegistry) service, (asked, told) -> {
                        Runnable work = asked.equals("find") ? behindSwitch.getAndSet(null) : null;
                        if (work != null) {
                            work.run();
                        }
                        return told;
                    });
                });
            });
        }

        /** The listings without a lease, which take note of what is decided by them. */
        private ListingBook outside() {
            return (ListingBook) Proxy.newProxyInstance(
                    ListingBook.class.getClassLoader(),
                    new Class<?>[] {ListingBook.class},
                    (proxy, method, arguments) -> {
                        if (Set.of("believe", "believeGaps", "adopt").contains(method.getName())) {
                            unleased.add(name + " " + method.getName());
                        }
                        try {
                            return method.invoke(ledger.listings(), arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        /** The store's connector, which takes note of who calls. */
        private StoreConnector door() {
            return (StoreConnector) Proxy.newProxyInstance(
                    StoreConnector.class.getClassLoader(),
                    new Class<?>[] {StoreConnector.class, WebhookReceiver.class},
                    (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.getName().equals("equals")
                                    ? (Object) (proxy == arguments[0])
                                    : method.invoke(this, arguments);
                        }
                        callers.add(name);
                        try {
                            return method.invoke(shop, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        void connect() {
            sync.addConnector(
                    connector,
                    Map.of(
                            StoreConnector.STORE,
                            "shop",
                            StoreConnector.STORE_NAME,
                            "Shop",
                            "service.factoryPid",
                            "test.fake"));
        }

        StoreStatus status() {
            return sync.store(SHOP).orElseThrow();
        }

        void set(String sku, long quantity) {
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

        @Override
        public void close() {
            sync.stop();
            ledger.close();
        }
    }

    /** A service of which each answer is handed on by something else. */
    private static <T> T around(Class<T> type, T service, BiFunction<String, Object, Object> behind) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return behind.apply(method.getName(), method.invoke(service, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Node start(String name) throws IOException {
        Node node = new Node(name);
        nodes.put(name, node);
        return node;
    }

    /** The first node serves the store, which is on and level; the second one could, too. */
    @BeforeEach
    void twoNodesAndAStore() throws Exception {
        one = start("one");
        two = start("two");
        one.connect();
        await(() -> one.sync.store(SHOP).filter(StoreStatus::connected).isPresent(), "the store appears");
        two.connect();
        assertThat(two.sync
                        .check(SHOP, "user:test")
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS)
                        .passed())
                .isTrue();
        ended(two.sync, two.sync.turnOn(SHOP, TurnOn.DEFAULT, "user:test"));
        await(() -> one.status().state() == StoreStatus.State.IDLE, "idle");
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(Node::close);
        database.close();
    }

    @Test
    void whatIsAskedOfAnyNodeIsDoneByTheOneThatServesTheStore() throws Exception {
        assertThat(two.status().node()).isEqualTo("one");
        assertThat(two.status().connected()).isTrue();
        assertThat(two.status().lastCheck().passed()).isTrue();
        assertThat(two.status().lastRun().trigger()).isEqualTo(Run.Trigger.TURNED_ON);

        shop.buy("APPLE", 4);
        ended(two.sync, two.sync.refresh(SHOP, RefreshKind.HARD, "user:two"));
        assertThat(two.sync.runs(SHOP, new PageRequest(0, 10)).items()).anySatisfy(run -> {
            assertThat(run.trigger()).isEqualTo(Run.Trigger.HARD_REFRESH);
            assertThat(run.actor()).isEqualTo("user:two");
        });
        await(() -> booked(two) == 4, "the order is booked");

        StoreSettings settings =
                new StoreSettings(Duration.ofMinutes(3), Drift.ALERT, true, 2_000, Duration.ofSeconds(7));
        two.sync.configure(SHOP, settings, "user:two");
        assertThat(one.sync.settings(SHOP)).isEqualTo(settings);
        assertThat(two.sync.settings(SHOP)).isEqualTo(settings);
        two.sync.configure(SHOP, StoreSettings.DEFAULT, "user:two");

        two.sync.hold(Set.of(), "a look at everything", "user:two");
        assertThat(one.status().state()).isEqualTo(StoreStatus.State.HELD);
        assertThat(two.status().heldReason()).isEqualTo("a look at everything");
        two.sync.resume(SHOP, "user:two");

        two.sync.turnOff(SHOP, "user:two");
        assertThatThrownBy(() -> two.sync.refresh(SHOP, RefreshKind.NORMAL, "user:two"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("off");
        assertThat(Set.copyOf(callers)).as("nobody else called the store").containsExactly("one");
    }

    @Test
    void driftIsSettledUnderTheLeaseOfTheNodeThatServesTheStore() throws Exception {
        two.sync.configure(SHOP, new StoreSettings(null, Drift.ALERT, false, null, null), "user:two");
        shop.edit("APPLE", 57);
        ended(two.sync, two.sync.refresh(SHOP, RefreshKind.HARD, "user:two"));
        List<DriftedFigure> drifts =
                two.sync.drifts(SHOP, new PageRequest(0, 10)).items();
        assertThat(drifts).extracting(DriftedFigure::shown).containsExactly(57L);
        long figure = drifts.get(0).figure();

        assertThat(two.sync.settleDrift(SHOP, Set.of(figure), Drift.OVERWRITE, "user:two"))
                .isEmpty();
        await(() -> shop.shows("APPLE") == 50, "the ledger's figure is sent over it");
        assertThat(two.sync.settleDrift(SHOP, Set.of(figure), Drift.ADOPT, "user:two"))
                .singleElement()
                .asString()
                .contains(String.valueOf(figure), "look at it again");
        assertThat(unleased).as("decided without a lease").isEmpty();
        assertThat(Set.copyOf(callers)).containsExactly("one");
    }

    @Test
    void aChangeAtAnyNodeLeavesWithinASecondAndAHintPullsAtOnce() {
        Instant before = Instant.now();
        two.set("APPLE", 15);
        await(() -> shop.shows("APPLE") == 15, "the figure is sent");
        // A second is what it takes; the rest is for machines that do much else.
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));

        shop.buy("APPLE", 2);
        two.sync.hint(SHOP);
        await(() -> booked(two) == 2, "the order is pulled");

        shop.edit("APPLE", 99);
        two.sync.hint(SHOP, Set.of("APPLE"));
        await(() -> shop.shows("APPLE") == 13, "the edit that the other node was told of is overwritten");
        assertThat(Set.copyOf(callers)).containsExactly("one");
    }

    @Test
    void aNodeThatStopsHandsItsStoresOverAtOnce() {
        Instant before = Instant.now();
        one.sync.stop();
        await(() -> two.status().node().equals("two"), "the other one takes over");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
        int calls = callers.lastIndexOf("one");
        await(() -> callers.lastIndexOf("two") > calls, "and calls the store");
        nodes.remove("one").ledger.close();
        shop.buy("APPLE", 1);
        ended(two.sync, two.sync.refresh(SHOP, RefreshKind.NORMAL, "user:test"));
        await(() -> booked(two) == 1, "the order is booked");
        assertThat(callers.subList(calls + 1, callers.size())).doesNotContain("one");
    }

    @Test
    void aTurningOffBetweenReadingTheSwitchAndHearingSignalsIsHeard() {
        int runs = two.sync.runs(SHOP, new PageRequest(0, 50)).items().size();
        behindSwitch.set(() -> {
            try (var connection = java.sql.DriverManager.getConnection(database.url(), database.user(), "")) {
                connection.createStatement().executeUpdate("update store set sync_on = false");
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        one.sync.stop();
        await(() -> two.status().node().equals("two"), "the other one takes over");
        await(() -> two.status().connected(), "and has its connector");
        await(() -> behindSwitch.get() == null, "it was turned off");
        shop.buy("APPLE", 1);
        two.sync.hint(SHOP);
        two.set("APPLE", 7);
        await(() -> two.status().due().ready() == 1, "there is something to send");

        assertThat(two.status().state()).isEqualTo(StoreStatus.State.OFF);
        assertThat(two.sync.runs(SHOP, new PageRequest(0, 50)).items()).hasSize(runs);
        assertThat(shop.shows("APPLE")).isEqualTo(49);
        nodes.remove("one").ledger.close();
    }

    @Test
    void aNodeWhoseConnectorGoesLeavesItsStoreToAnother() {
        one.sync.removeConnector(one.connector);
        await(() -> two.status().node().equals("two"), "the other one takes over");
        two.sync.removeConnector(two.connector);
        await(() -> two.status().state() == StoreStatus.State.AWAY, "nobody is left");
        assertThat(two.status().node()).isEmpty();
        two.sync.configure(SHOP, new StoreSettings(null, Drift.ALERT, false, null, null), "user:test");
        assertThat(one.sync.settings(SHOP).drift())
                .as("kept though nobody serves it")
                .isEqualTo(Drift.ALERT);
        one.connect();
        await(() -> two.status().node().equals("one"), "it is served again");
    }

    @Test
    void whatAnotherNodeAcquiredIsGivenUpWithoutACallMore() {
        // As when the node slept: somebody else acquired the store, and this one finds out by what it does next.
        try (var connection = java.sql.DriverManager.getConnection(database.url(), database.user(), "")) {
            connection.createStatement().executeUpdate("update store_lease set node = 'third', token = token + 1");
            connection
                    .createStatement()
                    .executeUpdate("update store_lease_term set token = token + 1,"
                            + " expires_at = clock_timestamp() + interval '3 seconds'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        int calls = callers.size();
        one.set("APPLE", 11);
        await(() -> !one.status().node().equals("one"), "it is given up");
        assertThat(new ArrayList<>(callers)).hasSize(calls);
        assertThat(shop.shows("APPLE")).isEqualTo(50);
        await(() -> shop.shows("APPLE") == 11, "served again when the third one is gone");
        await(() -> one.status().state() == StoreStatus.State.IDLE, "idle");
        assertThat(one.sync.runs(SHOP, new PageRequest(0, 50)).items())
                .allSatisfy(run -> assertThat(run.errors()).isEmpty());
    }

    @Test
    void aWindowEndsWhenAStoreOfAnotherHostIsLevelAndAlarmsWhileItIsNot() throws Exception {
        FakeStore outlet = new FakeStore("outlet", InstantSource.system(), FakeStore.modern()).lists("APPLE", 50);
        StoreId id = new StoreId("outlet");
        Map<String, Object> properties = Map.of(
                StoreConnector.STORE, "outlet", StoreConnector.STORE_NAME, "Outlet", "service.factoryPid", "test.fake");
        two.sync.addConnector(outlet, properties);
        await(() -> one.sync.store(id).filter(StoreStatus::connected).isPresent(), "the outlet appears");
        two.sync.check(id, "user:test").toCompletableFuture().get(30, TimeUnit.SECONDS);
        ended(two.sync, two.sync.turnOn(id, TurnOn.DEFAULT, "user:test"));
        assertThat(one.sync.store(id).orElseThrow().node()).isEqualTo("two");
        one.sync.configure(
                SHOP, new StoreSettings(null, Drift.OVERWRITE, false, null, Duration.ofSeconds(1)), "user:test");

        shop.buy("APPLE", 2);
        one.sync.hint(SHOP);
        await(() -> outlet.shows("APPLE") == 48, "the outlet is told");
        await(() -> one.status().oversellWindow() != null, "the window closes");
        Duration first = one.status().oversellWindow();
        assertThat(first).isPositive();

        two.sync.removeConnector(outlet);
        await(() -> one.sync.store(id).orElseThrow().state() == StoreStatus.State.AWAY, "nobody serves the outlet");
        shop.buy("APPLE", 3);
        Instant bound = Instant.now().plusSeconds(1);
        one.sync.hint(SHOP);
        await(() -> booked(one) == 5, "the order is booked");
        // On a slow machine the first window may have been above the bound, too.
        await(() -> Instant.now().isAfter(bound) && one.status().windowAlarm(), "the open window alarms");
        assertThat(one.status().oversellWindow()).isEqualTo(first);

        two.sync.addConnector(outlet, properties);
        await(() -> outlet.shows("APPLE") == 45, "the outlet is told again");
        await(() -> !one.status().oversellWindow().equals(first), "the window closes");
        assertThat(one.status().oversellWindow()).isGreaterThan(Duration.ofSeconds(1));
    }

    private long booked(Node node) {
        Product product = node.ledger.catalogue().productBySku(new Sku("APPLE")).orElseThrow();
        return node.ledger.inventory().stock(product.id()).booked();
    }

    private static void ended(StoreSync sync, long run) {
        await(() -> sync.run(run).orElseThrow().result() != null, "run " + run + " ends");
        assertThat(sync.run(run).orElseThrow().result())
                .as(() -> sync.run(run).orElseThrow().toString())
                .isEqualTo(Run.Result.DONE);
    }

    private static void await(BooleanSupplier condition, String what) {
        org.awaitility.Awaitility.await(what).atMost(PATIENCE).until(condition::getAsBoolean);
    }
}
