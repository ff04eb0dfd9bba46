package org.evenkeel.sync.internal;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.SyncListener;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.nodes.Alone;
import org.evenkeel.sync.internal.nodes.NodePlace;
import org.evenkeel.sync.internal.nodes.Requests;
import org.evenkeel.sync.internal.plans.PlanChosen;
import org.evenkeel.sync.internal.plans.PlanSettings;
import org.evenkeel.sync.internal.plans.Plans;

/**
 * The sync put together: lanes, wake-ups, and what people ask of them. It owns no thread and reads no clock of its own; both
 * are given, so that the very same engine runs in a host and in virtual time. Thread-safe.
 */
public final class SyncEngine implements LedgerListener, AutoCloseable {
    private final LaneServices services;
    private final Notifications notifications;
    private final Requests requests;
    private final LaneRegistry lanes;
    private final Wakeups wakeups;
    private final StoreSync sync;
    private final StorePlans plans;

    /**
     * Starts: runs that an earlier end left open are recorded as interrupted. Lanes appear with their connectors.
     *
     * @param services what lanes are given; its runs are kept by {@code records}
     * @param audit where it is written who did what; empty while there is no such log
     */
    public SyncEngine(LaneServices services, SyncRecords records, Supplier<Optional<AuditLog>> audit) {
        this(services, records, audit, Alone.place(services));
    }

    /**
     * Starts as one of several nodes: stores are served while this node holds their leases.
     *
     * @param place what makes it one of them
     */
    public SyncEngine(LaneServices services, SyncRecords records, Supplier<Optional<AuditLog>> audit, NodePlace place) {
        this(services, records, audit, place, PlanSettings.DEFAULT);
    }

    /**
     * As above.
     *
     * @param planning how plans are kept
     */
    public SyncEngine(
            LaneServices given,
            SyncRecords records,
            Supplier<Optional<AuditLog>> audit,
            NodePlace place,
            PlanSettings planning) {
        services = given.with(new PlanChosen(records.plans(), given.ledger().catalogue()));
        records.interruptOpen(() -> servedByOthers(place), services.clock().instant());
        notifications = new Notifications(services.clock(), services.scheduler());
        requests = new Requests(records.nodes(), place, services.scheduler());
        lanes = new LaneRegistry(services, records, notifications, place, requests::asked);
        services.gate().whenOpened(lanes::wakeAll);
        wakeups = new Wakeups(
                services.clock(),
                services.scheduler(),
                services.settings().coalescing(),
                lanes::wake,
                lanes::storeChanged);
        Drifts drifts = new Drifts(services.ledger().listings());
        Syncing local = new Syncing(
                services.clock(),
                services.ledger().stores(),
                records,
                lanes,
                new StatusView(services.clock(), services.ledger().listings(), records, lanes, drifts, services.gate()),
                drifts,
                new WebhookView(services.callbacks()),
                audit);
        sync = new NodeSync(local, requests);
        plans = new NodePlans(
                new Plans(
                        services, records.plans(), lanes::lane, lanes::configuration, lanes::changed, audit, planning),
                requests);
    }

    private static Set<StoreId> servedByOthers(NodePlace place) {
        return place.leases().holders().stream()
                .filter(holding -> holding.stands() && !holding.lease().node().equals(place.name()))
                .map(holding -> holding.lease().store())
                .collect(Collectors.toSet());
    }

    /** What people can ask of it. */
    public StoreSync sync() {
        return sync;
    }

    /** What people can ask of plans. */
    public StorePlans plans() {
        return plans;
    }

    /**
     * A connector's service appeared. Returns at once.
     *
     * @param id the store's id, as the service says it; refused in words when it is none
     * @param name the name that people gave the store
     * @param kind which connector it is
     */
    public void appeared(Object id, StoreConnector connector, String name, String kind) {
        appeared(id, connector, name, kind, "");
    }

    /**
     * As above.
     *
     * @param configuration stands for how the connector is configured: another one has another
     */
    public void appeared(Object id, StoreConnector connector, String name, String kind, String configuration) {
        lanes.appeared(id, new LaneRegistry.Present(connector, name, kind, configuration));
    }

    /** A connector's service vanished. The call under way is cancelled before this returns. */
    public void vanished(StoreConnector connector) {
        lanes.vanished(connector);
    }

    /** The ledger changed: lanes wake a moment later. Returns at once. */
    @Override
    public void changed(Change change) {
        wakeups.changed(change);
    }

    /** Where stores are to call back changed: those that are on are told, each by its lane. Returns at once. */
    public void callbacksChanged() {
        services.scheduler().schedule(services.clock().instant(), lanes::callbacksChanged);
    }

    void add(SyncListener listener) {
        notifications.add(listener);
    }

    void remove(SyncListener listener) {
        notifications.remove(listener);
    }

    /** Stops the lanes; nothing new begins afterwards. Their stores are still this node's, until it {@link #leave leaves}. */
    @Override
    public void close() {
        lanes.close();
    }

    /** Gives up all stores, so that other nodes may serve them at once: last, when no call is under way any more. */
    public void leave() {
        lanes.leave();
    }
}
