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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.sync.Run.Phase;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.call.CallResult.Trouble;
import org.evenkeel.sync.internal.lane.Chosen.UndoneFigure;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Pushes the figures of an undo: each less what was sold since it was confirmed, read just before, behind the fence, on condition
 * of what was read where the store can do that. A figure above what was read goes only where that is what was believed for
 * certain before: else somebody bought or changed it, and it is decided anew behind another pull and reading, or left. Each push
 * is recorded like any other, so that nothing is forgotten when the host stops.
 *
 * <p>It always comes to an end: an item that spoils its batch is found by halving, and what cannot be put back is told in words.
 */
final class UndoPush implements Activity {
    private static final int ROWS = 200;
    private static final int MOST_DECISIONS = 3;
    private static final int MOST_LONE_TRIES = 8;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    /** Older than any version: after it the figure is still due, should the store be turned on again. */
    private static final long NO_VERSION = -1;

    private static final String UNCERTAIN = "what the store shows is not certain (it was never read, or an outcome is"
            + " outstanding), and its orders come late: a higher figure might list again what was sold.";

    private final Scope scope;
    private final long plan;
    private final Chosen.Undone undone;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private final Halving<Item> halving = new Halving<>();
    /** Items of which nobody knew for certain what the store shows when their turn came. */
    private final Set<Long> uncertain = new HashSet<>();
    /** How many items had got through when an item last failed alone. */
    private final Map<Long, Long> failedAt = new HashMap<>();

    private List<Item> batch = List.of();
    /** What the store was believed to show of the batch before it was read, where that is certain; null before a look. */
    private Map<Long, Long> believed;

    private Map<Long, Long> shown;
    private boolean settled;
    private long mark;
    private boolean all;
    private long after;
    private long through;
    private long left;
    private boolean toConfirm;
    /** Until when nothing is sent, as nothing seemed to work. */
    private Instant notBefore = Instant.MIN;

    /**
     * A figure to be pushed.
     *
     * @param id the ledger's id of it
     * @param figure as it was confirmed
     */
    private record Item(long id, ListingKey key, UndoneFigure figure) {
        String sku() {
            return figure.sku();
        }
    }

    UndoPush(Scope scope, long plan, Chosen.Undone undone) {
        this.scope = scope;
        this.plan = plan;
        this.undone = undone;
        this.mark = scope.fence.mark();
    }

    @Override
    public Next next() {
        if (!scope.hints.on() || scope.withholds()) {
            return stop();
        }
        if (batch.isEmpty() && !take()) {
            return end();
        }
        if (notBefore.isAfter(scope.now())) {
            return scope.ordersFirst() ? new Next.Then(new OrderPull(scope)) : new Next.Until(notBefore);
        }
        if (!scope.fence.covers(mark)) {
            readAgain();
            return new Next.Then(new OrderPull(scope));
        }
        if (believed == null && lookAtBeliefs()) {
            settled = true;
            believed = null;
            return new Next.Then(new Unsettled(scope));
        }
        if (shown == null) {
            Map<Long, FigureTarget> targets = new LinkedHashMap<>();
            batch.forEach(item -> targets.put(item.id(), item.figure().target()));
            return new Next.Then(new ReadBack(scope, targets, readings -> shown = readings));
        }
        return push();
    }

    /** Somebody decided meanwhile that nothing is sent: that counts for an undo, too. */
    private Next stop() {
        scope.run.error((scope.hints.on()
                        ? "Nothing may be sent to the store by now (it is held, or in shadow)"
                        : "The store is off")
                + ": what it shows is left as it is.");
        scope.undoTries.clear();
        return Next.DONE;
    }

    private Next end() {
        if (toConfirm) {
            toConfirm = false;
            return new Next.Then(new Unsettled(scope));
        }
        if (!scope.ledger.listings().accepted(scope.store, 1).isEmpty()) {
            scope.run.error("The store took figures for later and has not confirmed them yet.");
        }
        if (left > 0) {
            scope.run.error(left + " figures could not be put back and stay as the store shows them: change them there,"
                    + " or turn the store on again.");
        }
        scope.undoTries.clear();
        return Next.DONE;
    }

    // --- what goes ---------------------------------------------------------------------------------------------------

    /** The next batch: a part of one that failed, else what comes next. @return whether there is any */
    private boolean take() {
        readAgain();
        settled = false;
        if (halving.nextPart() && halving.part() != null) {
            batch = halving.part();
            return true;
        }
        while (waiting.isEmpty() && !all) {
            load();
        }
        List<Item> next = new ArrayList<>();
        while (!waiting.isEmpty() && next.size() < scope.can.pushBatch()) {
            next.add(waiting.poll());
        }
        batch = List.copyOf(next);
        return !batch.isEmpty();
    }

    private void readAgain() {
        believed = null;
        shown = null;
    }

    private void load() {
        List<UndoneFigure> rows = scope.chosen.undoneFigures(plan, after, ROWS);
        for (UndoneFigure row : rows) {
            after = row.row();
            if (row.figure() != null) {
                item(row).ifPresent(waiting::add);
            }
        }
        all = rows.size() < ROWS;
    }

    private Optional<Item> item(UndoneFigure row) {
        ListingKey key = new ListingKey(
                scope.store,
                row.target().listing().listing(),
                row.target().listing().variant());
        return view(key, row.target().location()).map(figure -> new Item(figure.id(), key, row));
    }

    private Optional<ListingView.Figure> view(ListingKey key, String location) {
        return scope.ledger.listings().listing(key).stream()
                .flatMap(listing -> listing.figures().stream())
                .filter(figure -> figure.storeLocation().equals(location))
                .findFirst();
    }

    /** Takes note of what is believed for certain. @return whether an outcome is outstanding that was not looked into */
    private boolean lookAtBeliefs() {
        boolean outstanding = false;
        believed = new HashMap<>();
        for (Item item : batch) {
            ListingView.Figure figure =
                    view(item.key(), item.figure().target().location()).orElse(null);
            boolean open = figure != null
                    && (figure.outcome() == ListingView.Outcome.UNKNOWN
                            || figure.outcome() == ListingView.Outcome.ACCEPTED);
            outstanding |= open && !settled;
            if (figure != null && figure.belief() != null && !open) {
                believed.put(item.id(), figure.belief());
            } else {
                uncertain.add(item.id());
            }
        }
        return outstanding;
    }

    // --- pushing -----------------------------------------------------------------------------------------------------

    private Next push() {
        Map<ProductId, Long> sold = sold(batch);
        List<Item> items = new ArrayList<>();
        List<PushBatch.Item> sent = new ArrayList<>();
        List<PushRecord.Item> records = new ArrayList<>();
        for (Item item : batch) {
            Long there = shown.get(item.id());
            long number = number(item.figure(), sold);
            if (there == null) {
                leave(item, "the store does not tell its figure.");
            } else if (number != there && mayGo(item, there, number)) {
                items.add(item);
                sent.add(new PushBatch.Item(
                        item.figure().target(), item.sku(), number, scope.can.compareAndSet() ? there : null));
                records.add(new PushRecord.Item(item.id(), number, NO_VERSION, NO_VERSION, true));
                scope.lastSent.put(item.id(), number);
            }
        }
        batch = List.copyOf(items);
        if (items.isEmpty()) {
            return Next.AGAIN;
        }
        readAgain();
        String key = new UUID(scope.random.nextLong(), scope.random.nextLong()).toString();
        scope.run.phase(Phase.Kind.PUSH);
        scope.ledger.listings().sending(new PushRecord(scope.store, key, records));
        PushBatch pushed = new PushBatch(key, sent);
        return new Next.Calling<List<PushOutcome>>(
                "push",
                Transcript.push(pushed),
                call -> scope.connector.push(pushed, call),
                outcomes -> ended(key, items, outcomes),
                trouble -> troubled(key, items, trouble));
    }

    /** A decrease lists nothing again; anything above what the store shows goes only where that was believed. */
    private boolean mayGo(Item item, long there, long number) {
        if (number < there) {
            return true;
        }
        if (uncertain.contains(item.id()) && scope.ordersComeLate()) {
            leave(item, UNCERTAIN);
            return false;
        }
        Long belief = believed.get(item.id());
        if (belief == null || belief != there) {
            again(
                    item,
                    "the store shows " + there + " and was believed to show " + (belief == null ? "?" : belief) + ".");
            return false;
        }
        return true;
    }

    private Map<ProductId, Long> sold(List<Item> items) {
        Set<ProductId> products = new HashSet<>();
        items.stream()
                .map(item -> item.figure().product())
                .filter(product -> product != null)
                .forEach(products::add);
        return products.isEmpty()
                ? new HashMap<>()
                : scope.ledger.listings().sold(scope.store, products, undone.since());
    }

    /** What was confirmed, less what was sold since then. */
    private long number(UndoneFigure figure, Map<ProductId, Long> sold) {
        long since = figure.product() == null ? 0 : sold.getOrDefault(figure.product(), 0L) - figure.sold();
        return Math.min(scope.can.cap(), Math.max(0, figure.figure() - since));
    }

    // --- what came of it ---------------------------------------------------------------------------------------------

    private void ended(String key, List<Item> items, List<PushOutcome> told) {
        List<PushOutcome> outcomes = new ArrayList<>();
        List<PushRecord.Outcome> records = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            outcomes.add(i < told.size() ? told.get(i) : new PushOutcome.Unknown("The connector gave no outcome."));
            records.add(Outcomes.record(items.get(i).id(), outcomes.get(i)));
        }
        scope.ledger.listings().sent(scope.store, key, records, scope.now());
        if (items.size() > 1 && outcomes.stream().allMatch(PushOutcome.NotSent.class::isInstance)) {
            halving.halve(items);
            batch = halving.part();
            return;
        }
        halving.worked();
        scope.run.progress(items.size());
        batch = List.of();
        for (int i = 0; i < items.size(); i++) {
            ended(items.get(i), outcomes.get(i), records.get(i).message());
        }
    }

    private void ended(Item item, PushOutcome outcome, String words) {
        if (outcome instanceof PushOutcome.Acknowledged) {
            through++;
            scope.lastSent.remove(item.id());
            scope.run.count(Count.PUSHED, 1);
        } else if (outcome instanceof PushOutcome.Accepted) {
            through++;
            toConfirm = true;
        } else if (outcome instanceof PushOutcome.Refused) {
            leave(item, words);
        } else {
            again(item, words);
        }
    }

    /** Orders came meanwhile, and it may have taken effect: orders are pulled and the batch is read before it goes again. */
    private boolean troubled(String key, List<Item> items, Trouble<List<PushOutcome>> trouble) {
        mark = scope.fence.mark();
        settled = false;
        if (!(trouble instanceof CallResult.Failed<List<PushOutcome>> failed)) {
            return false;
        }
        scope.ledger
                .listings()
                .sent(
                        scope.store,
                        key,
                        items.stream()
                                .map(item ->
                                        PushRecord.Outcome.of(item.id(), PushRecord.Kind.NOT_SENT, trouble.words()))
                                .toList(),
                        scope.now());
        return switch (halving.failed(items, failed.failure() instanceof TransientException)) {
            case WAIT -> false;
            case HALVED -> {
                batch = halving.part();
                yield true;
            }
            case ALONE -> {
                batch = List.of();
                yield failedAlone(items.get(0), trouble.words());
            }
        };
    }

    /** An item is given up where others got through since it failed, or after many waits. @return that this settles it */
    private boolean failedAlone(Item item, String words) {
        Long before = failedAt.put(item.id(), through);
        int tries = scope.undoTries.merge(item.id(), 1, Integer::sum);
        if (before != null && before < through || tries >= MOST_LONE_TRIES) {
            leave(item, words);
            return true;
        }
        waiting.addLast(item);
        notBefore = scope.now().plus(FIRST_WAIT.multipliedBy(1L << tries));
        return true;
    }

    /** It is decided anew, behind another pull and reading; not for ever. */
    private void again(Item item, String words) {
        mark = scope.fence.mark();
        if (scope.undoTries.merge(item.id(), 1, Integer::sum) < MOST_DECISIONS) {
            waiting.addLast(item);
        } else {
            leave(item, words);
        }
    }

    private void leave(Item item, String words) {
        left++;
        scope.run.count(Count.REFUSED, 1);
        scope.run.error(item.sku() + " could not be put back: " + words);
    }
}
