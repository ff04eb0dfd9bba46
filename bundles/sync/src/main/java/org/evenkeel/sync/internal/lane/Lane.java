package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
import org.evenkeel.ledger.ListingBook.DueCount;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Run;
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
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(100);
    private static final int MOST_TRIES = 5;

    private final StoreId store;
    private final LaneServices services;
    private final LaneMemory memory;
    private final StoreState connectorState;
    private final LaneWatcher watcher;
    private final Backoff backoff;
    private final ReentrantLock lock = new ReentrantLock();

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
    private Instant waitUntil;
    private String waitWords = "";
    private int tries;
    private boolean wake;
    private Full running;
    private Full requested;
    private Instant nextRunAt;
    private boolean nextIsRetry;
    private Instant nextItemAt;
    private volatile LaneView view;

    /** A full run, asked for or under way. */
    private static final class Full {
        private final RunRecorder run;
        private boolean hard;
        private boolean pastListings;

        Full(RunRecorder run, boolean hard) {
            this.run = run;
            this.hard = hard;
        }
    }

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
        this.backoff = new Backoff(
                services.settings().backoffFirst(), services.settings().backoffMost(), services.random());
        show();
    }

    // --- what happens to a lane
    // ----------------------------------------------------------------------------------------

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
            long mine = generation;
            inFlight = services.calls()
                    .<Capabilities>call(
                            order("capabilities"),
                            call -> newConnector.capabilities(),
                            result -> later(mine, () -> attached(result)));
        });
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
            nextRunAt = now();
            wake = true;
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
        waitUntil = null;
        waitWords = "";
        tries = 0;
        backoff.worked();
    }

    /** Something that the store's figures depend on changed. */
    public void wake() {
        locked(() -> {
            wake = true;
            stepSoon();
        });
    }

    // --- what people ask of a lane
    // -------------------------------------------------------------------------------------

    /** @return the run that begins; the registry has turned the store on before. */
    public long turnOn(TurnOn choices, String actor) {
        return asked(() -> {
            needsConnector();
            memory.change(state -> {
                state.choices = choices;
                state.stop = null;
            });
            on = true;
            forgetFailures();
            return request(Run.Trigger.TURNED_ON, false, actor);
        });
    }

    /**
     * What the registry says of the store may have changed; when it is off, a run under way ends at its next step. It is asked
     * under the lane's lock, so that an answer from before a turning on never comes behind it.
     */
    public void follow() {
        locked(() -> {
            on = services.ledger().stores().find(store).map(Store::syncOn).orElse(false);
            stepSoon();
        });
    }

    /** @return the run that begins, or that is joined */
    public long refresh(boolean hard, String actor) {
        return asked(() -> {
            needsConnector();
            if (!on) {
                throw new ConflictException(
                        ConflictException.Reason.STATE, "Synchronizing is off for " + store + ": turn it on first.");
            }
            memory.change(state -> state.stop = null);
            forgetFailures();
            return request(hard ? Run.Trigger.HARD_REFRESH : Run.Trigger.REFRESH, hard, actor);
        });
    }

    /** Lets the lane try again, and lets go what the guard held back. */
    public void resume(String actor) {
        locked(() -> {
            memory.change(state -> state.stop = null);
            forgetFailures();
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

    /** Joins a full run under way, or makes one that begins as soon as the lane is free. */
    private long request(Run.Trigger trigger, boolean hard, String actor) {
        if (running != null && (!hard || running.hard || !running.pastListings)) {
            running.hard |= hard;
            return running.run.id();
        }
        if (requested == null) {
            requested = new Full(RunRecorder.begin(services.runs(), services.clock(), store, trigger, actor), hard);
        }
        requested.hard |= hard;
        stepSoon();
        return requested.run.id();
    }

    private void forgetFailures() {
        tries = 0;
        backoff.worked();
        boolean limited = waitUntil != null && rateLimited;
        if (!limited) {
            waitUntil = null;
            waitWords = "";
        }
    }

    private boolean rateLimited;

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

    // --- steps
    // ---------------------------------------------------------------------------------------------------------

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
            if (!aside && waits()) {
                stepAt(waitUntil);
            } else if (!aside && !on) {
                interrupt(Run.Result.INTERRUPTED, "Synchronizing was turned off.");
            } else if (!stack.isEmpty() || begin()) {
                take(stack.peek().next());
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private boolean waits() {
        if (waitUntil == null || !now().isBefore(waitUntil)) {
            waitUntil = null;
            return false;
        }
        return true;
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

    // --- runs
    // ----------------------------------------------------------------------------------------------------------

    /** Begins whatever is next; if nothing is, arms the timer for what comes by time. */
    private boolean begin() {
        LaneMemory.LaneState state = memory.state();
        if (!on || state.stop != null) {
            return false;
        }
        Instant now = now();
        if (requested != null || nextRunAt != null && !nextRunAt.isAfter(now)) {
            beginFull();
            return true;
        }
        if (nextItemAt != null && !nextItemAt.isAfter(now)) {
            wake = true;
            nextItemAt = null;
        }
        if (wake) {
            wake = false;
            if (somethingDue(now)) {
                beginSmall(Run.Trigger.CHANGE, () -> new Pushing(scope, Pushing.Haste.URGENT));
                return true;
            }
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
        arm(look);
        return false;
    }

    private boolean somethingDue(Instant now) {
        DueCount due = services.ledger().listings().dueCount(store, now);
        nextItemAt = due.nextAt();
        // Figures that were only touched and are level are acknowledged by the look; they are no reason for a run.
        return due.ready() > 0
                && !services.ledger().listings().due(store, now, 1).isEmpty();
    }

    private void arm(Instant look) {
        Instant next = nextRunAt;
        for (Instant other : new Instant[] {look, nextItemAt}) {
            next = other != null && (next == null || other.isBefore(next)) ? other : next;
        }
        if (next != null) {
            stepAt(next);
        }
    }

    private void beginFull() {
        running = requested != null
                ? requested
                : new Full(
                        RunRecorder.begin(
                                services.runs(),
                                services.clock(),
                                store,
                                nextIsRetry ? Run.Trigger.RETRY : Run.Trigger.SCHEDULE,
                                SYSTEM),
                        false);
        requested = null;
        nextRunAt = null;
        nextIsRetry = false;
        scope.run = running.run;
        scope.heldBack = "";
        Full full = running;
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
                () -> new Pushing(scope, Pushing.Haste.CALM))));
        watcher.changed(store);
    }

    @SafeVarargs
    private void beginSmall(Run.Trigger trigger, Supplier<Activity>... parts) {
        scope.run = RunRecorder.begin(services.runs(), services.clock(), store, trigger, SYSTEM);
        stack.push(new Sequence(List.of(parts)));
        watcher.changed(store);
    }

    private void finished() {
        if (scope.run.records()) {
            boolean full = running != null;
            ended(scope.run.result(), "");
            if (full) {
                schedule();
            }
            nextItemAt = services.ledger().listings().dueCount(store, now()).nextAt();
        }
    }

    private void schedule() {
        Settings settings = services.settings();
        long millis = settings.interval().toMillis();
        Instant next = now().plusMillis(millis - millis / 10 + services.random().nextLong(millis / 5 + 1));
        nextRunAt = next;
        memory.change(state -> state.nextRunAt = next);
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
        if (requested != null) {
            Full never = requested;
            requested = null;
            never.run.error(why);
            quietly(() -> never.run.end(result));
        }
    }

    private void ended(Run.Result result, String words) {
        RunRecorder run = scope.run;
        scope.run = RunRecorder.NONE;
        running = null;
        if (!words.isEmpty()) {
            run.error(words);
        }
        quietly(() -> run.end(result));
        watcher.changed(store);
    }

    /** A run that cannot be recorded as ended is found as interrupted at the next start. */
    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{}: what became of a run could not be kept: {}", store, e.toString());
        }
    }

    // --- calls
    // ---------------------------------------------------------------------------------------------------------

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
                tries = 0;
                backoff.worked();
                waitWords = "";
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
            Duration wait = limited.retryAfter().compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : limited.retryAfter();
            rateLimited = true;
            await(wait, "The store asks for patience: " + failed.words());
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
        rateLimited = false;
        Duration wait = backoff.failed();
        if (++tries > MOST_TRIES) {
            giveUp(wait, words);
        } else {
            await(wait, words);
        }
    }

    private void giveUp(Duration wait, String words) {
        interrupt(Run.Result.FAILED, words);
        tries = 0;
        nextRunAt = now().plus(wait);
        nextIsRetry = true;
        quietly(() -> memory.change(state -> state.nextRunAt = nextRunAt));
        await(wait, words);
    }

    private void await(Duration wait, String words) {
        waitUntil = now().plus(wait);
        waitWords = Redaction.redacted(words);
        watcher.changed(store);
        stepAt(waitUntil);
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
            rateLimited = false;
            giveUp(backoff.failed(), "The ledger could not keep a step: " + e.getMessage());
        }
    }

    // --- what activities tell and ask
    // ----------------------------------------------------------------------------------

    private final class Hints implements Scope.Hints {
        @Override
        public boolean urgent() {
            return wake;
        }

        @Override
        public void urgentTaken() {
            wake = false;
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

    // --- the lock
    // ------------------------------------------------------------------------------------------------------

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            show();
        } finally {
            lock.unlock();
        }
    }

    private long asked(Supplier<Long> work) {
        lock.lock();
        try {
            long answer = work.get();
            show();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void show() {
        LaneMemory.LaneState state = memory.state();
        Run run = Optional.ofNullable(scope).map(here -> here.run.view()).orElse(null);
        if (run == null && requested != null) {
            run = requested.run.view();
        }
        boolean waiting = waitUntil != null;
        String words = state.stop != null ? state.words : waiting ? waitWords : heldBack();
        view = new LaneView(connector != null, waiting, words, run, state);
    }

    private String heldBack() {
        return scope == null ? "" : scope.heldBack;
    }

    private Instant now() {
        return services.clock().instant();
    }
}
