package org.evenkeel.sync.internal.lane;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Sends what is due until nothing is, in the ledger's order of what matters: decreases at once where the store takes them on a
 * condition, anything else behind the fence, in batches of the connector's size, each figure with an outcome of its own.
 */
final class Pushing implements Activity {
    private static final int MOST_SETTLINGS = 3;
    private static final int MOST_WAITS = 10;
    private static final int ALONE_AFTER = 3;

    /** Why it is done. */
    enum Haste {
        /** As a part of a full run. */
        CALM,
        /** Something changed: where order pulls are dear, only decreases go. */
        URGENT
    }

    private final Scope scope;
    private final Haste haste;
    private final PushPlan plan;
    private final Turns turns = new Turns();
    private final Verdicts verdicts;
    private final Sending sending;

    /** What the store shows of a batch that goes next, where up and down are judged against that. */
    private Map<Long, Long> readBefore;

    /** When what is due was last asked for. */
    private long looked;

    private int settlings;
    /** How often in a row something had to be pulled or read before anything could be sent. */
    private int waits;

    Pushing(Scope scope, Haste haste) {
        this.scope = scope;
        this.haste = haste;
        this.plan = new PushPlan(scope);
        this.verdicts = new Verdicts(scope, turns);
        this.sending = new Sending(scope, plan, verdicts);
        // Outcomes that a former run left unknown come first.
        verdicts.unknown();
    }

    @Override
    public Next next() {
        if (scope.withholds()) {
            return Next.DONE;
        }
        Next repeat = sending.takeRepeat();
        if (repeat != null) {
            return repeat;
        }
        if (verdicts.takeUnknown() && settlings < MOST_SETTLINGS && anyUnknown()) {
            settlings++;
            return new Next.Then(new Unsettled(scope));
        }
        Map<Long, FigureTarget> untold = turns.takeUntold();
        if (!untold.isEmpty()) {
            return new Next.Then(new ReadBack(scope, untold, readings -> {}));
        }
        if (turns.takeStale()) {
            return new Next.Then(new GapSettling(scope));
        }
        if (readBefore != null) {
            return pushRead();
        }
        return scope.ordersFirst() ? new Next.Then(new OrderPull(scope)) : push();
    }

    private boolean anyUnknown() {
        return listings().dueCount(scope.store, scope.now()).unknown() > 0;
    }

    private ListingBook listings() {
        return scope.ledger.listings();
    }

    // --- planning ----------------------------------------------------------------------------------------------------

    private Next push() {
        PushPlan.Sorted sorted = plan.sort(due());
        if (!sorted.level().isEmpty()) {
            acknowledge(sorted.level());
            return Next.AGAIN;
        }
        if (!sorted.unread().isEmpty()) {
            return readFirst(sorted.unread());
        }
        if (!sorted.ready().isEmpty()) {
            List<DueFigure> batch = batch(sorted.ready());
            return scope.can.compareAndSet() ? send(batch) : readJustBefore(batch);
        }
        if (!sorted.behind().isEmpty()) {
            return waitForFence(sorted.behind());
        }
        return sending.nextPart() ? Next.AGAIN : end();
    }

    private List<DueFigure> due() {
        looked = scope.hints.mark();
        Set<Long> part = sending.part();
        Set<Long> drifted = Drifted.waiting(scope);
        return part != null
                ? mayGo(listings().recheck(scope.store, part), drifted)
                : plan.due(due -> mayGo(due, drifted));
    }

    private List<DueFigure> mayGo(List<DueFigure> due, Set<Long> drifted) {
        return due.stream()
                .filter(figure ->
                        !turns.isOver(figure) && !scope.held.contains(figure.id()) && !drifted.contains(figure.id()))
                .toList();
    }

    private void acknowledge(List<DueFigure> level) {
        listings()
                .acknowledge(
                        scope.store,
                        level.stream()
                                .map(figure -> PushPlan.item(figure, figure.belief()))
                                .toList());
        level.forEach(figure -> turns.end(figure.id()));
    }

    /** As many as go together; one that was stale too often goes alone. */
    private List<DueFigure> batch(List<DueFigure> ready) {
        DueFigure first = ready.get(0);
        if (alone(first)) {
            return List.of(first);
        }
        Set<List<String>> places = new HashSet<>();
        return ready.stream()
                .filter(figure -> !alone(figure) && places.add(List.of(figure.counter(), figure.storeLocation())))
                .limit(scope.can.pushBatch())
                .toList();
    }

    private boolean alone(DueFigure figure) {
        return scope.stales.getOrDefault(figure.id(), 0) >= ALONE_AFTER;
    }

    private Next waitForFence(List<DueFigure> behind) {
        boolean dear = haste == Haste.URGENT && scope.can.pullCost() == Capabilities.PullCost.DEAR;
        if (dear || ++waits > MOST_WAITS) {
            // Pulls are dear, or their product changes faster than orders can be pulled: a later wake-up takes them up.
            behind.forEach(figure -> turns.end(figure.id()));
            return Next.AGAIN;
        }
        return new Next.Then(new OrderPull(scope));
    }

    private Next send(List<DueFigure> batch) {
        waits = 0;
        return sending.send(batch);
    }

    private Next end() {
        boolean pushed = verdicts.acknowledged() > 0;
        scope.letGo = false;
        if (pushed) {
            scope.memory.change(state -> state.lastPushAt = scope.now());
        }
        if (!anyUnknown()) {
            scope.hints.level(looked);
        }
        return Next.DONE;
    }

    // --- what is read first ------------------------------------------------------------------------------------------

    /** A reading becomes the belief where none is known; what the store does not tell is left for another time. */
    private Next readFirst(List<DueFigure> unread) {
        return read(unread, readings -> {});
    }

    /** Without compare-and-set, up and down are judged against what is read just before. */
    private Next readJustBefore(List<DueFigure> batch) {
        return read(batch, readings -> readBefore = new LinkedHashMap<>(readings));
    }

    private Next read(List<DueFigure> figures, Consumer<Map<Long, Long>> seen) {
        Map<Long, FigureTarget> targets = new LinkedHashMap<>();
        figures.forEach(figure -> targets.put(figure.id(), ReadBack.target(figure)));
        return new Next.Then(new ReadBack(scope, targets, readings -> {
            seen.accept(readings);
            figures.stream()
                    .filter(figure -> !readings.containsKey(figure.id()))
                    .forEach(this::untold);
        }));
    }

    private void untold(DueFigure figure) {
        turns.end(figure.id());
        scope.run.error("The store does not tell the figure of " + figure.sku() + ".");
    }

    private Next pushRead() {
        Map<Long, Long> shown = readBefore;
        readBefore = null;
        List<DueFigure> batch = new ArrayList<>();
        for (DueFigure figure : listings().recheck(scope.store, shown.keySet())) {
            if (mayGo(figure, shown.get(figure.id()))) {
                batch.add(figure);
            }
        }
        if (!batch.isEmpty()) {
            return send(batch);
        }
        if (++waits > MOST_WAITS) {
            shown.keySet().forEach(turns::end);
        }
        return Next.AGAIN;
    }

    private boolean mayGo(DueFigure figure, long shown) {
        long number = Numbers.number(figure, scope.can);
        boolean expected = figure.belief() == null || figure.belief() == shown;
        if (number < shown) {
            if (!expected && scope.ordersComeLate()) {
                scope.lookLater(figure.id(), ReadBack.target(figure), scope.now());
            }
            return true;
        }
        if (!expected) {
            // The smaller of both is what the store shows already: there is nothing to send before that is explained.
            scope.run.count(Count.STALE, 1);
            turns.stale(figure, true);
            return false;
        }
        // Where its versions moved meanwhile it is planned again.
        return number > shown && plan.fenced(figure);
    }
}
