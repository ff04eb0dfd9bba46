package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane has under way: a stack of {@link Activity activities}, the run that they belong to, and what people wait for
 * beside it. Guarded by the lane.
 */
final class LaneRuns {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRuns.class);
    private static final String SYSTEM = "system";

    private final StoreId store;
    private final LaneServices services;
    private final LaneMemory memory;
    private final Agenda agenda;
    private final LaneWatcher watcher;
    private final Deque<Activity> stack = new ArrayDeque<>();
    private final Deque<Aside> asides = new ArrayDeque<>();
    private Scope scope;

    LaneRuns(StoreId store, LaneServices services, LaneMemory memory, Agenda agenda, LaneWatcher watcher) {
        this.store = store;
        this.services = services;
        this.memory = memory;
        this.agenda = agenda;
        this.watcher = watcher;
    }

    /** What activities share; null until a connector told what it can. */
    Scope scope() {
        return scope;
    }

    void open(Scope attached) {
        scope = attached;
    }

    /** Ends all of it, for the connector is no longer there. */
    void close(String why) {
        interrupt(Run.Result.INTERRUPTED, scope == null ? "" : why);
        refuseAsides(why);
        scope = null;
    }

    // --- beside runs -------------------------------------------------------------------------------------------------

    void add(Aside aside) {
        asides.add(aside);
    }

    /** Tells those who wait for something beside a run that it is not done. */
    void refuseAsides(String why) {
        asides.forEach(aside -> aside.end(why));
        asides.clear();
    }

    /** Lets what people wait for go first. @return whether that is what is under way now */
    boolean takeAside() {
        if (!asides.isEmpty()) {
            stack.push(asides.poll());
        }
        return stack.stream().anyMatch(Aside.class::isInstance);
    }

    // --- the stack ---------------------------------------------------------------------------------------------------

    /** Whether orders or a change wait that must not wait for the end of something long. */
    boolean urgent() {
        return agenda.urgent();
    }

    /** How many activities are under way, each but the last waiting for the next. */
    int depth() {
        return stack.size();
    }

    /** The activity to be stepped; null when nothing is under way. */
    Activity top() {
        return stack.peek();
    }

    void push(Activity first) {
        stack.push(first);
    }

    /** The topmost activity is finished, and with the last one the run. @param on whether synchronizing is on */
    void pop(boolean on) {
        stack.pop();
        if (!stack.isEmpty()) {
            return;
        }
        if (scope.run.records() && ended(scope.run.result(), "")) {
            agenda.schedule();
        }
        if (on) {
            agenda.planItems();
        }
    }

    // --- runs --------------------------------------------------------------------------------------------------------

    /** Begins whatever is next by now. @return whether something is */
    boolean begin(Instant now) {
        if (memory.state().stop != null || services.gate().isClosed()) {
            return false;
        }
        Agenda.Full full = agenda.begin(now);
        if (full != null) {
            beginFull(full);
            return true;
        }
        if (agenda.takeHint()) {
            beginSmall(Run.Trigger.WEBHOOK, () -> new OrderPull(scope), () -> scope.pushing(Pushing.Haste.URGENT));
            return true;
        }
        if (agenda.takeChange(now) && !scope.isHeld()) {
            beginSmall(Run.Trigger.CHANGE, () -> scope.pushing(Pushing.Haste.URGENT));
            return true;
        }
        if (scope.openAgainAt != null && !scope.openAgainAt.isAfter(now)) {
            scope.openAgainAt = null;
            beginSmall(
                    Run.Trigger.RETRY,
                    () -> new OrderPull(scope),
                    () -> new Opening(scope),
                    () -> scope.pushing(Pushing.Haste.URGENT));
            return true;
        }
        Set<String> toRead = agenda.takeToRead(now);
        if (!toRead.isEmpty()) {
            beginSmall(
                    Run.Trigger.WEBHOOK,
                    () -> new HintedReading(scope, toRead),
                    () -> new GapSettling(scope),
                    () -> scope.pushing(Pushing.Haste.URGENT));
            return true;
        }
        Instant look = scope.nextLook();
        if (look != null && !look.isAfter(now)) {
            scope.settleAgainAt = null;
            beginSmall(
                    Run.Trigger.RETRY,
                    () -> new Verification(scope),
                    () -> new GapSettling(scope),
                    () -> scope.pushing(Pushing.Haste.URGENT));
            return true;
        }
        Instant orderLook = scope.nextOrderLook();
        if (orderLook != null && !orderLook.isAfter(now)) {
            begin(agenda.look(), () -> new OrderPull(scope), () -> scope.pushing(Pushing.Haste.URGENT));
            return true;
        }
        return false;
    }

    /** When something begins by time; null when nothing does. */
    Instant next() {
        if (memory.state().stop != null || services.gate().isClosed()) {
            return null;
        }
        Instant look = Scope.earlier(scope.nextLook(), scope.nextOrderLook());
        return agenda.next(Scope.earlier(look, scope.openAgainAt));
    }

    private void beginFull(Agenda.Full full) {
        scope.run = full.run;
        scope.dry = full.dry;
        scope.heldBack = "";
        scope.rehearsed.clear();
        beginWith(full.dry ? ordinary(full) : carryingOut(full, memory.state().planStep));
    }

    /** What of a plan is to be done with the next full run that sends, is done by it. */
    private Activity carryingOut(Agenda.Full full, PlanStep step) {
        if (PlanStep.is(step, PlanStep.Kind.UNDO)) {
            return new Undoing(scope, step.plan());
        }
        return PlanStep.is(step, PlanStep.Kind.RELEASE) ? releasing(full, step) : ordinary(full);
    }

    private Activity ordinary(Agenda.Full full) {
        return new Sequence(List.of(
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
                () -> scope.pushing(Pushing.Haste.CALM),
                () -> new Subscriptions(scope, services.callbacks())));
    }

    /** All of it is read back, and believed once the orders are known that came before it was read. */
    private Activity releasing(Agenda.Full full, PlanStep step) {
        return new Sequence(List.of(
                () -> new StoreCheck(scope, false, report -> {}),
                () -> new OrderPull(scope),
                () -> new ListingPull(scope, true),
                () -> {
                    full.pastListings = true;
                    return new OrderPull(scope);
                },
                () -> new Releasing(scope, step),
                () -> new Opening(scope),
                () -> new GapSettling(scope),
                () -> new OpenOrders(scope),
                () -> scope.pushing(Pushing.Haste.CALM),
                () -> new Subscriptions(scope, services.callbacks())));
    }

    @SafeVarargs
    private void beginSmall(Run.Trigger trigger, Supplier<Activity>... parts) {
        begin(agenda.record(trigger, SYSTEM), parts);
    }

    @SafeVarargs
    private void begin(RunRecorder run, Supplier<Activity>... parts) {
        scope.run = run;
        scope.dry = false;
        beginWith(new Sequence(List.of(parts)));
    }

    /** No run goes by what its lane was told of the switch: that is read first. */
    private void beginWith(Activity first) {
        stack.push(first);
        stack.push(new SwitchLook(scope));
        watcher.changed(store);
    }

    /** Ends the run under way, and those that were asked for, before their time. */
    void interrupt(Run.Result result, String why) {
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

    /** Ends the run under way. @return whether it was a full one that sends */
    private boolean ended(Run.Result result, String words) {
        RunRecorder run = scope.run;
        scope.run = RunRecorder.NONE;
        scope.dry = false;
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

    /** The run under way, or else the one that was asked for; null when there is none. */
    Run view() {
        Run run = scope == null ? null : scope.run.view();
        Agenda.Full requested = agenda.requested();
        return run == null && requested != null ? requested.run.view() : run;
    }

    /** What waits for a person's decision, in words; empty when nothing does. */
    String heldBack() {
        return scope == null ? "" : scope.heldBack;
    }
}
