package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.NodeRecords.Told;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneMemory.LaneState;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.LaneView;
import org.evenkeel.sync.internal.lane.LaneWatcher;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.nodes.HeldLease;
import org.evenkeel.sync.internal.nodes.LeaseKeeper;
import org.evenkeel.sync.internal.nodes.LeasedCalls;
import org.evenkeel.sync.internal.nodes.NodePlace;
import org.evenkeel.sync.internal.nodes.Signals;
import org.evenkeel.sync.internal.nodes.Whereabouts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of the stores that this node serves, and the connectors that come and go. A store id belongs to the connector that
 * came first; another one with the same id is refused in words, and takes over when the first goes.
 *
 * <p>A lane lives as long as this node holds the store's lease: it is made over the ledger under that lease, and closed when
 * the lease is over, whatever the reason. Where a connector is here, the lease is wanted; a store whose connector is nowhere
 * is served for a moment by whoever is asked something of it. Thread-safe.
 */
final class LaneRegistry implements LaneWatcher, LeaseKeeper.Serving, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRegistry.class);
    private static final String ACTOR = "system";
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final LaneServices services;
    private final SyncRecords records;
    private final Notifications notifications;
    private final WindowLog windows;
    private final WindowsElsewhere elsewhere;
    private final InOrder comings;
    private final NodePlace place;
    private final LeaseKeeper keeper;
    private final Whereabouts whereabouts;
    private final Signals signals;
    private final Map<StoreId, Served> served = new ConcurrentHashMap<>();
    /** Connectors by store, in the order in which they came. Used only in {@link #comings}, read anywhere. */
    private final Map<StoreId, List<Present>> present = new ConcurrentHashMap<>();

    /** Why a store's only connector is refused. */
    private final Map<StoreId, String> refused = new ConcurrentHashMap<>();

    private final Map<StoreConnector, StoreId> stores = new ConcurrentHashMap<>();

    /**
     * A connector's service.
     *
     * @param configuration stands for how it is configured: another one has another
     */
    record Present(StoreConnector connector, String name, String kind, String configuration) {}

    /** A store that this node serves. */
    private record Served(HeldLease lease, LeasedCalls calls, Lane lane) {}

    /** @param asked told of stores of which another node asks something */
    LaneRegistry(
            LaneServices services,
            SyncRecords records,
            Notifications notifications,
            NodePlace place,
            Consumer<StoreId> asked) {
        this.services = services;
        this.place = place;
        this.keeper = new LeaseKeeper(place, this);
        this.whereabouts = new Whereabouts(place.leases(), place.clock());
        this.signals = new Signals(records.nodes(), place, keeper::served, new Ears(asked));
        this.records = records;
        this.notifications = notifications;
        this.windows = new WindowLog(services, records.windows(), this::remember);
        this.elsewhere = new WindowsElsewhere(new Around(), services.scheduler(), windows.windows());
        this.comings = new InOrder(services.clock(), services.scheduler());
    }

    // --- connectors
    // ----------------------------------------------------------------------------------------------------

    /** A connector's service appeared. Returns at once. */
    void appeared(Object id, Present connector) {
        comings.run(() -> take(id, connector));
    }

    private void take(Object id, Present connector) {
        try {
            StoreId store = new StoreId(String.valueOf(id));
            List<Present> here = present.computeIfAbsent(store, key -> new CopyOnWriteArrayList<>());
            here.add(connector);
            stores.put(connector.connector(), store);
            if (here.size() == 1) {
                attach(store, connector);
            } else {
                LOG.error(
                        "{} is served by {} already: a second store with this id, \"{}\" of {}, is refused. Give it another id.",
                        store,
                        here.get(0).kind(),
                        connector.name(),
                        connector.kind());
                changed(store);
            }
        } catch (LedgerException e) {
            LOG.error("The store \"{}\" of {} is refused: {}", connector.name(), connector.kind(), e.getMessage());
        }
    }

    /** Attaches a connector that is still the first of its store; tries again while the ledger cannot be asked. */
    private void attach(StoreId store, Present connector) {
        try {
            register(store, connector);
        } catch (LedgerException e) {
            refused.put(store, e.getMessage());
            LOG.error("The store {} of {} is refused: {}", store, connector.kind(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The store {} could not be registered; trying again in {}", store, TRY_AGAIN, e);
            services.scheduler()
                    .schedule(
                            services.clock().instant().plus(TRY_AGAIN),
                            () -> comings.run(() -> {
                                if (present.getOrDefault(store, List.of()).stream()
                                        .findFirst()
                                        .filter(connector::equals)
                                        .isPresent()) {
                                    attach(store, connector);
                                }
                            }));
        }
    }

    private void register(StoreId store, Present connector) {
        services.ledger().stores().register(store, connector.name(), connector.kind(), ACTOR);
        refused.remove(store);
        Optional.ofNullable(served.get(store)).ifPresent(here -> attach(here, connector));
        keeper.want(store);
        changed(store);
    }

    private static void attach(Served here, Present connector) {
        here.lane()
                .attach(connector.connector(), connector.connector().getClass().getClassLoader());
    }

    /** A connector's service vanished. The call under way is cancelled before this returns. */
    void vanished(StoreConnector connector) {
        StoreId known = stores.get(connector);
        if (known != null) {
            here(known).ifPresent(lane -> lane.detach(connector));
        }
        comings.run(() -> letGo(connector));
    }

    private void letGo(StoreConnector connector) {
        StoreId store = stores.remove(connector);
        if (store == null) {
            return;
        }
        List<Present> here = present.get(store);
        boolean first = here.get(0).connector() == connector;
        here.removeIf(one -> one.connector() == connector);
        here(store).ifPresent(lane -> lane.detach(connector));
        refused.remove(store);
        if (here.isEmpty()) {
            keeper.unwant(store);
        } else if (first) {
            attach(store, here.get(0));
        }
        notHere(store);
        changed(store);
    }

    /** Words about a connector that was refused, such as a second one with the same id; empty when none was. */
    String refusal(StoreId store) {
        if (refused.containsKey(store)) {
            return refused.get(store);
        }
        List<Present> here = present.getOrDefault(store, List.of());
        return here.size() < 2
                ? ""
                : "A second store with this id, \"" + here.get(1).name() + "\", is refused. Give it another id.";
    }

    // --- lanes
    // ---------------------------------------------------------------------------------------------------------

    /** The lane of a store that this node serves; empty when it does not. */
    Optional<Lane> here(StoreId store) {
        return Optional.ofNullable(served.get(store)).map(Served::lane);
    }

    /**
     * The lane of a store; one that nobody serves is served by this node from now on, or for a moment where its connector is
     * not here.
     *
     * @return empty when there is no such store
     * @throws ServedElsewhereException when another node serves it
     */
    Optional<Lane> lane(StoreId store) {
        Optional<Lane> lane = here(store);
        if (lane.isPresent() || services.ledger().stores().find(store).isEmpty()) {
            return lane;
        }
        if (!keeper.take(store)) {
            throw new ServedElsewhereException(store);
        }
        return here(store);
    }

    /** What is shown of a store's lane, whoever serves it; never waits for the lane. */
    LaneView view(StoreId store) {
        return here(store).map(Lane::view).orElseGet(() -> fromAfar(store));
    }

    private LaneView fromAfar(StoreId store) {
        LaneState state = records.state(store);
        boolean elsewhere = elsewhere(store).isPresent();
        boolean waiting = elsewhere
                && state.waiting != null
                && state.waiting.until().isAfter(services.clock().instant());
        return new LaneView(
                elsewhere,
                waiting,
                waiting && state.stop == null ? state.waiting.words() : state.words,
                elsewhere ? records.open(store).orElse(null) : null,
                state,
                LaneView.Callback.of(connector(store)));
    }

    /** The name of the node that serves a store; empty when none does, and where there can be only one. */
    String node(StoreId store) {
        if (!place.shared()) {
            return "";
        }
        return served.containsKey(store) ? place.name() : elsewhere(store).orElse("");
    }

    /** The name of another node that serves a store; empty when none does. */
    private Optional<String> elsewhere(StoreId store) {
        return place.shared() ? whereabouts.node(store).filter(node -> !node.equals(place.name())) : Optional.empty();
    }

    /** Within which a store that lost its node is served again. */
    Duration bound() {
        return place.bound();
    }

    /** Whether a store's connector is here and only its lease is missing. */
    boolean isWaiting(StoreId store) {
        return connector(store) != null && !served.containsKey(store);
    }

    /** Stands for how a store's connector is configured; empty when it is not here. */
    String configuration(StoreId store) {
        return present.getOrDefault(store, List.of()).stream()
                .findFirst()
                .map(Present::configuration)
                .orElse("");
    }

    /** The connector of a store that is here; null when there is none. */
    private StoreConnector connector(StoreId store) {
        return present.getOrDefault(store, List.of()).stream()
                .findFirst()
                .map(Present::connector)
                .orElse(null);
    }

    // --- leases
    // --------------------------------------------------------------------------------------------------------

    @Override
    public void gained(HeldLease lease) {
        StoreId store = lease.lease().store();
        records.interruptOpen(store, services.clock().instant());
        Served here = serve(lease);
        served.put(store, here);
        signals.begin(store);
        // Whoever turned it off after its switch was read, and before signals were heard, is heard now.
        here.lane().follow();
        Present connector =
                present.getOrDefault(store, List.of()).stream().findFirst().orElse(null);
        if (connector != null && !refused.containsKey(store)) {
            attach(here, connector);
            if (connector(store) != connector.connector()) {
                here.lane().detach(connector.connector());
            }
        }
        changed(store);
    }

    private Served serve(HeldLease lease) {
        StoreId store = lease.lease().store();
        LeasedLedger ledger = place.leases().under(lease.lease());
        LeasedCalls calls = new LeasedCalls(services.calls(), lease, () -> lost(lease.lease()));
        Store known = ledger.stores().find(store).orElseThrow();
        Lane lane = new Lane(
                store,
                known.syncOn(),
                services.by(new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue()), calls),
                records.memory(lease.lease()),
                records.connectorState(store),
                this);
        return new Served(lease, calls, lane);
    }

    /** A lane met the end of its lease. */
    @Override
    public void lost(Lease lease) {
        Optional.ofNullable(served.get(lease.store()))
                .map(Served::lease)
                .filter(held -> held.lease().equals(lease))
                .ifPresent(keeper::drop);
    }

    @Override
    public void lost(HeldLease lease) {
        StoreId store = lease.lease().store();
        Served here = served.get(store);
        if (here == null || here.lease() != lease || !served.remove(store, here)) {
            return;
        }
        here.calls().cut();
        // The lane may be in the middle of a step that waits for the database: nobody waits for it here.
        services.scheduler().schedule(services.clock().instant(), here.lane()::close);
        notHere(store);
        changed(store);
    }

    /** Nobody waits for a store that nobody serves; where there are other hosts, the ledger tells how far it is. */
    private void notHere(StoreId store) {
        if (place.shared()) {
            elsewhere.follow();
        } else {
            windows.windows().away(store);
        }
    }

    /** Where stores are to call back changed. */
    void callbacksChanged() {
        served.values().forEach(here -> here.lane().callbacksChanged());
    }

    /** All lanes go on, after something that they waited for. */
    void wakeAll() {
        served.forEach((store, here) -> {
            services.scheduler().schedule(services.clock().instant(), here.lane()::wake);
            changed(store);
        });
    }

    void wake(StoreId store) {
        tell(store, Told.WAKE, Lane::wake);
    }

    void hint(StoreId store) {
        tell(store, Told.HINT, Lane::hint);
    }

    /** @throws ServedElsewhereException when another node serves the store: it is not told */
    void hint(StoreId store, Set<String> counters) {
        Optional<Lane> lane = here(store);
        if (lane.isEmpty() && elsewhere(store).isPresent()) {
            throw new ServedElsewhereException(store);
        }
        lane.ifPresent(here -> here.hint(counters));
    }

    /** Tells the lane, or whichever node serves it. */
    private void tell(StoreId store, Told what, Consumer<Lane> here) {
        here(store).ifPresentOrElse(here, () -> signals.tell(store, what));
    }

    /** What other nodes tell this one. */
    private final class Ears implements Signals.Ears {
        private final Consumer<StoreId> asked;

        Ears(Consumer<StoreId> asked) {
            this.asked = asked;
        }

        @Override
        public void told(StoreId store, Told what) {
            services.scheduler()
                    .schedule(
                            services.clock().instant(),
                            () -> here(store).ifPresent(lane -> {
                                switch (what) {
                                    case WAKE -> lane.wake();
                                    case HINT -> lane.hint();
                                    case SWITCH -> storeChanged(store);
                                }
                            }));
        }

        @Override
        public void asked(StoreId store) {
            asked.accept(store);
        }
    }

    /** What the ledger says of a store changed: follow its switch. */
    void storeChanged(StoreId store) {
        tell(store, Told.SWITCH, Lane::follow);
        changed(store);
    }

    @Override
    public void turnedOff(StoreId store) {
        windows.windows().away(store);
    }

    /** Stops the lanes. Their leases are kept, so that nobody serves their stores while calls still end. */
    @Override
    public void close() {
        keeper.takeNoMore();
        served.values().forEach(here -> {
            here.calls().cut();
            here.lane().close();
        });
    }

    /** Gives up all stores, so that other nodes may serve them at once. */
    void leave() {
        signals.close();
        elsewhere.close();
        windows.flush();
        keeper.leave();
    }

    // --- what lanes tell
    // -----------------------------------------------------------------------------------------------

    @Override
    public void changed(StoreId store) {
        notifications.changed(store);
    }

    @Override
    public void sold(StoreId store, List<Sale> sales) {
        Set<StoreId> others = awaited();
        others.remove(store);
        windows.sold(store, sales, others);
        if (!others.stream().allMatch(served::containsKey)) {
            elsewhere.follow();
        }
    }

    /** The stores that are on and told of changes, wherever they are served. */
    private Set<StoreId> awaited() {
        Set<StoreId> awaited = new HashSet<>();
        services.ledger().stores().stores().stream()
                .filter(store -> store.syncOn()
                        && here(store.id())
                                .map(LaneRegistry::pushes)
                                .orElseGet(() -> place.shared() && pushes(records.state(store.id()))))
                .forEach(store -> awaited.add(store.id()));
        return awaited;
    }

    /** What is known around windows that wait for other hosts. */
    private final class Around implements WindowsElsewhere.Surroundings {
        @Override
        public Instant now() {
            return services.clock().instant();
        }

        @Override
        public boolean isHere(StoreId store) {
            return served.containsKey(store);
        }

        @Override
        public Set<StoreId> awaited() {
            return LaneRegistry.this.awaited();
        }

        @Override
        public List<ListingView> listings(ProductId product) {
            return windows.listings(product);
        }
    }

    /** Whether a store is told of changes: nobody waits for one that is away, held or in shadow. */
    private static boolean pushes(Lane lane) {
        LaneView view = lane.view();
        return view.connected() && pushes(view.state());
    }

    private static boolean pushes(LaneState state) {
        return state.heldReason.isEmpty() && !state.settings.shadow();
    }

    @Override
    public long mark() {
        return windows.windows().mark();
    }

    @Override
    public void acknowledged(StoreId store, Set<ProductId> products) {
        windows.windows().acknowledged(store, products);
    }

    @Override
    public void level(StoreId store, long since) {
        windows.windows().level(store, since);
    }

    /** The longest window of a store since a moment, as far as this node knows. */
    Optional<Duration> longestWindow(StoreId store, Instant since) {
        return windows.longest(store, since);
    }

    /** A store is held, or shown what would be sent: nobody waits for it. */
    void withheld(StoreId store) {
        here(store)
                .filter(lane -> !pushes(lane))
                .ifPresent(lane -> windows.windows().away(store));
    }

    private void remember(StoreId origin, Duration window) {
        here(origin).ifPresent(lane -> lane.remember(window));
        changed(origin);
    }
}
