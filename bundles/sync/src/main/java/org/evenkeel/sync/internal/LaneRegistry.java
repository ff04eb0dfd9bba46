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
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.LaneWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes, one per store, and the connectors that come and go. A store id belongs to the connector that came first; another
 * one with the same id is refused in words, and takes over when the first goes. Thread-safe.
 */
final class LaneRegistry implements LaneWatcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRegistry.class);
    private static final String ACTOR = "system";
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final LaneServices services;
    private final SyncRecords records;
    private final Notifications notifications;
    private final OversellWindows windows;
    private final InOrder comings;
    private final Map<StoreId, Lane> lanes = new ConcurrentHashMap<>();
    /** Connectors by store, in the order in which they came. Used only in {@link #comings}, read anywhere. */
    private final Map<StoreId, List<Present>> present = new ConcurrentHashMap<>();

    /** Why a store's only connector is refused. */
    private final Map<StoreId, String> refused = new ConcurrentHashMap<>();

    private final Map<StoreConnector, StoreId> stores = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** A connector's service. */
    record Present(StoreConnector connector, String name, String kind) {}

    LaneRegistry(LaneServices services, SyncRecords records, Notifications notifications) {
        this.services = services;
        this.records = records;
        this.notifications = notifications;
        this.windows = new OversellWindows(services.clock());
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
        lane(store)
                .ifPresent(lane -> lane.attach(
                        connector.connector(), connector.connector().getClass().getClassLoader()));
        changed(store);
    }

    /** A connector's service vanished. The call under way is cancelled before this returns. */
    void vanished(StoreConnector connector) {
        StoreId known = stores.get(connector);
        if (known != null) {
            Optional.ofNullable(lanes.get(known)).ifPresent(lane -> lane.detach(connector));
        }
        comings.run(() -> letGo(connector));
    }

    private void letGo(StoreConnector connector) {
        StoreId store = stores.remove(connector);
        if (store == null) {
            return;
        }
        Optional.ofNullable(lanes.get(store)).ifPresent(lane -> lane.detach(connector));
        List<Present> here = present.get(store);
        boolean first = here.get(0).connector() == connector;
        here.removeIf(one -> one.connector() == connector);
        refused.remove(store);
        if (first && !here.isEmpty()) {
            attach(store, here.get(0));
        }
        windows.away(store);
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

    /** A store's lane, made when it is first asked for; empty when there is no such store. */
    Optional<Lane> lane(StoreId store) {
        Lane lane = lanes.get(store);
        if (lane != null || closed) {
            return Optional.ofNullable(lane);
        }
        return services.ledger().stores().find(store).map(known -> lanes.computeIfAbsent(store, id -> make(known)));
    }

    private Lane make(Store store) {
        return new Lane(
                store.id(),
                store.syncOn(),
                services,
                records.memory(store.id()),
                records.connectorState(store.id()),
                this);
    }

    /** Where stores are to call back changed. */
    void callbacksChanged() {
        lanes.values().forEach(Lane::callbacksChanged);
    }

    void wake(StoreId store) {
        Optional.ofNullable(lanes.get(store)).ifPresent(Lane::wake);
    }

    /** What the ledger says of a store changed: follow its switch. */
    void storeChanged(StoreId store) {
        Lane lane = lanes.get(store);
        if (lane != null) {
            lane.follow();
            if (!lane.isOn()) {
                windows.away(store);
            }
        }
        changed(store);
    }

    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
    }

    // --- what lanes tell
    // -----------------------------------------------------------------------------------------------

    @Override
    public void changed(StoreId store) {
        notifications.changed(store);
    }

    @Override
    public void sold(StoreId store, Instant placedAt) {
        Set<StoreId> others = new HashSet<>();
        services.ledger().stores().stores().stream()
                .filter(other -> other.syncOn() && !other.id().equals(store))
                .filter(other -> lanes.containsKey(other.id())
                        && lanes.get(other.id()).view().connected())
                .forEach(other -> others.add(other.id()));
        windows.sold(store, placedAt, others);
    }

    @Override
    public void level(StoreId store, boolean pushed) {
        windows.level(
                store,
                pushed,
                (origin, length) ->
                        services.scheduler().schedule(services.clock().instant(), () -> remember(origin, length)));
    }

    private void remember(StoreId origin, Duration window) {
        Optional.ofNullable(lanes.get(origin)).ifPresent(lane -> lane.remember(window));
        changed(origin);
    }
}
