package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.StoreState;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.lane.LaneMemory.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One store's lane, a state machine that the scheduler steps: what happens to it, and what people ask of it. What it has under
 * way is in {@link LaneRuns}, stepped by the {@link Stepper}; at most one call into the connector is in flight
 * ({@link LaneCalls}).
 *
 * <p>Thread-safe: one lock guards everything, and is held for a step at most, never during a call into the connector.
 */
public final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration FOLLOW_AGAIN = Duration.ofSeconds(5);

    private final StoreId store;
    private final LaneServices services;
    private final LaneMemory memory;
    private final LaneWatcher watcher;
    private final Patience patience;
    private final Agenda agenda;
    private final LaneCalls calls;
    private final LaneRuns runs;
    private final Troubles troubles;
    private final Stepper stepper;
    private final ReentrantLock lock = new ReentrantLock();
    /** Whether somebody woke the lane without its lock. */
    private final AtomicBoolean woken = new AtomicBoolean();

    private volatile boolean on;
    private boolean closed;
    /** Whether it is planned to ask the registry again. */
    private boolean toFollow;

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
        this.watcher = watcher;
        this.patience = new Patience(
                services.clock(),
                new Backoff(
                        services.settings().backoffFirst(), services.settings().backoffMost(), services.random()),
                memory);
        this.agenda = new Agenda(store, services, memory);
        this.calls = new LaneCalls(store, services, connectorState, this::locked);
        this.runs = new LaneRuns(store, services, memory, agenda, watcher);
        this.troubles = new Troubles(store, memory, runs, agenda, patience);
        this.stepper =
                new Stepper(store, services, watcher, calls, runs, patience, troubles, this::goesOn, this::locked);
        show();
    }

    // --- what happens to a lane --------------------------------------------------------------------------------------

    /** A connector for the store is there. What stopped the lane before may be mended by it: a full run tries. */
    public void attach(StoreConnector connector, ClassLoader loader) {
        locked(() -> {
            if (closed) {
                return;
            }
            if (calls.connector() != null) {
                letGo("The store's connector was replaced.");
                patience.hurry();
            }
            calls.attach(connector, loader);
            memory.change(state -> state.stop = null);
            askCapabilities();
        });
    }

    /** Nothing is done for a connector before it told what it can; one that failed to is asked again when somebody acts. */
    private void askCapabilities() {
        StoreConnector asked = calls.connector();
        if (asked != null && runs.scope() == null && !calls.underWay()) {
            calls.<Capabilities>call("capabilities", call -> asked.capabilities(), this::told);
        }
    }

    private void told(CallResult<Capabilities> result) {
        if (result instanceof CallResult.Answer<Capabilities> answer) {
            runs.open(new Scope(
                    store,
                    calls.connector(),
                    answer.value(),
                    services.ledger(),
                    services.clock(),
                    services.random(),
                    services.settings(),
                    memory,
                    services.chosen(),
                    services.gate(),
                    new Hints()));
            agenda.now();
            wakeUp();
        } else {
            String words = ((CallResult.Trouble<Capabilities>) result).words();
            runs.refuseAsides(words);
            troubles.stop(Stop.BUG, words);
            watcher.changed(store);
        }
    }

    /** The connector is away. A run under way is interrupted; a push in flight has an unknown outcome. */
    public void detach(StoreConnector gone) {
        locked(() -> {
            if (calls.connector() == gone) {
                letGo("The store's connector went away.");
                // The next one may do better; what the store itself asked for is still waited for.
                patience.hurry();
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
        calls.letGo();
        stepper.cancel();
        runs.close(why);
    }

    /**
     * Something that the store's figures depend on changed. Waits for nobody: the few threads that step all lanes wake them
     * too, and one lane's long step must not hold up the others. Who holds the lock sees to it on letting go.
     */
    public void wake() {
        woken.set(true);
        if (lock.tryLock()) {
            try {
                if (woken.getAndSet(false)) {
                    wakeUp();
                }
                show();
            } finally {
                lock.unlock();
            }
        }
    }

    private void wakeUp() {
        agenda.wake();
        stepper.soon();
    }

    /** The store's orders may have changed: they are pulled as soon as the lane is free. */
    public void hint() {
        locked(() -> {
            if (on) {
                agenda.hint();
                stepper.soon();
            }
        });
    }

    /** Figures of these counters may have changed, and orders: both are looked at, the figures after a moment. */
    public void hint(Set<String> counters) {
        locked(() -> {
            if (on) {
                agenda.hint();
                agenda.hint(counters);
                stepper.soon();
            }
        });
    }

    /**
     * What the registry says of the store may have changed; when it is off, a run under way ends at its next step. It is asked
     * under the lane's lock, so that an answer from before a turning on never comes behind it. While the registry cannot be
     * asked, it is asked again every few seconds.
     */
    public void follow() {
        locked(() -> {
            if (closed) {
                return;
            }
            try {
                switchTo(services.ledger()
                        .stores()
                        .find(store)
                        .map(Store::syncOn)
                        .orElse(false));
                stepper.soon();
            } catch (LeaseLostException lost) {
                throw lost;
            } catch (RuntimeException e) {
                LOG.warn(
                        "{}: whether it is on cannot be read; trying again in {}: {}",
                        store,
                        FOLLOW_AGAIN,
                        e.toString());
                followAgain();
            }
        });
    }

    private void followAgain() {
        if (!toFollow) {
            toFollow = true;
            services.scheduler().schedule(services.clock().instant().plus(FOLLOW_AGAIN), () -> {
                locked(() -> toFollow = false);
                follow();
            });
        }
    }

    private void switchTo(boolean now) {
        boolean was = on;
        on = now;
        if (on && !was) {
            agenda.now();
        }
        if (was && !on) {
            forgetRelease();
            unsubscribe(words -> {});
            watcher.turnedOff(store);
        }
    }

    /** Takes note of how long a unit sold here stayed on sale elsewhere. */
    public void remember(Duration oversellWindow) {
        locked(() -> memory.change(state -> state.oversellWindow = oversellWindow));
    }

    // --- what people ask of a lane -----------------------------------------------------------------------------------

    /**
     * Turns the store on, in the registry too. The choices are kept first, and all of it under the lane's lock, so that no run
     * begins without them.
     *
     * @param registry turns the store on in the registry
     * @return the run that begins
     */
    public long turnOn(Runnable registry, TurnOn choices, String actor) {
        return turnOn(
                registry,
                state -> {
                    state.choices = choices;
                    clearRelease(state);
                },
                actor);
    }

    /** The same as was chosen in a plan. */
    public long turnOn(Runnable registry, TurnOn choices, long plan, String actor) {
        return turnOn(
                registry,
                state -> {
                    state.choices = choices;
                    state.plan = plan;
                    state.planStep = new PlanStep(PlanStep.Kind.TURN_ON, plan);
                },
                actor);
    }

    private long turnOn(Runnable registry, Consumer<LaneMemory.LaneState> choices, String actor) {
        return asked(() -> {
            needsConnector();
            if (PlanStep.is(memory.state().planStep, PlanStep.Kind.UNDO)) {
                throw conflict("Turning " + store + " on is being undone: turn it on again after the end of that.");
            }
            memory.change(choices);
            turnOnIn(registry);
            on = true;
            mend();
            return request(Run.Trigger.TURNED_ON, false, actor);
        });
    }

    private void turnOnIn(Runnable registry) {
        try {
            registry.run();
        } catch (RuntimeException e) {
            // It may be on there all the same: a commit whose answer was lost.
            followAgain();
            throw e;
        }
    }

    /** @return the run that begins, or that is joined */
    public long refresh(RefreshKind kind, String actor) {
        return asked(() -> {
            needsConnector();
            if (!on) {
                throw new ConflictException(
                        ConflictException.Reason.STATE, "Synchronizing is off for " + store + ": turn it on first.");
            }
            mend();
            long run = request(trigger(kind), kind == RefreshKind.HARD, actor);
            if (agenda.isUnderWay(run)) {
                // The run that is joined may have pulled its orders before the last one was placed.
                agenda.hint();
            }
            return run;
        });
    }

    /**
     * Does what a plan says with the next full run, which begins as soon as the lane is free, and after each start until it is
     * done.
     *
     * @return the run that begins
     */
    public long carryOut(PlanStep step, String actor) {
        return asked(() -> {
            needsConnector();
            require(step.kind());
            memory.change(state -> state.planStep = step);
            mend();
            long run = agenda.demand(
                    step.kind() == PlanStep.Kind.UNDO ? Run.Trigger.UNDONE : Run.Trigger.RELEASED, true, actor);
            stepper.soon();
            return run;
        });
    }

    /** @throws ConflictException when the store is not in a state in which that can be done, with the way out */
    public void require(PlanStep.Kind kind) {
        if (kind != PlanStep.Kind.TURN_ON && !on) {
            throw conflict("Synchronizing is off for " + store + ": turn it on first.");
        }
        LaneMemory.LaneState state = memory.state();
        if (kind == PlanStep.Kind.UNDO && !state.heldReason.isEmpty()) {
            throw conflict("The store " + store + " is held, so that nothing can be put back: release it first.");
        }
        if (kind == PlanStep.Kind.UNDO && state.settings.shadow()) {
            throw conflict("The store " + store + " is in shadow, so that nothing can be put back: let it send first.");
        }
    }

    private static ConflictException conflict(String words) {
        return new ConflictException(ConflictException.Reason.STATE, words);
    }

    private static Run.Trigger trigger(RefreshKind kind) {
        return switch (kind) {
            case NORMAL -> Run.Trigger.REFRESH;
            case HARD -> Run.Trigger.HARD_REFRESH;
            case DRY -> Run.Trigger.DRY_RUN;
        };
    }

    private long request(Run.Trigger trigger, boolean hard, String actor) {
        long run = agenda.request(trigger, hard, actor);
        stepper.soon();
        return run;
    }

    /** Lets the lane try again, and lets go what the guard held back. */
    public void resume(String actor) {
        told(() -> {
            mend();
            Scope scope = runs.scope();
            if (scope != null && on) {
                scope.letGo = !scope.heldBack.isEmpty();
                scope.heldBack = "";
                request(Run.Trigger.RETRY, false, actor);
            }
        });
    }

    /** Somebody acts: what stopped the lane may be mended, and waits of its own are over. */
    private void mend() {
        memory.change(state -> state.stop = null);
        patience.hurry();
        askCapabilities();
    }

    private void needsConnector() {
        if (calls.connector() == null) {
            throw new ConflictException(
                    ConflictException.Reason.STATE,
                    "The connector of " + store
                            + " is away: its bundle is not running or its configuration does not hold.");
        }
    }

    /** Keeps the store level otherwise from the next step on. */
    public void configure(StoreSettings settings) {
        told(() -> {
            Duration before = memory.state().settings.interval();
            memory.change(state -> state.settings = settings);
            if (!Objects.equals(before, settings.interval())) {
                agenda.intervalChanged();
            }
            wakeUp();
        });
    }

    /** Pushes nothing until it is released, by what is asked for from now on. The first reason stays. */
    public void hold(String reason) {
        told(() -> memory.change(state -> {
            state.heldReason = state.heldReason.isEmpty() ? reason : state.heldReason;
            clearRelease(state);
        }));
    }

    /** A release is for the store as it was looked at: it does not wait for a later hold, or for turning on. */
    private static void clearRelease(LaneMemory.LaneState state) {
        if (PlanStep.is(state.planStep, PlanStep.Kind.RELEASE)) {
            state.planStep = null;
        }
    }

    private void forgetRelease() {
        if (PlanStep.is(memory.state().planStep, PlanStep.Kind.RELEASE)) {
            memory.change(Lane::clearRelease);
        }
    }

    /** Pushes again. */
    public void release() {
        told(() -> {
            memory.change(state -> state.heldReason = "");
            wakeUp();
        });
    }

    /**
     * Decides over the store's listings between two steps, under the lane's lease: nothing is read or sent meanwhile.
     *
     * @throws LeaseLostException when another node serves the store by now; nothing was decided then
     */
    public <T> T decide(Function<ListingBook, T> decision) {
        return asked(() -> decision.apply(services.ledger().listings()));
    }

    /** Checks the store between two steps. @param told given the report, or a report of why there is none */
    public void check(Consumer<CheckReport> told) {
        // Shown before it is told: who is told of a check that passed may turn the store on at once.
        Consumer<CheckReport> shown = report -> {
            show();
            told.accept(report);
        };
        aside(() -> new StoreCheck(runs.scope(), true, shown), words -> {
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
            if (on && runs.scope() != null) {
                aside(() -> new Subscriptions(runs.scope(), services.callbacks()), words -> {});
            }
        });
    }

    /** Tells the store not to call back any more. @param ended told how it ended: null when all went well, else words */
    public void unsubscribe(Consumer<String> ended) {
        locked(() -> {
            if (memory.state().subscribed == null) {
                ended.accept(null);
            } else {
                aside(() -> new Subscriptions.End(runs.scope()), ended);
            }
        });
    }

    /** Reads an order by its id and applies it. @param ended told in words what came of it */
    public void readOrder(String id, Consumer<String> ended) {
        AtomicReference<OrdersById> work = new AtomicReference<>();
        aside(
                () -> {
                    work.set(new OrdersById(runs.scope(), List.of(id)));
                    return work.get();
                },
                words -> ended.accept(words == null ? work.get().words() : words));
    }

    /**
     * Asks the store something between two steps, whether it is on or not.
     *
     * @param operation a word for it
     * @param told given what came of it, once, while the lane waits: it returns at once
     */
    public <T> void ask(String operation, Question<T> question, Consumer<CallResult<T>> told) {
        AtomicBoolean over = new AtomicBoolean();
        Consumer<CallResult<T>> once = result -> {
            if (!over.getAndSet(true)) {
                told.accept(result);
            }
        };
        aside(() -> new Asked<>(runs.scope(), operation, question, once), words -> {
            // Ended before it was asked; what the store itself answered was told before.
            once.accept(new CallResult.GivenUp<>(words == null ? "The store was not asked." : words));
        });
    }

    /** Does something that a person waits for between two steps, whether the store is on or not. */
    private void aside(Supplier<Activity> work, Consumer<String> ended) {
        told(() -> {
            askCapabilities();
            if (runs.scope() == null && !calls.underWay()) {
                ended.accept("The store's connector is away.");
                return;
            }
            runs.add(new Aside(work, ended));
            stepper.soon();
        });
    }

    // --- what a lane shows -------------------------------------------------------------------------------------------

    /** Whether runs go on: while synchronizing is on, and to undo what turning on did. */
    private boolean goesOn() {
        return on || PlanStep.is(memory.state().planStep, PlanStep.Kind.UNDO);
    }

    /** Whether synchronizing is on, as far as the lane knows. */
    public boolean isOn() {
        return on;
    }

    /** What the lane shows of itself, as of its last step; never waits. */
    public LaneView view() {
        return view;
    }

    private void show() {
        LaneMemory.LaneState state = memory.state();
        boolean waiting = patience.waits();
        String words = state.stop != null ? state.words : waiting ? patience.words() : runs.heldBack();
        view = new LaneView(
                calls.connector() != null, waiting, words, runs.view(), state, LaneView.Callback.of(calls.connector()));
    }

    // --- what activities tell and ask --------------------------------------------------------------------------------

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
        public boolean ordersHinted() {
            return agenda.hinted();
        }

        @Override
        public boolean on() {
            return on;
        }

        @Override
        public void turnedOff() {
            switchTo(false);
        }

        @Override
        public void ordersTaken() {
            agenda.pulling();
        }

        @Override
        public void sold(List<Sale> sales) {
            watcher.sold(store, sales);
        }

        @Override
        public long mark() {
            return watcher.mark();
        }

        @Override
        public void acknowledged(Set<ProductId> products) {
            watcher.acknowledged(store, products);
        }

        @Override
        public void level(long since) {
            watcher.level(store, since);
        }
    }

    // --- the lock ----------------------------------------------------------------------------------------------------

    /** A lane whose lease is over does nothing more and says nothing; it is being closed. */
    private void locked(Runnable work) {
        try {
            told(work);
        } catch (LeaseLostException lost) {
            // Told to the watcher on the way.
        }
    }

    private void told(Runnable work) {
        asked(() -> {
            work.run();
            return 0L;
        });
    }

    private <T> T asked(Supplier<T> work) {
        lock.lock();
        try {
            T answer = work.get();
            show();
            return answer;
        } catch (LeaseLostException lost) {
            watcher.lost(lost.lease());
            throw lost;
        } finally {
            lock.unlock();
            if (woken.get()) {
                wake();
            }
        }
    }
}
