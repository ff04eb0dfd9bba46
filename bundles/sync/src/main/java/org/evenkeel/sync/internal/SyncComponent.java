package org.evenkeel.sync.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.PublicAddress;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.SyncListener;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WindowBucket;
import org.evenkeel.sync.internal.call.GuardedCalls;
import org.evenkeel.sync.internal.kept.SecretBox;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.Gate;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.nodes.NodeClock;
import org.evenkeel.sync.internal.nodes.NodeName;
import org.evenkeel.sync.internal.nodes.NodePlace;
import org.evenkeel.sync.internal.time.PooledScheduler;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the sync into the framework: owns its threads, tracks connectors, and answers as {@link StoreSync}
 * and {@link StorePlans}. */
@Component(
        service = {StoreSync.class, StorePlans.class, LedgerListener.class},
        immediate = true,
        configurationPid = SyncConfiguration.PID)
@Designate(ocd = SyncConfiguration.class)
public final class SyncComponent implements StoreSync, StorePlans, LedgerListener {
    private static final String DATA_PROPERTY = "evenkeel.data";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_CALLS = 64;
    /** One each for what may wait for the database: looking, renewing, hearing, telling, and the beat of the pulse. */
    private static final int KEEPING_THREADS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(SyncComponent.class);

    private final PooledScheduler scheduler;
    /** Apart from the lanes' threads, which may all wait for the database when a lease is to end in time. */
    private final PooledScheduler keeping;
    /** Apart from those, too, which may all hang in a database that was cut off: one thread that waits for nobody. */
    private final PooledScheduler ending;

    private final GuardedCalls calls;
    private final SyncRecords records;
    private final SyncEngine engine;
    private final Pulse pulse;
    private final StoreSync syncing;
    private final StorePlans plans;
    private final AtomicReference<AuditLog> audit = new AtomicReference<>();
    private final AtomicReference<PublicAddress> address = new AtomicReference<>();

    @Activate
    public SyncComponent(
            @Reference Database database,
            @Reference OrderBook orders,
            @Reference ListingBook listings,
            @Reference StoreRegistry stores,
            @Reference Catalogue catalogue,
            @Reference LaneLeases leases,
            BundleContext context,
            SyncConfiguration configuration) {
        this(
                database,
                new Ledger(orders, listings, stores, catalogue),
                leases,
                data(context.getProperty(DATA_PROPERTY)),
                configuration);
    }

    /** @param data the data folder, which exists */
    SyncComponent(Database database, Ledger ledger, LaneLeases leases, Path data, SyncConfiguration configuration) {
        InstantSource clock = InstantSource.system();
        Settings settings = Configured.settings(configuration);
        Gate gate = Gate.closed(Pulse.NOT_YET);
        records = new SyncRecords(
                database,
                SecretBox.open(data.resolve("secrets").resolve("state.key")),
                configuration.runs_kept(),
                Duration.ofDays(configuration.exchanges_days()));
        scheduler = new PooledScheduler(clock, configuration.threads(), PATIENCE);
        calls = new GuardedCalls(clock, scheduler, MOST_CALLS, PATIENCE);
        Duration lease = Configured.lease(configuration);
        String node = NodeName.of(configuration.node_name(), data);
        keeping = new PooledScheduler(clock, KEEPING_THREADS, PATIENCE, "evenkeel-node");
        ending = new PooledScheduler(clock, 1, PATIENCE, "evenkeel-lease-end");
        boolean shared = database.vendor() == Database.Vendor.POSTGRESQL;
        engine = new SyncEngine(
                new LaneServices(
                                clock,
                                scheduler,
                                calls,
                                new SecureRandom(),
                                ledger,
                                records,
                                settings,
                                WebhookView.at(() -> Optional.ofNullable(address.get())))
                        .at(gate),
                records,
                () -> Optional.ofNullable(audit.get()),
                new NodePlace(leases, node, lease, NodeClock.system(), keeping, ending, NodePlace.LOOK, shared),
                Configured.plans(configuration));
        syncing = engine.sync();
        plans = engine.plans();
        if (shared) {
            LOG.info("This node is {}; a node that dies is replaced within {} s", node, lease.toSeconds());
        }
        pulse = new Pulse(
                records.pulses(),
                node,
                data,
                () -> isNothingOn(ledger) || shared && isServedByAnother(leases, node),
                why -> syncing.hold(Set.of(), why, "system"),
                gate);
        // Lanes wait at the gate: where the database was restored, all stores are held before anything is sent.
        pulse.live(keeping, clock);
    }

    /** Whether no store was ever turned on: there is nothing that a restored database could send. */
    private static boolean isNothingOn(Ledger ledger) {
        return ledger.stores().stores().stream().allMatch(store -> store.firstTurnedOnAt() == null);
    }

    private static boolean isServedByAnother(LaneLeases leases, String node) {
        return leases.holders().stream()
                .anyMatch(holding -> holding.stands() && !holding.lease().node().equals(node));
    }

    private static Path data(String data) {
        if (data == null || data.isBlank()) {
            throw new IllegalStateException(
                    "The framework property " + DATA_PROPERTY + " names no data folder; connectors' secrets need one.");
        }
        return Path.of(data);
    }

    /** Stops lanes first, so that nothing new begins, then threads, each within a bound. */
    @Deactivate
    public void stop() {
        engine.close();
        calls.close();
        engine.leave();
        ending.close();
        keeping.close();
        pulse.end();
        scheduler.close();
        records.close();
    }

    // --- what comes and goes
    // -------------------------------------------------------------------------------------------

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + StoreConnector.STORE + "=*)")
    void addConnector(StoreConnector connector, Map<String, Object> properties) {
        Object id = properties.get(StoreConnector.STORE);
        Object name = properties.getOrDefault(StoreConnector.STORE_NAME, id);
        Object kind =
                properties.getOrDefault("service.factoryPid", properties.getOrDefault("component.name", "unknown"));
        engine.appeared(id, connector, String.valueOf(name), String.valueOf(kind), ConfigurationMark.of(properties));
    }

    void removeConnector(StoreConnector connector) {
        engine.vanished(connector);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(SyncListener listener) {
        engine.add(listener);
    }

    void removeListener(SyncListener listener) {
        engine.remove(listener);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addAudit(AuditLog log) {
        audit.set(log);
    }

    void removeAudit(AuditLog log) {
        audit.compareAndSet(log, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addAddress(PublicAddress known) {
        address.set(known);
        engine.callbacksChanged();
    }

    void removeAddress(PublicAddress known) {
        address.compareAndSet(known, null);
    }

    // --- what is asked
    // -------------------------------------------------------------------------------------------------

    @Override
    public void changed(Change change) {
        engine.changed(change);
    }

    @Override
    public List<StoreStatus> stores() {
        return syncing.stores();
    }

    @Override
    public Optional<StoreStatus> store(StoreId store) {
        return syncing.store(store);
    }

    @Override
    public CompletionStage<CheckReport> check(StoreId store, String actor) {
        return syncing.check(store, actor);
    }

    @Override
    public long turnOn(StoreId store, TurnOn choices, String actor) {
        return syncing.turnOn(store, choices, actor);
    }

    @Override
    public void turnOff(StoreId store, String actor) {
        syncing.turnOff(store, actor);
    }

    @Override
    public long refresh(StoreId store, RefreshKind kind, String actor) {
        return syncing.refresh(store, kind, actor);
    }

    @Override
    public void hint(StoreId store) {
        syncing.hint(store);
    }

    @Override
    public void hint(StoreId store, Set<String> counters) {
        syncing.hint(store, counters);
    }

    @Override
    public Optional<Instant> ordersKnownAsOf(StoreId store) {
        return syncing.ordersKnownAsOf(store);
    }

    @Override
    public WebhookStatus webhooks(StoreId store) {
        return syncing.webhooks(store);
    }

    @Override
    public CompletionStage<Optional<String>> unsubscribe(StoreId store) {
        return syncing.unsubscribe(store);
    }

    @Override
    public CompletionStage<String> retryParked(OrderKey order, String actor) {
        return syncing.retryParked(order, actor);
    }

    @Override
    public void resume(StoreId store, String actor) {
        syncing.resume(store, actor);
    }

    @Override
    public Page<Run> runs(StoreId store, PageRequest page) {
        return syncing.runs(store, page);
    }

    @Override
    public Optional<Run> run(long id) {
        return syncing.run(id);
    }

    @Override
    public StoreSettings settings(StoreId store) {
        return syncing.settings(store);
    }

    @Override
    public void configure(StoreId store, StoreSettings settings, String actor) {
        syncing.configure(store, settings, actor);
    }

    @Override
    public void hold(Set<StoreId> stores, String reason, String actor) {
        syncing.hold(stores, reason, actor);
    }

    @Override
    public Page<DriftedFigure> drifts(StoreId store, PageRequest page) {
        return syncing.drifts(store, page);
    }

    @Override
    public List<String> settleDrift(StoreId store, Set<Long> figures, Drift decision, String actor) {
        return syncing.settleDrift(store, figures, decision, actor);
    }

    @Override
    public Page<Exchange> exchanges(long run, PageRequest page) {
        return syncing.exchanges(run, page);
    }

    @Override
    public List<WindowBucket> windows(StoreId store, Instant from, Instant to, Duration bucket) {
        return syncing.windows(store, from, to, bucket);
    }

    // --- plans
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public long begin(StoreId store, Plan.Kind kind, String actor) {
        return plans.begin(store, kind, actor);
    }

    @Override
    public Optional<Plan> plan(long id) {
        return plans.plan(id);
    }

    @Override
    public Page<Plan> plans(StoreId store, PageRequest page) {
        return plans.plans(store, page);
    }

    @Override
    public Page<PlanRow> rows(long id, PlanQuery query) {
        return plans.rows(id, query);
    }

    @Override
    public Page<PlanOrder> orders(long id, PlanOrder.Kind kind, PageRequest page) {
        return plans.orders(id, kind, page);
    }

    @Override
    public void export(long id, PlanQuery query, Appendable to) throws IOException {
        plans.export(id, query, to);
    }

    @Override
    public Plan choose(long id, PlanChoices choices, String actor) {
        return plans.choose(id, choices, actor);
    }

    @Override
    public Plan chooseAll(long id, PlanQuery query, PlanChoices.Sku choice, String actor) {
        return plans.chooseAll(id, query, choice, actor);
    }

    @Override
    public long apply(long id, String actor) {
        return plans.apply(id, actor);
    }

    @Override
    public void discard(long id, String actor) {
        plans.discard(id, actor);
    }

    @Override
    public long undo(long id, String actor) {
        return plans.undo(id, actor);
    }
}
