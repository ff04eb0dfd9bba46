package org.evenkeel.sync.internal.lane;

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
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.sync.Run.Phase;
import org.evenkeel.sync.internal.lane.Chosen.UndoneFigure;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Pushes the figures of an undo: each less what was sold since it was confirmed, read just before, behind the fence, on condition
 * of what was read where the store can do that. What was read is not what is believed: then somebody bought or changed it, and a
 * figure above is not sent. Each push is recorded like any other, so that nothing is forgotten when the host stops.
 */
final class UndoPush implements Activity {
    private static final int ROWS = 200;
    /** Older than any version: after it the figure is still due, should the store be turned on again. */
    private static final long NO_VERSION = -1;

    private final Scope scope;
    private final long plan;
    private final Chosen.Undone undone;
    private long mark;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private List<Item> batch = List.of();
    private Map<Long, Long> shown;
    private boolean all;
    private long after;

    /**
     * A figure to be pushed.
     *
     * @param id the ledger's id of it
     * @param figure as it was confirmed
     */
    private record Item(long id, ListingKey key, UndoneFigure figure) {}

    UndoPush(Scope scope, long plan, Chosen.Undone undone) {
        this.scope = scope;
        this.plan = plan;
        this.undone = undone;
        this.mark = scope.fence.mark();
    }

    @Override
    public Next next() {
        if (waiting.isEmpty() && batch.isEmpty() && !all) {
            load();
            return Next.AGAIN;
        }
        if (batch.isEmpty()) {
            while (!waiting.isEmpty() && batch.size() < scope.can.pushBatch()) {
                batch = plus(batch, waiting.poll());
            }
            if (batch.isEmpty()) {
                return Next.DONE;
            }
        }
        if (!scope.fence.covers(mark)) {
            shown = null;
            return new Next.Then(new OrderPull(scope));
        }
        if (shown == null) {
            Map<Long, FigureTarget> targets = new LinkedHashMap<>();
            batch.forEach(item -> targets.put(item.id(), item.figure().target()));
            return new Next.Then(new ReadBack(scope, targets, readings -> shown = readings));
        }
        return push();
    }

    private static List<Item> plus(List<Item> items, Item next) {
        List<Item> more = new ArrayList<>(items);
        more.add(next);
        return more;
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

    // --- pushing -----------------------------------------------------------------------------------------------------

    private Next push() {
        Map<Long, Long> read = shown;
        shown = null;
        List<Item> all = batch;
        Map<ProductId, Long> sold = sold(all);
        List<Item> items = new ArrayList<>();
        List<PushBatch.Item> sent = new ArrayList<>();
        List<PushRecord.Item> records = new ArrayList<>();
        for (Item item : all) {
            Long there = read.get(item.id());
            if (there == null) {
                scope.run.error(
                        "The store does not tell the figure of " + item.figure().sku() + ": it is left as it is.");
                continue;
            }
            long number = number(item.figure(), sold);
            if (number == there || number > there && !isBelieved(item, there)) {
                continue;
            }
            items.add(item);
            sent.add(new PushBatch.Item(
                    item.figure().target(), item.figure().sku(), number, scope.can.compareAndSet() ? there : null));
            records.add(new PushRecord.Item(item.id(), number, NO_VERSION, NO_VERSION, true));
        }
        if (items.isEmpty()) {
            batch = List.of();
            return Next.AGAIN;
        }
        String key = new UUID(scope.random.nextLong(), scope.random.nextLong()).toString();
        scope.run.phase(Phase.Kind.PUSH);
        scope.ledger.listings().sending(new PushRecord(scope.store, key, records));
        PushBatch pushed = new PushBatch(key, sent);
        return new Next.Calling<List<PushOutcome>>(
                "push",
                Transcript.push(pushed),
                call -> scope.connector.push(pushed, call),
                outcomes -> ended(key, items, outcomes),
                trouble -> decidedAnew());
    }

    /** It may have taken effect, and orders came meanwhile: orders are pulled and the batch is read before it is sent again. */
    private boolean decidedAnew() {
        mark = scope.fence.mark();
        return false;
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

    private boolean isBelieved(Item item, long there) {
        Long belief = view(item.key(), item.figure().target().location())
                .map(ListingView.Figure::belief)
                .orElse(null);
        if (belief == null || belief == there) {
            return true;
        }
        scope.run.error("The store shows " + there + " for " + item.figure().sku() + " and was believed to show "
                + belief + ": it is left as it is.");
        return false;
    }

    private void ended(String key, List<Item> items, List<PushOutcome> outcomes) {
        List<PushRecord.Outcome> records = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            PushOutcome outcome =
                    i < outcomes.size() ? outcomes.get(i) : new PushOutcome.Unknown("The connector gave no outcome.");
            records.add(Outcomes.record(items.get(i).id(), outcome));
            if (outcome instanceof PushOutcome.Acknowledged) {
                scope.run.count(Count.PUSHED, 1);
            } else if (!(outcome instanceof PushOutcome.Accepted)) {
                scope.run.count(Count.REFUSED, 1);
                scope.run.error(items.get(i).figure().sku() + " could not be put back: "
                        + records.get(i).message());
            }
        }
        scope.ledger.listings().sent(scope.store, key, records, scope.now());
        scope.run.progress(items.size());
        batch = List.of();
    }
}
