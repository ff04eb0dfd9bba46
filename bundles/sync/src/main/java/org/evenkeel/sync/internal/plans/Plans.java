package org.evenkeel.sync.internal.plans;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.ledger.ForeseenListing;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;
import org.evenkeel.sync.internal.lane.Border;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneMemory.LaneState;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.PlanStep;

/** What people can ask of plans. Thread-safe. */
public final class Plans implements StorePlans {
    private static final String NOT_MADE = "The host stopped while it was being made. Make a new one.";
    /** A plan that got on no further for so long, and is not made by this host, is not made by any. */
    private static final Duration STALLED = Duration.ofMinutes(2);

    private static final int ROWS = 500;

    private final LaneServices services;
    private final PlanRecords records;
    private final Function<StoreId, Optional<Lane>> lanes;
    private final Function<StoreId, String> configuration;
    private final Consumer<StoreId> changed;
    private final Supplier<Optional<AuditLog>> audit;
    private final PlanSettings settings;
    private final Choosing choosing;
    private final UndoRows undoRows;
    private final Keeper keeper = new Keeper();
    /** Plans that this host is making. */
    private final Set<Long> making = ConcurrentHashMap.newKeySet();

    private final Map<StoreId, Object> locks = new ConcurrentHashMap<>();

    /**
     * @param lanes the lane of a store, where this host serves it
     * @param configuration names the present configuration of a store's connector, so that another one is known as such
     * @param changed told of a store whose plans changed
     * @param audit where it is written who did what; empty while there is no such log
     */
    public Plans(
            LaneServices services,
            PlanRecords records,
            Function<StoreId, Optional<Lane>> lanes,
            Function<StoreId, String> configuration,
            Consumer<StoreId> changed,
            Supplier<Optional<AuditLog>> audit,
            PlanSettings settings) {
        this.services = services;
        this.records = records;
        this.lanes = lanes;
        this.configuration = configuration;
        this.changed = changed;
        this.audit = audit;
        this.settings = settings;
        this.choosing = new Choosing(records);
        this.undoRows = new UndoRows(records, services.ledger().listings());
    }

    // --- making ------------------------------------------------------------------------------------------------------

    @Override
    public long begin(StoreId store, Plan.Kind kind, String actor) {
        if (kind == Plan.Kind.UNDO) {
            throw new InvalidInputException("kind", "What is undone is a plan: undo it by its id.");
        }
        Store known = present(store);
        Lane lane = lane(store);
        requireState(known, lane.view().state(), kind);
        return begin(known, lane, kind, null, actor);
    }

    private void requireState(Store store, LaneState lane, Plan.Kind kind) {
        if (store.removedAt() != null) {
            throw Readiness.conflict("The store " + store.id() + " was removed; add it again first.");
        }
        if (kind == Plan.Kind.TURN_ON && store.syncOn()) {
            throw Readiness.conflict("Synchronizing is on for " + store.id() + " already.");
        }
        if (kind == Plan.Kind.RELEASE && (lane.heldReason.isEmpty() || !store.syncOn())) {
            throw Readiness.conflict("The store " + store.id() + " is not held, so there is nothing to release.");
        }
    }

    private long begin(Store store, Lane lane, Plan.Kind kind, Long undoes, String actor) {
        Readiness.require(store.id(), lane.view());
        synchronized (lock(store.id())) {
            records.inStates(store.id(), Set.of(Plan.State.PULLING, Plan.State.READY))
                    .forEach(older -> end(older.id, Plan.State.DISCARDED, "A newer plan took its place."));
            PlanEntity plan = fresh(store, lane.view().state(), kind, undoes, actor);
            records.create(plan);
            making.add(plan.id);
            audit(actor, "plan.begun", store.id(), describe(plan));
            changed.accept(store.id());
            new PlanPull(plan, store, lane, services, keeper).begin();
            services.scheduler().schedule(services.clock().instant(), this::forgetOld);
            return plan.id;
        }
    }

    private PlanEntity fresh(Store store, LaneState lane, Plan.Kind kind, Long undoes, String actor) {
        Instant now = services.clock().instant();
        PlanEntity plan = new PlanEntity();
        plan.store = store.id().value();
        plan.kind = kind.name();
        plan.state = Plan.State.PULLING.name();
        plan.actor = actor;
        plan.begunAt = now;
        plan.asOf = Readiness.moment(now, lane);
        plan.progressedAt = now;
        plan.basis = basis(store.id());
        plan.firstTime = store.firstTurnedOnAt() == null;
        plan.onHand = store.onHandFigures();
        plan.cap = Long.MAX_VALUE;
        plan.opening = lane.choices.opening() == TurnOn.Opening.ADOPT ? Opening.ADOPT.name() : Opening.HOLD.name();
        plan.missedOrders = MissedOrder.BOOK.name();
        plan.takeOpenOrders = plan.firstTime && lane.choices.takeOpenOrders();
        plan.undoes = undoes;
        previous(plan)
                .filter(old -> old.state.equals(Plan.State.DISCARDED.name()))
                .ifPresent(old -> {
                    plan.opening = old.opening;
                    plan.missedOrders = old.missedOrders;
                    plan.takeOpenOrders = plan.firstTime && old.takeOpenOrders;
                });
        return plan;
    }

    /** The last plan of the store and kind whose choices are taken over as far as they fit. */
    private Optional<PlanEntity> previous(PlanEntity plan) {
        return records.inStates(new StoreId(plan.store), Set.of(Plan.State.DISCARDED, Plan.State.APPLIED)).stream()
                .filter(old -> old.kind.equals(plan.kind) && (plan.id == null || old.id < plan.id))
                .findFirst()
                .filter(old -> plan.undoes == null || plan.undoes.equals(old.undoes));
    }

    private String basis(StoreId store) {
        return services.ledger().listings().ruleVersion(store) + " " + configuration.apply(store);
    }

    /** How the connector is configured is known where it is: elsewhere, only the rest is compared. */
    private boolean isBasedOn(String basis, StoreId store) {
        String now = basis(store);
        return configuration.apply(store).isEmpty() ? basis.startsWith(now) : basis.equals(now);
    }

    private final class Keeper implements PlanPull.PlanKeeper {
        @Override
        public void can(PlanEntity plan, Capabilities can) {
            plan.cap = can.cap();
            plan.onHand = can.meaning() == Capabilities.Meaning.ON_HAND;
            records.change(plan.id, kept -> {
                kept.cap = plan.cap;
                kept.onHand = plan.onHand;
            });
        }

        @Override
        public boolean orders(PlanEntity plan, Set<String> codes, List<PlanOrderEntity> orders) {
            boolean wanted =
                    records.addOrders(plan.id, codes, orders, services.clock().instant());
            return progressed(plan, wanted);
        }

        @Override
        public boolean listings(PlanEntity plan, ListingPage page, Border border, boolean again) {
            StoreId store = new StoreId(plan.store);
            List<ForeseenListing> foreseen =
                    services.ledger().listings().foresee(store, border.listings(page.entries()));
            List<PlanRowEntity> rows = plan.undoes == null
                    ? RowMaker.rows(plan, foreseen)
                    : undoRows.rows(plan, existing(plan.undoes), foreseen);
            boolean wanted = records.add(
                    plan.id,
                    rows,
                    again,
                    page.entries().size(),
                    services.clock().instant());
            return progressed(plan, wanted);
        }

        private boolean progressed(PlanEntity plan, boolean wanted) {
            if (!wanted) {
                making.remove(plan.id);
            }
            changed.accept(new StoreId(plan.store));
            return wanted;
        }

        @Override
        public void waiting(PlanEntity plan, Instant until) {
            records.waiting(plan.id, until);
        }

        @Override
        public void note(PlanEntity plan, String words) {
            records.change(plan.id, kept -> kept.words = words);
        }

        @Override
        public void complete(PlanEntity made) {
            PlanEntity plan = records.find(made.id).orElseThrow();
            if (!plan.state.equals(Plan.State.PULLING.name())) {
                making.remove(plan.id);
                return;
            }
            if (plan.kind.equals(Plan.Kind.RELEASE.name())) {
                new HeldOrders(records, services.ledger().orders(), services.clock())
                        .find(plan, lane(new StoreId(plan.store)));
            }
            new PlanFinish(records).finish(plan);
            previous(plan).ifPresent(old -> new Carrying(records).carry(old, plan));
            var totals = new Totals(records).all(plan);
            records.change(plan.id, kept -> {
                if (kept.state.equals(Plan.State.PULLING.name())) {
                    kept.state = Plan.State.READY.name();
                    kept.readyAt = services.clock().instant();
                    kept.totals = PlanJson.totals(totals);
                }
            });
            making.remove(plan.id);
            changed.accept(new StoreId(plan.store));
        }

        @Override
        public void failed(PlanEntity plan, String words) {
            making.remove(plan.id);
            end(plan.id, Plan.State.FAILED, words);
            changed.accept(new StoreId(plan.store));
        }
    }

    /** Ends a plan that is PULLING or READY. */
    private void end(long id, Plan.State state, String words) {
        records.change(id, plan -> {
            if (plan.state.equals(Plan.State.PULLING.name()) || plan.state.equals(Plan.State.READY.name())) {
                plan.state = state.name();
                plan.words = words.length() <= 2_000 ? words : words.substring(0, 2_000);
                plan.endedAt = services.clock().instant();
            }
        });
    }

    private void forgetOld() {
        records.endedBefore(services.clock().instant().minus(settings.kept())).forEach(records::delete);
    }

    // --- looking -----------------------------------------------------------------------------------------------------

    @Override
    public Optional<Plan> plan(long id) {
        return records.find(id).map(this::mended).map(this::view);
    }

    @Override
    public Page<Plan> plans(StoreId store, PageRequest page) {
        if (store != null) {
            present(store);
        }
        Page<PlanEntity> plans = records.plans(store, page);
        return new Page<>(
                plans.items().stream().map(this::mended).map(this::view).toList(), plans.total(), page);
    }

    private Plan view(PlanEntity plan) {
        PlanEntity seen = stalled(plan) ? failed(plan) : plan;
        return PlanViews.plan(seen, seen.state.equals(Plan.State.READY.name()) ? outdated(seen) : "");
    }

    private boolean stalled(PlanEntity plan) {
        return plan.state.equals(Plan.State.PULLING.name())
                && !making.contains(plan.id)
                && plan.progressedAt.plus(STALLED).isBefore(services.clock().instant());
    }

    private PlanEntity failed(PlanEntity plan) {
        end(plan.id, Plan.State.FAILED, NOT_MADE);
        return records.find(plan.id).orElse(plan);
    }

    private String outdated(PlanEntity plan) {
        StoreId store = new StoreId(plan.store);
        Duration age = Duration.between(plan.begunAt, services.clock().instant());
        if (age.compareTo(settings.mostAge()) > 0) {
            return "It was made " + age.toMinutes()
                    + " minutes ago, and stock and orders move on. Make a new one; what was" + " chosen is taken over.";
        }
        if (!isBasedOn(plan.basis, store)) {
            return "The store's configuration, location mapping or rules changed since it was made. Make a new one; what was"
                    + " chosen is taken over.";
        }
        boolean on = services.ledger().stores().find(store).map(Store::syncOn).orElse(false);
        if (plan.kind.equals(Plan.Kind.TURN_ON.name()) && on) {
            return "The store was turned on since it was made.";
        }
        return "";
    }

    @Override
    public Page<PlanRow> rows(long id, PlanQuery query) {
        PlanEntity plan = existing(id);
        if (plan.state.equals(Plan.State.PULLING.name())) {
            return new Page<>(List.of(), 0, query.page());
        }
        Page<PlanRowEntity> rows = records.rows(id, query);
        return new Page<>(
                rows.items().stream().map(row -> PlanViews.row(plan, row)).toList(), rows.total(), query.page());
    }

    @Override
    public Page<PlanOrder> orders(long id, PlanOrder.Kind kind, PageRequest page) {
        PlanEntity plan = existing(id);
        if (plan.state.equals(Plan.State.PULLING.name())) {
            return new Page<>(List.of(), 0, page);
        }
        Page<PlanOrderEntity> orders = records.orders(id, kind, page);
        return new Page<>(
                orders.items().stream()
                        .map(order -> PlanViews.order(plan, order))
                        .toList(),
                orders.total(),
                page);
    }

    @Override
    public void export(long id, PlanQuery query, Appendable to) throws IOException {
        PlanEntity plan = existing(id);
        PlanCsv csv = new PlanCsv(to);
        csv.header();
        PlanRowEntity last = null;
        List<PlanRowEntity> rows;
        do {
            rows = plan.state.equals(Plan.State.PULLING.name()) ? List.of() : records.behind(id, query, last, ROWS);
            for (PlanRowEntity row : rows) {
                csv.row(PlanViews.row(plan, row));
                last = row;
            }
        } while (rows.size() == ROWS);
    }

    // --- choosing ----------------------------------------------------------------------------------------------------

    @Override
    public Plan choose(long id, PlanChoices choices, String actor) {
        PlanEntity plan = existing(id);
        synchronized (lock(new StoreId(plan.store))) {
            PlanEntity now = existing(id);
            Choosing.requireReady(now);
            choosing.choose(now, choices);
        }
        changed.accept(new StoreId(plan.store));
        return plan(id).orElseThrow();
    }

    @Override
    public Plan chooseAll(long id, PlanQuery query, PlanChoices.Sku choice, String actor) {
        PlanEntity plan = existing(id);
        synchronized (lock(new StoreId(plan.store))) {
            PlanEntity now = existing(id);
            Choosing.requireReady(now);
            choosing.chooseAll(now, query, choice);
        }
        changed.accept(new StoreId(plan.store));
        return plan(id).orElseThrow();
    }

    // --- applying ----------------------------------------------------------------------------------------------------

    @Override
    public long apply(long id, String actor) {
        StoreId store = new StoreId(existing(id).store);
        synchronized (lock(store)) {
            PlanEntity plan = existing(id);
            if (plan.state.equals(Plan.State.APPLIED.name())) {
                return plan.run;
            }
            Choosing.requireReady(plan);
            Lane lane = lane(store);
            refuseUnlessApplicable(view(plan));
            Readiness.require(store, lane.view());
            long run = carryOut(plan, store, lane, actor);
            applied(plan, run, actor);
            audit(actor, "plan.applied", store, describe(plan) + chosen(plan));
            changed.accept(store);
            return run;
        }
    }

    private void applied(PlanEntity plan, long run, String actor) {
        records.change(plan.id, kept -> {
            kept.state = Plan.State.APPLIED.name();
            kept.endedAt = services.clock().instant();
            kept.appliedBy = actor;
            kept.run = run;
        });
        if (plan.undoes != null) {
            records.change(plan.undoes, undone -> undone.undoneBy = plan.id);
        }
    }

    private PlanEntity existing(long id) {
        return records.find(id)
                .map(this::mended)
                .orElseThrow(() -> new NotFoundException("There is no plan " + id + " (any more)."));
    }

    /** One that a lane carries out was applied, though the host stopped before that was written down. */
    private PlanEntity mended(PlanEntity plan) {
        Optional<Long> run = plan.state.equals(Plan.State.READY.name()) ? records.carriedOutBy(plan) : Optional.empty();
        run.ifPresent(by -> applied(plan, by, plan.actor));
        return run.isEmpty() ? plan : records.find(plan.id).orElse(plan);
    }

    private static void refuseUnlessApplicable(Plan plan) {
        if (!plan.outdated().isEmpty()) {
            throw Readiness.conflict(plan.outdated());
        }
        if (!plan.unresolved().isEmpty()) {
            throw Readiness.conflict(plan.unresolved());
        }
    }

    private long carryOut(PlanEntity plan, StoreId store, Lane lane, String actor) {
        if (plan.kind.equals(Plan.Kind.TURN_ON.name())) {
            TurnOn choices = new TurnOn(
                    plan.takeOpenOrders,
                    plan.opening.equals(Opening.ADOPT.name()) ? TurnOn.Opening.ADOPT : TurnOn.Opening.REVIEW);
            Instant moment =
                    Readiness.moment(services.clock().instant(), lane.view().state());
            return lane.turnOn(
                    () -> services.ledger().stores().turnOn(store, moment, choices.takeOpenOrders(), actor),
                    choices,
                    plan.id,
                    actor);
        }
        PlanStep.Kind kind = plan.kind.equals(Plan.Kind.UNDO.name()) ? PlanStep.Kind.UNDO : PlanStep.Kind.RELEASE;
        return lane.carryOut(new PlanStep(kind, plan.id), actor);
    }

    private String describe(PlanEntity plan) {
        String words =
                "plan " + plan.id + ": " + plan.kind.toLowerCase(Locale.ROOT).replace('_', ' ');
        return plan.undoes == null ? words : words + " of plan " + plan.undoes;
    }

    private static String chosen(PlanEntity plan) {
        if (!plan.kind.equals(Plan.Kind.TURN_ON.name())) {
            return "";
        }
        long skipped = PlanJson.totals(plan.totals).skipped();
        return (plan.opening.equals(Opening.ADOPT.name())
                        ? ", figures are taken as In Stock"
                        : ", figures wait for a person")
                + " unless chosen otherwise by SKU"
                + (plan.takeOpenOrders ? ", open orders are booked" : "")
                + (skipped == 0 ? "" : ", " + skipped + " missed orders are counted already");
    }

    // --- letting go and undoing --------------------------------------------------------------------------------------

    @Override
    public void discard(long id, String actor) {
        PlanEntity plan = existing(id);
        StoreId store = new StoreId(plan.store);
        synchronized (lock(store)) {
            PlanEntity now = existing(id);
            if (now.state.equals(Plan.State.APPLIED.name())) {
                throw Readiness.conflict("The plan was applied; undo it instead.");
            }
            if (now.state.equals(Plan.State.PULLING.name()) || now.state.equals(Plan.State.READY.name())) {
                end(id, Plan.State.DISCARDED, "");
                making.remove(id);
                audit(actor, "plan.discarded", store, describe(now));
                changed.accept(store);
            }
        }
    }

    @Override
    public long undo(long id, String actor) {
        PlanEntity plan = existing(id);
        StoreId store = new StoreId(plan.store);
        if (!plan.kind.equals(Plan.Kind.TURN_ON.name()) || !plan.state.equals(Plan.State.APPLIED.name())) {
            throw Readiness.conflict("Only a plan that turned a store on can be undone.");
        }
        if (plan.undoneBy != null) {
            throw Readiness.conflict("The plan was undone before, by plan " + plan.undoneBy + ".");
        }
        Lane lane = lane(store);
        Long last = lane.view().state().plan;
        if (last == null || last != id) {
            throw Readiness.conflict("Another plan turned the store on since; only the last one can be undone.");
        }
        lane.require(PlanStep.Kind.UNDO);
        return begin(present(store), lane, Plan.Kind.UNDO, id, actor);
    }

    // --- what is there -----------------------------------------------------------------------------------------------

    private Object lock(StoreId store) {
        return locks.computeIfAbsent(store, key -> new Object());
    }

    private Lane lane(StoreId store) {
        return lanes.apply(store).orElseThrow(() -> unknown(store));
    }

    private Store present(StoreId store) {
        return services.ledger().stores().find(store).orElseThrow(() -> unknown(store));
    }

    private static NotFoundException unknown(StoreId store) {
        return new NotFoundException("There is no store " + store + ".");
    }

    private void audit(String actor, String action, StoreId store, String detail) {
        audit.get().ifPresent(log -> log.record(actor, action, store.value(), detail));
    }
}
