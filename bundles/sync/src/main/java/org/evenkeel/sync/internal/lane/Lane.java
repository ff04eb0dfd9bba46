package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.StoreState;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.call.CallExecutor.CallOrder;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.lane.LaneMemory.Stop;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One store's lane: a state machine that the scheduler steps. A run is a stack of {@link Activity activities}; each step asks
 * the topmost what it wants next. Between steps the lane stops, waits, or lets something urgent go first; at most one call
 * into the connector is in flight.
 *
 * <p>Thread-safe: one lock guards everything, and is held for a step at most, never during a call into the connector.
 */
public final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final String SYSTEM = "system";

    private final StoreId store;
    private final LaneServices services;
    private final LaneMemory memory;
    private final StoreState connectorState;
    private final LaneWatcher watcher;
    private final Patience patience;
    private final Agenda agenda;
    private final ReentrantLock lock = new ReentrantLock();
    /** Whether somebody woke the lane without its lock. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private final Deque<Activity> stack = new ArrayDeque<>();
    private final Deque<Aside> asides = new ArrayDeque<>();
    private volatile boolean on;
    private boolean closed;
    private StoreConnector connector;
    private ClassLoader loader;
    private Scope scope;
    /** Rises whenever what was scheduled or called before no longer counts. */
    private long generation;

    private Cancellable inFlight;
    private Cancellable timer = Cancellable.NOTHING;
    private Instant timerAt;
    private volatile LaneView view;

    /**
     * @param on whether synchronizing is on
     * @param connectorState what is kept for the store's connector
     */
    public Lane(
            StoreId store,
            boolean on,
            LaneServices services,
            LaneMemory memory,
            StoreState connectorState,
            LaneWatcher watcher) {
        this.store = store;
        this.on = on;
        this.services = services;
        this.memory = memory;
        this.connectorState = connectorState;
        this.watcher = watcher;
        this.patience = new Patience(
                services.clock(),
                new Backoff(
                        services.settings().backoffFirst(), services.settings().backoffMost(), services.random()));
        this.agenda = new Agenda(store, services, memory);
        show();
    }

    // --- what happens to a lane ---

    /** A connector for the store is there. What stopped the lane before may be mended by it: a full run tries. */
    public void attach(StoreConnector newConnector, ClassLoader newLoader) {
        locked(() -> {
            if (closed) {
                return;
            }
            letGo("The store's connector was replaced.");
            connector = newConnector;
            loader = newLoader;
            memory.change(state -> state.stop = null);
            askCapabilities();
        });
    }

    /** Nothing is done for a connector before it told what it can; one that failed to is asked again when somebody acts. */
    private void askCapabilities() {
        if (connector == null || scope != null || inFlight != null) {
            return;
        }
        StoreConnector asked = connector;
        long mine = generation;
        inFlight = services.calls()
                .<Capabilities>call(
                        order("capabilities"),
                        call -> asked.capabilities(),
                        result -> later(mine, () -> attached(result)));
    }

    private void attached(CallResult<Capabilities> result) {
        inFlight = null;
        if (result instanceof CallResult.Answer<Capabilities> answer) {
            scope = new Scope(
                    store,
                    connector,
                    answer.value(),
                    services.ledger(),
                    services.clock(),
                    services.random(),
                    services.settings(),
                    memory,
                    new Hints());
            agenda.now();
            agenda.wake();
            stepSoon();
        } else {
            String words = ((CallResult.Trouble<Capabilities>) result).words();
            asides.forEach(aside -> aside.end(words));
            asides.clear();
            stop(Stop.BUG, words);
        }
    }

    /** The connector is away. A run under way is interrupted; a push in flight has an unknown outcome. */
    public void detach(StoreConnector gone) {
        locked(() -> {
            if (connector == gone) {
                letGo("The store's connector went away.");
            }
        });
    }

    /** Stops for good; without effect the second time. */
    public void close() {
        locked(() -> {
            closed = true;
            letGo("The host is stopping.");
        });
    }

    private void letGo(String why) {
        generation++;
        if (inFlight != null) {
            inFlight.cancel();
            inFlight = null;
        }
        timer.cancel();
        timerAt = null;
        interrupt(Run.Result.INTERRUPTED, scope == null ? "" : why);
        asides.forEach(aside -> aside.end(why));
        asides.clear();
        connector = null;
        loader = null;
        scope = null;
        patience.forget();
    }

    /**
     * Something that the store's figures depend on changed. Waits for nobody: the few threads that step all lanes wake them
     * too, and one lane's long step must not hold up the others. Who holds the lock sees to it on letting go.
     */
    public void wake() {
        woken.set(true);
        if (lock.tryLock()) {
            try {
                takeWake();
                show();
            } finally {
                lock.unlock();
            }
        }
    }

    private void takeWake() {
        if (woken.getAndSet(false)) {
            agenda.wake();
            stepSoon();
        }
    }

    /** The store's orders may have changed: they are pulled as soon as the lane is free. */
    public void hint() {
        locked(() -> {
            if (on) {
                agenda.hint();
                stepSoon();
            }
        });
    }

    // --- what people ask of a lane ---

    /**
     * Turns the store on, in the registry too. The choices are kept first, and all of it under the lane's lock, so that no run
     * begins without them.
     *
     * @param registry turns the store on in the registry
     * @return the run that begins
     */
    public long turnOn(Runnable registry, TurnOn choices, String actor) {
        return asked(() -> {
            needsConnector();
            memory.change(state -> {
                state.choices = choices;
                state.stop = null;
            });
            registry.run();
            on = true;
            patience.hurry();
            askCapabilities();
            return request(Run.Trigger.TURNED_ON, false, actor);
        });
    }

    /**
     * What the registry says of the store may have changed; when it is off, a run under way ends at its next step. It is asked
     * under the lane's lock, so that an answer from before a turning on never comes behind it.
     */
    public void follow() {
        locked(() -> {
            boolean was = on;
            on = services.ledger().stores().find(store).map(Store::syncOn).orElse(false);
            if (on && !was) {
                agenda.now();
            }
            if (was && !on) {
                unsubscribe(words -> {});
            }
            stepSoon();
        });
    }

    /** @return the run that begins, or that is joined */
    public long refresh(RefreshKind kind, String actor) {
        return asked(() -> {
            needsConnector();
            if (!on) {
                throw new ConflictException(
                        ConflictException.Reason.STATE, "Synchronizing is off for " + store + ": turn it on first.");
            }
            memory.change(state -> state.stop = null);
            patience.hurry();
            askCapabilities();
            long run = request(trigger(kind), kind == RefreshKind.HARD, actor);
            if (agenda.isUnderWay(run)) {
                // The run that is joined may have pulled its orders before the last one was placed.
                agenda.hint();
            }
            return run;
        });
    }

    private static Run.Trigger trigger(RefreshKind kind) {
        return switch (kind) {
            case NORMAL -> Run.Trigger.REFRESH;
            case HARD -> Run.Trigger.HARD_REFRESH;
            case DRY -> Run.Trigger.DRY_RUN;
        };
    }

    /** Keeps the store level otherwise from the next step on. */
    public void configure(StoreSettings settings) {
        locked(() -> {
            memory.change(state -> state.settings = settings);
            agenda.wake();
            stepSoon();
        });
    }

    /** Pushes nothing until it is released. The first reason stays. */
    public void hold(String reason) {
        locked(() -> memory.change(state -> state.heldReason = state.heldReason.isEmpty() ? reason : state.heldReason));
    }

    /** Pushes again. */
    public void release() {
        locked(() -> {
            memory.change(state -> state.heldReason = "");
            agenda.wake();
            stepSoon();
        });
    }

    /** Lets the lane try again, and lets go what the guard held back. */
    public void resume(String actor) {
        locked(() -> {
            memory.change(state -> state.stop = null);
            patience.hurry();
            askCapabilities();
            if (scope != null && on) {
                scope.letGo = !scope.heldBack.isEmpty();
                scope.heldBack = "";
                request(Run.Trigger.RETRY, false, actor);
            }
        });
    }

    /** Checks the store between two steps. @param told given the report, or a report of why there is none */
    public void check(Consumer<CheckReport> told) {
        // Shown before it is told: who is told of a check that passed may turn the store on at once.
        Consumer<CheckReport> shown = report -> {
            show();
            told.accept(report);
        };
        aside(() -> new StoreCheck(scope, true, shown), words -> {
            if (words != null) {
                told.accept(new CheckReport(
                        "",
                        null,
                        List.of(),
                        List.of(new CheckReport.Finding(CheckReport.Severity.ERROR, words, "Check again."))));
            }
        });
    }

    /** Where stores are to call back may have changed: this one is told at once, not only with its next full run. */
    public void callbacksChanged() {
        locked(() -> {
            if (on && scope != null) {
                aside(() -> new Subscriptions(scope, services.callbacks()), words -> {});
            }
        });
    }

    /** Tells the store not to call back any more. @param ended told how it ended: null when all went well, else words */
    public void unsubscribe(Consumer<String> ended) {
        locked(() -> {
            if (memory.state().subscribed == null) {
                ended.accept(null);
            } else {
                aside(() -> new Subscriptions.End(scope), ended);
            }
        });
    }

    /** Reads an order by its id and applies it. @param ended told in words what came of it */
    public void readOrder(String id, Consumer<String> ended) {
        AtomicReference<OrdersById> work = new AtomicReference<>();
        aside(
                () -> {
                    work.set(new OrdersById(scope, List.of(id)));
                    return work.get();
                },
                words -> ended.accept(words == null ? work.get().words() : words));
    }

    private void aside(Supplier<Activity> work, Consumer<String> ended) {
        locked(() -> {
            askCapabilities();
            if (scope == null && inFlight == null) {
                ended.accept("The store's connector is away.");
                return;
            }
            asides.add(new Aside(work, ended));
            stepSoon();
        });
    }

    private void needsConnector() {
        if (connector == null) {
            throw new ConflictException(
                    ConflictException.Reason.STATE,
                    "The connector of " + store
                            + " is away: its bundle is not running or its configuration does not hold.");
        }
    }

    private long request(Run.Trigger trigger, boolean hard, String actor) {
        long run = agenda.request(trigger, hard, actor);
        stepSoon();
        return run;
    }

    /** Whether synchronizing is on, as far as the lane knows. */
    public boolean isOn() {
        return on;
    }

    /** Takes note of how long a unit sold here stayed on sale elsewhere. */
    public void remember(Duration oversellWindow) {
        locked(() -> memory.change(state -> state.oversellWindow = oversellWindow));
    }

    /** What the lane shows of itself, as of its last step; never waits. */
    public LaneView view() {
        return view;
    }

    // --- steps ---

    private void stepSoon() {
        stepAt(now());
    }

    private void stepAt(Instant at) {
        if (scope == null || timerAt != null && !timerAt.isAfter(at)) {
            return;
        }
        timer.cancel();
        timerAt = at;
        long mine = generation;
        timer = services.scheduler()
                .schedule(
                        at,
                        () -> locked(() -> {
                            if (mine == generation) {
                                timerAt = null;
                                step();
                            }
                        }));
    }

    private void later(long mine, Runnable work) {
        services.scheduler()
                .schedule(
                        now(),
                        () -> locked(() -> {
                            if (mine == generation) {
                                work.run();
                            }
                        }));
    }

    private void step() {
        if (scope == null || inFlight != null) {
            return;
        }
        try {
            if (!asides.isEmpty()) {
                stack.push(asides.poll());
            }
            boolean aside = stack.peek() instanceof Aside || stack.stream().anyMatch(Aside.class::isInstance);
            if (!aside && patience.waits()) {
                stepAt(patience.until());
            } else if (!aside && !on) {
                interrupt(Run.Result.INTERRUPTED, "Synchronizing was turned off.");
            } else if (!stack.isEmpty() || begin()) {
                take(stack.peek().next());
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void take(Next next) {
        if (next instanceof Next.Calling<?> calling) {
            call(calling);
            return;
        }
        if (next instanceof Next.Then then) {
            stack.push(then.first());
        } else if (next instanceof Next.Done) {
            stack.pop();
            if (stack.isEmpty()) {
                finished();
            }
        }
        stepSoon();
    }

    // --- runs ---

    /** Begins whatever is next; if nothing is, sets the timer for what comes by time. */
    private boolean begin() {
        if (!on || memory.state().stop != null) {
            return false;
        }
        Instant now = now();
        Agenda.Full full = agenda.begin(now);
        if (full != null) {
            beginFull(full);
            return true;
        }
        if (agenda.takeHint()) {
            beginSmall(Run.Trigger.WEBHOOK, () -> new OrderPull(scope), () -> new Pushing(scope, Pushing.Haste.URGENT));
            return true;
        }
        if (agenda.takeChange(now)) {
            beginSmall(Run.Trigger.CHANGE, () -> new Pushing(scope, Pushing.Haste.URGENT));
            return true;
        }
        Instant look = scope.nextLook();
        if (look != null && !look.isAfter(now)) {
            scope.settleAgainAt = null;
            beginSmall(
                    Run.Trigger.RETRY,
                    () -> new Verification(scope),
                    () -> new GapSettling(scope),
                    () -> new Pushing(scope, Pushing.Haste.URGENT));
            return true;
        }
        Optional.ofNullable(agenda.next(look)).ifPresent(this::stepAt);
        return false;
    }

    private void beginFull(Agenda.Full full) {
        scope.run = full.run;
        scope.dry = full.dry;
        scope.heldBack = "";
        stack.push(new Sequence(List.of(
                () -> new StoreCheck(scope, false, report -> {}),
                () -> new OrderPull(scope),
                () -> new ListingPull(scope, full.hard),
                () -> {
                    full.pastListings = true;
                    return new OrderPull(scope);
                },
                () -> new Opening(scope),
                () -> new GapSettling(scope),
                () -> new OpenOrders(scope),
                () -> new Pushing(scope, Pushing.Haste.CALM),
                () -> new Subscriptions(scope, services.callbacks()))));
        watcher.changed(store);
    }

    @SafeVarargs
    private void beginSmall(Run.Trigger trigger, Supplier<Activity>... parts) {
        scope.run = agenda.record(trigger, SYSTEM);
        scope.dry = false;
        stack.push(new Sequence(List.of(parts)));
        watcher.changed(store);
    }

    private void finished() {
        if (scope.run.records() && ended(scope.run.result(), "")) {
            agenda.schedule();
        }
        if (on) {
            agenda.planItems();
        }
    }

    /** Ends the run under way, and the one that was asked for, before their time. */
    private void interrupt(Run.Result result, String why) {
        stack.forEach(activity -> {
            if (activity instanceof Aside aside) {
                aside.end(why);
            }
        });
        stack.clear();
        if (scope != null && scope.run.records()) {
            ended(result, why);
        }
        for (Agenda.Full never : agenda.drop()) {
            never.run.error(why);
            quietly(() -> never.run.end(result));
        }
    }

    /** Ends the run under way. @return whether it was a full one */
    private boolean ended(Run.Result result, String words) {
        RunRecorder run = scope.run;
        scope.run = RunRecorder.NONE;
        if (!words.isEmpty()) {
            run.error(words);
        }
        quietly(() -> run.end(result));
        watcher.changed(store);
        return agenda.ended();
    }

    /** A run that cannot be recorded as ended is found as interrupted at the next start. */
    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: what became of a run could not be kept: {}", store, e.toString());
        }
    }

    // --- calls ---

    private CallOrder order(String operation) {
        return new CallOrder(
                store.value(), operation, loader, services.settings().callLimit(), connectorState);
    }

    private <T> void call(Next.Calling<T> calling) {
        scope.run.count(Count.CALLS, 1);
        long mine = generation;
        inFlight = services.calls()
                .call(
                        order(calling.operation()),
                        calling.work(),
                        result -> later(mine, () -> answered(calling, result)));
    }

    private <T> void answered(Next.Calling<T> calling, CallResult<T> result) {
        inFlight = null;
        try {
            if (result instanceof CallResult.Answer<T> answer) {
                patience.worked();
                calling.answered().accept(answer.value());
                watcher.changed(store);
                stepSoon();
            } else {
                troubled(calling, (CallResult.Trouble<T>) result);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private <T> void troubled(Next.Calling<T> calling, CallResult.Trouble<T> trouble) {
        if (trouble instanceof CallResult.Bug<T> bug) {
            LOG.error("{}: {}", store, bug.words(), bug.cause());
        } else {
            LOG.info("{}: {}: {}", store, calling.operation(), trouble.words());
        }
        if (calling.troubled().test(trouble)) {
            stepSoon();
            return;
        }
        if (trouble instanceof CallResult.Bug) {
            stop(Stop.BUG, trouble.words() + ". The log has the details; update the connector or resume the store.");
        } else if (trouble instanceof CallResult.Failed<T> failed) {
            failed(failed);
        } else {
            tryAgain(trouble.words());
        }
    }

    private <T> void failed(CallResult.Failed<T> failed) {
        if (failed.failure() instanceof RateLimitedException limited) {
            patience.limited(limited.retryAfter(), "The store asks for patience: " + failed.words());
            await();
        } else if (failed.failure() instanceof ConfigurationException) {
            stop(Stop.CONFIGURATION, failed.words());
        } else if (failed.failure() instanceof TransientException) {
            tryAgain(failed.words());
        } else {
            stop(Stop.BUG, "The connector failed where it must not: " + failed.words());
        }
    }

    /** The same step again after a wait; after many in a row the run gives up and a new one tries later. */
    private void tryAgain(String words) {
        scope.run.error(words);
        if (patience.failed(words)) {
            giveUp(words);
        }
        await();
    }

    private void giveUp(String words) {
        interrupt(Run.Result.FAILED, words);
        patience.gaveUp();
        quietly(() -> agenda.retryAt(patience.until()));
    }

    private void await() {
        watcher.changed(store);
        stepAt(patience.until());
    }

    private void stop(Stop why, String words) {
        memory.change(state -> {
            state.stop = why;
            state.words = Redaction.redacted(words);
        });
        interrupt(Run.Result.FAILED, words);
        watcher.changed(store);
    }

    /** The ledger failed within a step: what was stored stands, the next run begins from it. */
    private void failed(RuntimeException e) {
        LOG.warn("{}: a step failed", store, e);
        if (scope != null) {
            String words = "The ledger could not keep a step: " + e.getMessage();
            patience.failed(words);
            giveUp(words);
            await();
        }
    }

    // --- what activities tell and ask ---

    private final class Hints implements Scope.Hints {
        @Override
        public boolean urgent() {
            return agenda.woken();
        }

        @Override
        public void urgentTaken() {
            agenda.taken();
        }

        @Override
        public void sold(Instant placedAt) {
            watcher.sold(store, placedAt);
        }

        @Override
        public void level(boolean pushed) {
            watcher.level(store, pushed);
        }
    }

    // --- the lock ---

    private void locked(Runnable work) {
        asked(() -> {
            work.run();
            return 0L;
        });
    }

    private long asked(Supplier<Long> work) {
        lock.lock();
        try {
            long answer = work.get();
            show();
            return answer;
        } finally {
            lock.unlock();
            if (woken.get()) {
                wake();
            }
        }
    }

    private void show() {
        LaneMemory.LaneState state = memory.state();
        Run run = Optional.ofNullable(scope).map(here -> here.run.view()).orElse(null);
        if (run == null && agenda.requested() != null) {
            run = agenda.requested().run.view();
        }
        boolean waiting = patience.waits();
        String words = state.stop != null ? state.words : waiting ? patience.words() : heldBack();
        view = new LaneView(connector != null, waiting, words, run, state, LaneView.Callback.of(connector));
    }

    private String heldBack() {
        return scope == null ? "" : scope.heldBack;
    }

    private Instant now() {
        return services.clock().instant();
    }
}
