package org.evenkeel.sync.internal.kept;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.connector.StoreState;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.LaneMemory;
import org.evenkeel.sync.internal.lane.PlanStep;
import org.evenkeel.sync.internal.lane.RunLog;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;

/** What the sync keeps in the database: runs, where lanes stand, and what connectors remember. Thread-safe. */
public final class SyncRecords implements RunLog, AutoCloseable {
    private static final int WORDS = 2_000;
    private static final Duration WINDOWS_KEPT = Duration.ofDays(90);
    private static final int PRUNE_EVERY = 20;
    private static final Run.Counts NOTHING = Run.Counts.NONE;

    private final Persistence persistence;
    private final SecretBox secrets;
    private final InstantSource clock;
    private final int runsKept;
    private final KeptExchanges exchanges;
    private final Pulses pulses;
    private final KeptWindows windows;
    /** Runs begun since each store's were pruned, or since the start. */
    private final Map<StoreId, Integer> begun = new ConcurrentHashMap<>();

    /**
     * Brings the tables up to date.
     *
     * @param secrets hides what connectors keep as secret
     * @param runsKept how many runs of each store are kept
     * @param exchangesKept how long what they exchanged with stores is kept
     */
    public SyncRecords(Database database, SecretBox secrets, int runsKept, Duration exchangesKept) {
        this(database, secrets, runsKept, exchangesKept, InstantSource.system());
    }

    /**
     * As above.
     *
     * @param clock of this process, which tells the time where the database is in it
     */
    public SyncRecords(
            Database database, SecretBox secrets, int runsKept, Duration exchangesKept, InstantSource clock) {
        this.persistence = database.open(new PersistenceUnit(
                "sync",
                SyncRecords.class.getClassLoader(),
                List.of(
                        LaneEntity.class,
                        RunEntity.class,
                        ExchangeEntity.class,
                        PulseEntity.class,
                        WindowEntity.class,
                        StateEntity.class,
                        SignalEntity.class,
                        RequestEntity.class,
                        PlanEntity.class,
                        PlanRowEntity.class,
                        PlanOrderEntity.class),
                "db/sync"));
        this.secrets = secrets;
        this.clock = clock;
        this.runsKept = runsKept;
        this.windows = new KeptWindows(persistence, WINDOWS_KEPT);
        this.pulses = new Pulses(persistence);
        this.exchanges = new KeptExchanges(persistence, exchangesKept);
    }

    @Override
    public void close() {
        persistence.close();
    }

    /** Plans, which are kept beside. */
    public PlanRecords plans() {
        return new PlanRecords(persistence);
    }

    // --- runs
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public long begin(StoreId store, Run.Trigger trigger, String actor, Instant at) {
        RunEntity row = persistence.inStatelessTransaction(session -> {
            RunEntity run = new RunEntity();
            run.store = store.value();
            run.cause = trigger.name();
            run.actor = actor;
            run.startedAt = micros(at);
            run.details = Json.details(run(store, trigger, actor, at));
            session.insert(run);
            return run;
        });
        // By store: where stores take turns, ids alone would come round to the same ones.
        if (begun.merge(store, 1, (known, one) -> (known + one) % PRUNE_EVERY) == 0) {
            prune(store, at);
        }
        return row.id;
    }

    private static Run run(StoreId store, Run.Trigger trigger, String actor, Instant at) {
        return new Run(0, store, trigger, actor, at, null, null, List.of(), NOTHING, List.of());
    }

    @Override
    public void update(Run run, List<Exchange> more, int place) {
        persistence.inStatelessTransaction(session -> {
            RunEntity row = session.get(RunEntity.class, run.id());
            // One that was found open by whoever took the store over has ended, whatever its own node thinks.
            if (row != null && row.outcome == null) {
                row.endedAt = micros(run.endedAt());
                row.outcome = run.result() == null ? null : run.result().name();
                row.details = Json.details(run);
                session.update(row);
                exchanges.insert(session, run.id(), more, place);
            }
            return null;
        });
    }

    /** Oversell windows that closed. */
    public KeptWindows windows() {
        return windows;
    }

    /** A count that rises while the database is in use. */
    public Pulses pulses() {
        return pulses;
    }

    /** What runs exchanged with their stores. */
    public KeptExchanges exchanges() {
        return exchanges;
    }

    /** Runs of a store that another lease's end left open are recorded as what they are. */
    public void interruptOpen(StoreId store, Instant now) {
        persistence.inStatelessTransaction(session -> interrupt(session, "r.store = :store", now)
                .setParameter("store", store.value())
                .executeUpdate());
    }

    /**
     * Runs that a host's end left open are recorded as what they are, also of stores that nobody will serve again.
     *
     * @param served asked which stores are served by somebody; runs that begin after it was asked stay open
     */
    public void interruptOpen(Supplier<Set<StoreId>> served, Instant now) {
        Long newest = persistence.inStatelessTransaction(
                session -> session.createSelectionQuery("select max(r.id) from Run r", Long.class)
                        .getSingleResultOrNull());
        Set<String> spared = served.get().stream().map(StoreId::value).collect(Collectors.toSet());
        if (newest != null) {
            String which = "r.id <= :newest" + (spared.isEmpty() ? "" : " and r.store not in (:spared)");
            persistence.inStatelessTransaction(session -> {
                MutationQuery update = interrupt(session, which, now).setParameter("newest", newest);
                return spared.isEmpty()
                        ? update.executeUpdate()
                        : update.setParameterList("spared", spared).executeUpdate();
            });
        }
    }

    private static MutationQuery interrupt(StatelessSession session, String which, Instant now) {
        return session.createMutationQuery(
                        "update Run r set r.outcome = :outcome, r.endedAt = :now where r.outcome is null and " + which)
                .setParameter("outcome", Run.Result.INTERRUPTED.name())
                .setParameter("now", micros(now));
    }

    /** The newest run of a store that has not ended; empty when none is under way. */
    public Optional<Run> open(StoreId store) {
        return newest(store, "is null");
    }

    private void prune(StoreId store, Instant now) {
        persistence.inStatelessTransaction(session -> {
            List<Long> oldest = session.createSelectionQuery(
                            "select r.id from Run r where r.store = :store order by r.id desc", Long.class)
                    .setParameter("store", store.value())
                    .setFirstResult(runsKept)
                    .setMaxResults(1)
                    .getResultList();
            oldest.forEach(id -> {
                String ended = "from Run r where r.store = :store and r.id <= :id and r.outcome is not null";
                for (String query : List.of(
                        "delete from Exchange e where e.key.run in (select r.id " + ended + ")", "delete " + ended)) {
                    session.createMutationQuery(query)
                            .setParameter("store", store.value())
                            .setParameter("id", id)
                            .executeUpdate();
                }
            });
            exchanges.prune(session, now);
            return null;
        });
    }

    /** Runs, newest first; of all stores when it is null. */
    public Page<Run> runs(StoreId store, PageRequest page) {
        return persistence.inStatelessTransaction(session -> {
            String where = store == null ? "" : " where r.store = :store";
            var rows = session.createSelectionQuery("from Run r" + where + " order by r.id desc", RunEntity.class);
            var total = session.createSelectionQuery("select count(*) from Run r" + where, Long.class);
            if (store != null) {
                rows.setParameter("store", store.value());
                total.setParameter("store", store.value());
            }
            List<Run> runs = rows.setFirstResult(page.offset()).setMaxResults(page.limit()).getResultList().stream()
                    .map(SyncRecords::run)
                    .toList();
            return new Page<>(runs, total.getSingleResult(), page);
        });
    }

    public Optional<Run> run(long id) {
        return persistence.inStatelessTransaction(
                session -> Optional.ofNullable(session.get(RunEntity.class, id)).map(SyncRecords::run));
    }

    /** The newest run of a store that ended; empty when there is none. */
    public Optional<Run> lastEnded(StoreId store) {
        return newest(store, "is not null");
    }

    private Optional<Run> newest(StoreId store, String outcome) {
        return persistence.inStatelessTransaction(session -> session
                .createSelectionQuery(
                        "from Run r where r.store = :store and r.outcome " + outcome + " order by r.id desc",
                        RunEntity.class)
                .setParameter("store", store.value())
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst()
                .map(SyncRecords::run));
    }

    private static Run run(RunEntity row) {
        Json.Details details = Json.details(row.details);
        return new Run(
                row.id,
                new StoreId(row.store),
                Run.Trigger.valueOf(row.cause),
                row.actor,
                row.startedAt,
                row.endedAt,
                row.outcome == null ? null : Run.Result.valueOf(row.outcome),
                details.phases().stream().map(Json::phase).toList(),
                details.counts(),
                details.errors());
    }

    // --- lanes
    // ---------------------------------------------------------------------------------------------------------

    /** The durable state of a store's lane; one object per lane, which keeps what it read. */
    public LaneMemory memory(StoreId store) {
        return new Memory(store.value(), null);
    }

    /**
     * The durable state of a store's lane, for whoever serves it under a lease: from now on, no earlier lease changes it, and
     * a change throws {@link LeaseLostException} once a later lease asked for it.
     */
    public LaneMemory memory(Lease lease) {
        return new Memory(lease.store().value(), lease);
    }

    /** Where a store's lane stands, whoever serves it. */
    public LaneMemory.LaneState state(StoreId store) {
        return persistence.inStatelessTransaction(session -> {
            LaneEntity row = session.get(LaneEntity.class, store.value());
            return row == null ? new LaneMemory.LaneState() : state(row);
        });
    }

    /** What nodes that share the database tell and ask each other. */
    public NodeRecords nodes() {
        return new NodeRecords(persistence, clock);
    }

    /** What a store's connector keeps. */
    public StoreState connectorState(StoreId store) {
        return new KeptState(persistence, secrets, store.value(), "", "");
    }

    private final class Memory implements LaneMemory {
        private final String store;
        /** Null where nobody else may write. */
        private final Lease lease;

        private LaneState state;

        Memory(String store, Lease lease) {
            this.store = store;
            this.lease = lease;
            this.state = persistence.inStatelessTransaction(session -> {
                LaneEntity row = mine(session);
                if (row == null) {
                    return new LaneState();
                }
                if (lease != null) {
                    row.token = Math.max(row.token, lease.token());
                    session.update(row);
                }
                return SyncRecords.state(row);
            });
        }

        /** The row, locked where others may write it; null when there is none. */
        private LaneEntity mine(StatelessSession session) {
            LaneEntity row =
                    session.get(LaneEntity.class, store, lease == null ? LockMode.NONE : LockMode.PESSIMISTIC_WRITE);
            if (lease != null && lease.token() > 0 && row != null && row.token > lease.token()) {
                throw new LeaseLostException(lease);
            }
            return row;
        }

        @Override
        public synchronized LaneState state() {
            return state.copy();
        }

        @Override
        public synchronized void change(Consumer<LaneState> change) {
            LaneState next = state.copy();
            change.accept(next);
            persistence.inStatelessTransaction(session -> {
                write(session, next);
                return null;
            });
            state = next;
        }

        private void write(StatelessSession session, LaneState next) {
            LaneEntity known = mine(session);
            LaneEntity row = known == null ? new LaneEntity() : known;
            fill(row, next);
            row.token = lease == null ? row.token : Math.max(row.token, lease.token());
            if (known == null) {
                row.store = store;
                session.insert(row);
            } else {
                session.update(row);
            }
        }
    }

    private static void fill(LaneEntity row, LaneMemory.LaneState state) {
        row.lastPullAt = micros(state.lastPullAt);
        row.lastListingPullAt = micros(state.lastListingPullAt);
        row.lastPushAt = micros(state.lastPushAt);
        row.nextRunAt = micros(state.nextRunAt);
        row.nextRereadAt = micros(state.nextRereadAt);
        row.stop = state.stop == null ? null : state.stop.name();
        row.words = cut(state.words);
        row.takeOpenOrders = state.choices.takeOpenOrders();
        row.opening = state.choices.opening().name();
        row.checkedAt = micros(state.checkedAt);
        row.checkReport = Json.report(state.check);
        row.ordersKnownAsOf = micros(state.ordersKnownAsOf);
        row.subscribed = SubscribedJson.written(state.subscribed);
        row.oversellWindowMillis = millis(state.oversellWindow);
        row.intervalMillis = millis(state.settings.interval());
        row.drift = state.settings.drift().name();
        row.shadow = state.settings.shadow();
        row.guardShare = state.settings.guardShare();
        row.windowAlarmMillis = millis(state.settings.windowAlarm());
        LaneMemory.Waiting waiting = state.waiting;
        row.waitUntil = waiting == null ? null : micros(waiting.until());
        row.waitWords = waiting == null ? "" : cut(waiting.words());
        row.waitAsked = waiting != null && waiting.asked();
        row.waitFailures = waiting == null ? 0 : waiting.failures();
        row.heldReason = state.heldReason.isEmpty() ? null : cut(state.heldReason);
        row.plan = state.plan;
        row.planStep = state.planStep == null ? null : state.planStep.kind().name();
        row.stepPlan = state.planStep == null ? null : state.planStep.plan();
    }

    private static String cut(String words) {
        return words.length() > WORDS ? words.substring(0, WORDS) : words;
    }

    private static LaneMemory.LaneState state(LaneEntity row) {
        LaneMemory.LaneState state = new LaneMemory.LaneState();
        state.lastPullAt = row.lastPullAt;
        state.lastListingPullAt = row.lastListingPullAt;
        state.lastPushAt = row.lastPushAt;
        state.nextRunAt = row.nextRunAt;
        state.nextRereadAt = row.nextRereadAt;
        state.stop = row.stop == null ? null : LaneMemory.Stop.valueOf(row.stop);
        state.words = row.words == null ? "" : row.words;
        state.choices = new TurnOn(row.takeOpenOrders, TurnOn.Opening.valueOf(row.opening));
        state.checkedAt = row.checkedAt;
        state.check = Json.report(row.checkReport);
        state.oversellWindow = duration(row.oversellWindowMillis);
        state.settings = new StoreSettings(
                duration(row.intervalMillis),
                Drift.valueOf(row.drift),
                row.shadow,
                row.guardShare,
                duration(row.windowAlarmMillis));
        state.waiting = row.waitUntil == null
                ? null
                : new LaneMemory.Waiting(row.waitUntil, row.waitWords, row.waitAsked, row.waitFailures);
        state.heldReason = row.heldReason == null ? "" : row.heldReason;
        state.ordersKnownAsOf = row.ordersKnownAsOf;
        state.subscribed = SubscribedJson.read(row.subscribed);
        state.plan = row.plan;
        state.planStep = row.planStep == null ? null : new PlanStep(PlanStep.Kind.valueOf(row.planStep), row.stepPlan);
        return state;
    }

    private static Long millis(Duration length) {
        return length == null ? null : length.toMillis();
    }

    private static Duration duration(Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    /** Databases count microseconds. */
    static Instant micros(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }
}
