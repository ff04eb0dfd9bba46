package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.sync.Run.Phase;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.call.CallResult.Trouble;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Sends what is due until nothing is: decreases first, anything else behind the fence, in batches of the connector's size,
 * each figure with an outcome of its own. An item that spoils its batch is found by halving it.
 */
final class Pushing implements Activity {
    private static final int LEAST_PLAN = 200;
    private static final int MOST_PLAN = 2_000;
    private static final int PATIENCE = 2;
    private static final int LONE_PATIENCE = 3;
    private static final int MOST_SETTLINGS = 3;
    private static final int MOST_WAITS = 10;
    private static final int ALONE_AFTER = 3;
    private static final int MOST_STALES = 6;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);

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
    private final ZeroGuard guard;

    /** Figures that had their turn in this phase. */
    private final Set<Long> left = new HashSet<>();

    /** Figures that the store shows otherwise than believed: to be explained, then planned again. */
    private final Set<Long> stale = new HashSet<>();

    /** Those of them whose present figure the store did not tell. */
    private final Map<Long, FigureTarget> untoldStale = new LinkedHashMap<>();

    private final Map<Long, Integer> lonely = new HashMap<>();
    /** Parts of batches that failed without naming an item. */
    private final Deque<Set<Long>> parts = new ArrayDeque<>();

    private Set<Long> part;
    private Map<Long, Long> readBefore;
    private Sent repeat;
    private boolean unknown;
    private int settlings;
    private int failures;
    /** How often in a row something had to be pulled or read before anything could be sent. */
    private int waits;

    private long pushed;

    /**
     * A batch that went out.
     *
     * @param batch as the connector got it
     * @param figures in its order
     * @param repeated whether it went out a second time under its key
     */
    private record Sent(PushBatch batch, List<DueFigure> figures, boolean repeated) {}

    Pushing(Scope scope, Haste haste) {
        this.scope = scope;
        this.haste = haste;
        this.plan = new PushPlan(scope);
        this.guard = new ZeroGuard(scope);
        this.unknown = true;
    }

    @Override
    public Next next() {
        if (scope.withholds()) {
            return Next.DONE;
        }
        if (repeat != null) {
            Sent again = new Sent(repeat.batch(), repeat.figures(), true);
            repeat = null;
            if (again.figures().stream().allMatch(this::mayStillGo)) {
                return push(again);
            }
            unknown = true;
        }
        if (unknown) {
            unknown = false;
            boolean any = settlings < MOST_SETTLINGS
                    && scope.ledger
                                    .listings()
                                    .dueCount(scope.store, scope.now())
                                    .unknown()
                            > 0;
            if (any) {
                settlings++;
                return new Next.Then(new Unsettled(scope));
            }
        }
        if (!untoldStale.isEmpty()) {
            Map<Long, FigureTarget> targets = Map.copyOf(untoldStale);
            untoldStale.clear();
            return new Next.Then(new ReadBack(scope, targets, readings -> {}));
        }
        if (!stale.isEmpty()) {
            left.removeAll(stale);
            stale.clear();
            return new Next.Then(new GapSettling(scope));
        }
        if (readBefore != null) {
            return pushRead();
        }
        return plan();
    }

    // --- planning ----------------------------------------------------------------------------------------------------

    private Next plan() {
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
            return scope.can.compareAndSet() ? send(batch, Map.of()) : readJustBefore(batch);
        }
        if (!sorted.behind().isEmpty()) {
            return waitForFence(sorted.behind());
        }
        if (!parts.isEmpty()) {
            part = parts.poll();
            return Next.AGAIN;
        }
        if (part != null) {
            part = null;
            return Next.AGAIN;
        }
        return end();
    }

    private List<DueFigure> due() {
        if (part != null) {
            return going(scope.ledger.listings().recheck(scope.store, part));
        }
        // Further than one look goes only where all that it finds must not go.
        int limit = Math.max(LEAST_PLAN, Math.min(MOST_PLAN, 8 * scope.can.pushBatch()));
        while (true) {
            List<DueFigure> due = scope.ledger.listings().due(scope.store, scope.now(), limit);
            List<DueFigure> going = going(guard.pass(due, limit));
            if (!going.isEmpty() || due.size() < limit) {
                return going;
            }
            limit *= 2;
        }
    }

    private List<DueFigure> going(List<DueFigure> due) {
        return due.stream()
                .filter(figure -> !left.contains(figure.id()) && !scope.held.contains(figure.id()))
                .toList();
    }

    private void acknowledge(List<DueFigure> level) {
        scope.ledger
                .listings()
                .acknowledge(
                        scope.store,
                        level.stream()
                                .map(figure -> item(figure, figure.belief()))
                                .toList());
        level.forEach(figure -> left.add(figure.id()));
    }

    private static PushRecord.Item item(DueFigure figure, long number) {
        return new PushRecord.Item(figure.id(), number, figure.productVersion(), figure.ruleVersion());
    }

    /** A reading becomes the belief where none is known; what the store does not tell is left for another time. */
    private Next readFirst(List<DueFigure> unread) {
        return new Next.Then(new ReadBack(
                scope,
                targets(unread),
                readings -> unread.stream()
                        .filter(figure -> !readings.containsKey(figure.id()))
                        .forEach(this::untold)));
    }

    private void untold(DueFigure figure) {
        left.add(figure.id());
        scope.run.error("The store does not tell the figure of " + figure.sku() + ".");
    }

    private static Map<Long, FigureTarget> targets(List<DueFigure> figures) {
        Map<Long, FigureTarget> targets = new LinkedHashMap<>();
        figures.forEach(figure -> targets.put(figure.id(), ReadBack.target(figure)));
        return targets;
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
        if (haste == Haste.URGENT && scope.can.pullCost() == Capabilities.PullCost.DEAR) {
            behind.forEach(figure -> left.add(figure.id()));
            return Next.AGAIN;
        }
        if (++waits > MOST_WAITS) {
            // Their product changes faster than orders can be pulled; the next wake-up takes them up again.
            behind.forEach(figure -> left.add(figure.id()));
            return Next.AGAIN;
        }
        return new Next.Then(new OrderPull(scope));
    }

    private Next end() {
        scope.letGo = false;
        if (pushed > 0) {
            scope.memory.change(state -> state.lastPushAt = scope.now());
        }
        scope.hints.level(pushed > 0);
        return Next.DONE;
    }

    // --- without compare-and-set: up and down are judged against what is read just before
    // ------------------------------

    private Next readJustBefore(List<DueFigure> batch) {
        return new Next.Then(new ReadBack(scope, targets(batch), readings -> {
            readBefore = new LinkedHashMap<>(readings);
            batch.stream().filter(figure -> !readings.containsKey(figure.id())).forEach(this::untold);
        }));
    }

    private Next pushRead() {
        Map<Long, Long> shown = readBefore;
        readBefore = null;
        List<DueFigure> batch = new ArrayList<>();
        for (DueFigure figure : scope.ledger.listings().recheck(scope.store, shown.keySet())) {
            if (mayGo(figure, shown.get(figure.id()))) {
                batch.add(figure);
            }
        }
        if (!batch.isEmpty()) {
            return send(batch, shown);
        }
        if (++waits > MOST_WAITS) {
            left.addAll(shown.keySet());
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
            stale.add(figure.id());
            left.add(figure.id());
            return false;
        }
        // Where its versions moved meanwhile it is planned again.
        return number > shown && plan.fenced(figure);
    }

    // --- sending -----------------------------------------------------------------------------------------------------

    private Next send(List<DueFigure> figures, Map<Long, Long> shown) {
        String key = new UUID(scope.random.nextLong(), scope.random.nextLong()).toString();
        List<PushBatch.Item> items = new ArrayList<>();
        List<PushRecord.Item> records = new ArrayList<>();
        for (DueFigure figure : figures) {
            long number = Numbers.number(figure, scope.can);
            Long expected = scope.can.compareAndSet() ? figure.belief() : null;
            items.add(new PushBatch.Item(ReadBack.target(figure), figure.sku(), number, expected));
            records.add(item(figure, number));
            scope.lastSent.put(figure.id(), number);
        }
        waits = 0;
        scope.run.phase(Phase.Kind.PUSH);
        scope.ledger.listings().sending(new PushRecord(scope.store, key, records));
        return push(new Sent(new PushBatch(key, items), List.copyOf(figures), false));
    }

    private Next push(Sent sent) {
        return new Next.Calling<List<PushOutcome>>(
                "push",
                call -> scope.connector.push(sent.batch(), call),
                outcomes -> ended(sent, outcomes),
                trouble -> troubled(sent, trouble));
    }

    private void ended(Sent sent, List<PushOutcome> outcomes) {
        List<PushOutcome> all = new ArrayList<>(
                outcomes.subList(0, Math.min(outcomes.size(), sent.figures().size())));
        while (all.size() < sent.figures().size()) {
            all.add(new PushOutcome.Unknown("The connector gave no outcome."));
        }
        if (repeats(sent, all)) {
            repeat = sent;
            return;
        }
        boolean noneNamed = sent.figures().size() > 1 && all.stream().allMatch(PushOutcome.NotSent.class::isInstance);
        List<PushRecord.Outcome> records = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        Instant now = scope.now();
        for (int i = 0; i < all.size(); i++) {
            DueFigure figure = sent.figures().get(i);
            records.add(ended(figure, firm(sent, all.get(i)), noneNamed, readings));
        }
        scope.ledger.listings().sent(scope.store, sent.batch().key(), records, now);
        if (!readings.isEmpty()) {
            scope.ledger.listings().read(scope.store, now, readings);
            scope.lastReading = scope.fence.mark();
        }
        scope.run.progress(all.size());
        if (noneNamed) {
            halve(sent.figures());
        } else {
            failures = 0;
        }
    }

    /** Stale under a repeated key may only mean that the first try took effect. */
    private static PushOutcome firm(Sent sent, PushOutcome outcome) {
        return sent.repeated() && outcome instanceof PushOutcome.Stale
                ? new PushOutcome.Unknown("The figure moved while the outcome was unknown.")
                : outcome;
    }

    private PushRecord.Outcome ended(DueFigure figure, PushOutcome outcome, boolean noneNamed, List<Reading> readings) {
        if (outcome instanceof PushOutcome.Acknowledged) {
            pushed++;
            scope.run.count(Count.PUSHED, 1);
            scope.stales.remove(figure.id());
            scope.lastSent.remove(figure.id());
        } else if (outcome instanceof PushOutcome.Refused refused) {
            scope.run.count(Count.REFUSED, 1);
            scope.run.error(figure.sku() + ": " + refused.message());
            left.add(figure.id());
        } else if (outcome instanceof PushOutcome.Stale told) {
            return staleOutcome(figure, told, readings);
        } else if (outcome instanceof PushOutcome.NotSent notSent && !noneNamed) {
            return notSent(figure, notSent);
        } else if (outcome instanceof PushOutcome.Unknown) {
            scope.run.count(Count.UNKNOWN, 1);
            unknown = true;
        } else if (outcome instanceof PushOutcome.Accepted) {
            left.add(figure.id());
            unknown = true;
        }
        return Outcomes.record(figure.id(), outcome);
    }

    private PushRecord.Outcome staleOutcome(DueFigure figure, PushOutcome.Stale told, List<Reading> readings) {
        int times = scope.stales.merge(figure.id(), 1, Integer::sum);
        scope.run.count(Count.STALE, 1);
        if (told.actual() != null) {
            readings.add(new Reading(figure.id(), told.actual()));
        }
        if (times >= MOST_STALES) {
            scope.stales.remove(figure.id());
            left.add(figure.id());
            return retrying(figure, "The store's figure keeps moving.");
        }
        stale.add(figure.id());
        left.add(figure.id());
        if (told.actual() == null) {
            untoldStale.put(figure.id(), ReadBack.target(figure));
        }
        return Outcomes.record(figure.id(), told);
    }

    private PushRecord.Outcome notSent(DueFigure figure, PushOutcome.NotSent outcome) {
        int times = lonely.merge(figure.id(), 1, Integer::sum);
        if (times < LONE_PATIENCE) {
            return Outcomes.record(figure.id(), outcome);
        }
        left.add(figure.id());
        scope.run.error(figure.sku() + ": " + outcome.message());
        return retrying(figure, outcome.message());
    }

    private PushRecord.Outcome retrying(DueFigure figure, String words) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(10, Math.max(0, figure.attempts())));
        Instant at = scope.now()
                .plus(wait.compareTo(scope.settings.backoffMost()) < 0 ? wait : scope.settings.backoffMost());
        return new PushRecord.Outcome(figure.id(), PushRecord.Kind.RETRYING, words, null, null, at);
    }

    /** Whether an identical batch may, and should, be repeated under its key. */
    private boolean repeats(Sent sent, List<PushOutcome> outcomes) {
        return mayRepeat(sent) && outcomes.stream().allMatch(PushOutcome.Unknown.class::isInstance);
    }

    /** A raise whose fence has grown old meanwhile is not repeated: it is read back like any other unknown outcome. */
    private boolean mayStillGo(DueFigure figure) {
        return Numbers.number(figure, scope.can) < figure.belief() || plan.fenced(figure);
    }

    private boolean mayRepeat(Sent sent) {
        return !sent.repeated() && scope.can.idempotencyKeys() && scope.can.compareAndSet();
    }

    // --- trouble with a whole batch
    // ------------------------------------------------------------------------------------

    private boolean troubled(Sent sent, Trouble<List<PushOutcome>> trouble) {
        if (!(trouble instanceof CallResult.Failed<List<PushOutcome>> failed) || sent.repeated()) {
            unknown = true;
            if (trouble instanceof CallResult.GivenUp && mayRepeat(sent)) {
                repeat = sent;
            } else if (!sent.repeated()) {
                scope.run.count(Count.UNKNOWN, sent.figures().size());
            }
            return false;
        }
        boolean passing = failed.failure() instanceof TransientException;
        failures = passing ? failures + 1 : failures;
        if (!passing || failures <= PATIENCE && part == null) {
            nothingSent(sent, trouble.words());
            return false;
        }
        // It fails again and again while the lane waited in between: is it one item?
        if (sent.figures().size() > 1) {
            nothingSent(sent, trouble.words());
            halve(sent.figures());
            return true;
        }
        DueFigure lone = sent.figures().get(0);
        left.add(lone.id());
        scope.run.error(lone.sku() + ": " + trouble.words());
        scope.ledger
                .listings()
                .sent(scope.store, sent.batch().key(), List.of(retrying(lone, trouble.words())), scope.now());
        return failures % (2 * LONE_PATIENCE) != 0;
    }

    private void nothingSent(Sent sent, String words) {
        List<PushRecord.Outcome> records = sent.figures().stream()
                .map(figure -> PushRecord.Outcome.of(figure.id(), PushRecord.Kind.NOT_SENT, words))
                .toList();
        scope.ledger.listings().sent(scope.store, sent.batch().key(), records, scope.now());
    }

    private void halve(List<DueFigure> figures) {
        int half = figures.size() / 2;
        parts.push(ids(figures.subList(half, figures.size())));
        parts.push(ids(figures.subList(0, half)));
        part = parts.poll();
    }

    private static Set<Long> ids(List<DueFigure> figures) {
        return figures.stream().map(DueFigure::id).collect(Collectors.toSet());
    }
}
