package org.evenkeel.ledger.impl.orders;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderSnapshot.Line;
import org.evenkeel.ledger.OrderSnapshot.Move;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;
import org.evenkeel.ledger.impl.orders.OrderWork.LineWork;
import org.evenkeel.ledger.impl.orders.StoreEffects.Effect;
import org.evenkeel.ledger.impl.posting.PostingLine;
import org.evenkeel.ledger.impl.registry.StoreEntity;

/**
 * Plans what one order does to the ledger: the difference between what its newest snapshot says and what was posted for it
 * before. Nothing is written here, so that an order that cannot be applied is dropped without a trace.
 *
 * <h2>Orders placed before synchronizing was first turned on</h2>
 *
 * Let <em>T</em> be that moment, by the store's clock. For an order placed before T, what had happened to each line <em>at T</em>
 * is its <em>base</em>, fixed when the order is first seen: of each count, the units that did not move at a known time from T
 * on. The stock that the ledger opened with has the base in.
 *
 * <ul>
 *   <li><strong>Taken in</strong>, when the store was turned on so that open orders are taken in and a line had open units at T:
 *       the line follows its snapshots like any other, but what is in its base is not posted. With 5 ordered, 2 sent before T and
 *       1 cancelled, 2 are booked; sending them takes 2 off In Stock. (Opening stock = the store's sellable figure + these 2.)
 *   <li><strong>Recorded</strong> otherwise: nothing is ever booked for it. Units that were cancelled with restock, or returned,
 *       at a known time from T on come back on sale and add to In Stock, as a movement of their own. For units without a time
 *       nobody knows whether the opening stock has them in: nothing is posted, and the line shows them as undecided.
 * </ul>
 *
 * Whether an order is taken in is decided when it is first seen and kept. A line that an edit adds later has no base.
 *
 * <h2>Orders that In Stock counts already</h2>
 *
 * An order that was placed while the store was off, and of which a person said that In Stock counts it already, is recorded like
 * one from before turning on; T is then the moment as of which it was counted.
 */
final class OrderPlanner {
    private final Allocator allocator = new Allocator();
    private final Places places;
    private final Instant turnedOnAt;
    private final boolean takeOpenOrders;
    private final OrderPage.Counted counted;
    private final Instant now;
    private final LongPredicate opened;
    private final String actor;

    /**
     * @param store whose orders; it was turned on
     * @param counted orders that In Stock counts already
     * @param opened whether a product was ever counted: one that was not cannot be oversold, since nobody knows its stock
     * @param actor who posts
     */
    OrderPlanner(
            Places places,
            StoreEntity store,
            OrderPage.Counted counted,
            Instant now,
            LongPredicate opened,
            String actor) {
        this.places = places;
        this.turnedOnAt = store.firstTurnedOnAt;
        this.takeOpenOrders = store.takeOpenOrders;
        this.counted = counted;
        this.now = now;
        this.opened = opened;
        this.actor = actor;
    }

    /**
     * What an order does.
     *
     * @param lines what is to be posted; the order's id is not set yet
     * @param effects what the store did to its own figures
     */
    record Plan(List<PostingLine> lines, List<Effect> effects) {}

    /** A line under plan: what it is to have done, and where units of it moved. */
    private record Wanted(LineWork line, Units units, Moved moved, List<Long> named, Placement placement) {}

    // --- a snapshot --------------------------------------------------------------------------------------------------

    /** Takes a snapshot's content over into the order's row and lines, without deciding products. Before the lines are matched. */
    void take(OrderWork work, OrderSnapshot snapshot, String hash) {
        OrderEntity order = work.order;
        order.name = snapshot.name();
        order.updatedAt = work.fresh || snapshot.updatedAt().isAfter(order.updatedAt) || !snapshot.deleted()
                ? snapshot.updatedAt()
                : order.updatedAt;
        order.revision = Math.max(order.revision, snapshot.revision());
        order.contentHash = hash;
        order.placedAt = snapshot.placedAt();
        order.pending = snapshot.pending();
        order.deleted = snapshot.deleted();
        if (work.fresh) {
            boolean before = snapshot.placedAt().isBefore(turnedOnAt);
            order.takenIn = before && takeOpenOrders && wasOpen(snapshot);
            order.countedAsOf =
                    !before && counted.ids().contains(order.code) ? counted.at().truncatedTo(ChronoUnit.MICROS) : null;
            order.beforeTurnOn = before && !order.takenIn || order.countedAsOf != null;
        }
        int position = 0;
        for (Line line : snapshot.lines()) {
            LineWork known = work.lines.get(line.id());
            OrderLineEntity row = known != null ? known.row : fresh(work, line);
            row.position = position++;
            row.title = line.title();
            row.storeLocation = line.location();
        }
    }

    private boolean wasOpen(OrderSnapshot snapshot) {
        return snapshot.lines().stream().anyMatch(line -> {
            LineCounts counts = line.counts().sane();
            LineCounts base = base(counts, line.moves(), turnedOnAt);
            return counts.ordered() > base.cancelled() + base.lost() + base.fulfilled();
        });
    }

    /** The moment before which an order's units are in the stock that is counted already. */
    private Instant since(OrderWork work) {
        return work.order.countedAsOf == null ? turnedOnAt : work.order.countedAsOf;
    }

    /** What of the counts had happened at a moment. */
    private static LineCounts base(LineCounts counts, List<Move> moves, Instant moment) {
        return new LineCounts(
                counts.ordered(),
                Math.max(0, counts.cancelled() - Moved.since(moves, Move.Kind.CANCELLED, moment)),
                Math.max(0, counts.lost() - Moved.since(moves, Move.Kind.LOST, moment)),
                Math.max(0, counts.fulfilled() - Moved.since(moves, Move.Kind.FULFILLED, moment)),
                Math.max(0, counts.returned() - Moved.since(moves, Move.Kind.RETURNED, moment)));
    }

    private OrderLineEntity fresh(OrderWork work, Line line) {
        OrderLineEntity row = new OrderLineEntity();
        row.code = line.id();
        row.listing = line.listing();
        row.variant = line.variant();
        Lines.sku(row, line.sku());
        if (work.fresh && (work.order.takenIn || work.order.beforeTurnOn)) {
            Lines.base(row, base(line.counts().sane(), line.moves(), since(work)));
        }
        work.add(row, true);
        return row;
    }

    /** Plans what the snapshot that was taken over does, once its lines are matched. */
    Plan plan(OrderWork work, OrderSnapshot snapshot, Sheet sheet) {
        Map<String, Line> shown = new HashMap<>();
        snapshot.lines().forEach(line -> shown.put(line.id(), line));
        List<Effect> effects = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        for (LineWork line : work.sortedLines()) {
            Line now = shown.get(line.row.code);
            LineCounts before = line.fresh
                    ? Lines.beginning(work.order, line.row)
                    : Lines.counts(line.row).sane();
            Lines.count(line.row, now, snapshot.deleted());
            line.row.vanished = now == null;
            effect(line.row, before, now).ifPresent(effects::add);
            Units units = units(work, line.row, before, now);
            wait(work, line.row, now, units);
            wanted.add(wanted(work, line, units, now));
        }
        List<PostingLine> lines = post(work, wanted, sheet);
        work.order.state = Lines.state(work).name();
        return new Plan(lines, effects);
    }

    /** What a line is to have done, were it matched; null leaves what was posted as it is. */
    private Units units(OrderWork work, OrderLineEntity row, LineCounts before, Line now) {
        LineCounts counts = Lines.counts(row).sane();
        if (work.linked()) {
            return Units.NONE;
        }
        if (!work.order.beforeTurnOn) {
            return Units.of(counts, Lines.base(row));
        }
        if (now == null) {
            // Its times are not known any more: what was posted for it stays, and what was open is for a person to
            // decide.
            row.undecided = Math.addExact(row.undecided, counts.cancelled() - before.cancelled());
            return null;
        }
        long cancelled = Math.min(counts.cancelled(), Moved.since(now.moves(), Move.Kind.CANCELLED, since(work)));
        long returned = Math.min(counts.returned(), Moved.since(now.moves(), Move.Kind.RETURNED, since(work)));
        row.undecided = Math.max(0, counts.cancelled() - Moved.dated(now.moves(), Move.Kind.CANCELLED))
                + Math.max(0, counts.returned() - Moved.dated(now.moves(), Move.Kind.RETURNED));
        long back = Math.addExact(cancelled, returned);
        if (Match.UNMATCHED.name().equals(row.match)) {
            row.undecided = Math.addExact(row.undecided, back);
        }
        return Units.back(back);
    }

    /** A line whose SKU nobody owns waits, as long as it would do something. */
    private void wait(OrderWork work, OrderLineEntity row, Line now, Units units) {
        boolean waits = Match.UNMATCHED.name().equals(row.match)
                && !work.order.beforeTurnOn
                && units != null
                && !units.equals(Units.NONE);
        row.waitingSince = !waits ? null : row.waitingSince == null ? this.now : row.waitingSince;
        if (now != null) {
            row.sentAt = Lines.sentAt(now.moves());
        }
    }

    private Wanted wanted(OrderWork work, LineWork line, Units units, Line now) {
        if (line.row.product == null || units == null) {
            return new Wanted(line, null, null, null, null);
        }
        boolean sinceTurnOnOnly = work.order.takenIn || work.order.beforeTurnOn;
        Moved moved = now == null
                ? Moved.NOWHERE
                : Moved.of(
                        now.moves(),
                        move -> !sinceTurnOnOnly
                                || move.at() != null && !move.at().isBefore(since(work)),
                        places);
        if (work.order.beforeTurnOn) {
            moved = backOnly(moved);
        }
        return wanted(line, units, moved);
    }

    /** Of an order that does not book, cancelled units come back where they were cancelled. */
    private static Moved backOnly(Moved moved) {
        Map<Long, Long> back = new LinkedHashMap<>(moved.returned());
        moved.cancelled().forEach((location, quantity) -> back.merge(location, quantity, Math::addExact));
        return new Moved(Map.of(), Map.of(), Map.of(), back);
    }

    private Wanted wanted(LineWork line, Units units, Moved moved) {
        List<Long> named = places.named(line.row.storeLocation);
        return new Wanted(line, units, moved, named, Placement.keep(units, line.posted(), moved, named));
    }

    private static Optional<Effect> effect(OrderLineEntity row, LineCounts before, Line now) {
        LineCounts after = Lines.counts(row).sane();
        long sellable = Lines.sellable(after) - Lines.sellable(before);
        long onHand = after.inStockEffect() - before.inStockEffect();
        if (sellable == 0 && onHand == 0) {
            return Optional.empty();
        }
        String location = now == null ? row.storeLocation : now.location();
        return Optional.of(new Effect(row.listing, row.variant, row.sku, location, sellable, onHand));
    }

    // --- a line that was matched later -------------------------------------------------------------------------------

    /**
     * Plans what lines do that found their product only now, by the counts of the newest snapshot.
     *
     * @param lines of this order, matched
     */
    List<PostingLine> planMatched(OrderWork work, List<LineWork> lines, Sheet sheet) {
        List<Wanted> wanted = lines.stream()
                .map(line -> wanted(work, line, unitsMatched(work, line.row), null))
                .toList();
        List<PostingLine> posting = post(work, wanted, sheet);
        work.order.state = Lines.state(work).name();
        return posting;
    }

    /** Of an order that does not book, the next snapshot tells what came back and when. */
    private static Units unitsMatched(OrderWork work, OrderLineEntity row) {
        if (work.linked() || work.order.beforeTurnOn) {
            return null;
        }
        return Units.of(Lines.counts(row).sane(), Lines.base(row));
    }

    // --- posting -----------------------------------------------------------------------------------------------------

    private List<PostingLine> post(OrderWork work, List<Wanted> wanted, Sheet sheet) {
        List<Wanted> booking =
                wanted.stream().filter(line -> line.placement() != null).toList();
        Optional<Long> together = together(booking, sheet);
        Postings postings = new Postings(work.order, sheet, actor);
        for (Wanted line : booking) {
            Allocator.Allocation allocation = allocate(line, together, sheet);
            OrderLineEntity row = line.line().row;
            Map<Long, Posted> before = line.line().posted();
            Map<Long, Posted> target = line.placement().spread(allocation.places(), fallback(line));
            target.forEach((location, posted) ->
                    postings.difference(row, location, before.getOrDefault(location, Posted.NOTHING), posted));
            line.line().post(row.product, target);
            row.oversold = row.booked > 0 && (row.oversold || allocation.oversold() && opened.test(row.product));
        }
        if (!postings.lines().isEmpty()) {
            work.order.counter = Math.addExact(work.order.counter, 1);
            work.order.appliedAt = now;
        }
        return postings.lines();
    }

    /** The one place that has everything that the lines lack which name no place. */
    private Optional<Long> together(List<Wanted> lines, Sheet sheet) {
        Map<Long, Long> missing = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> line.named().isEmpty() && line.placement().missing() > 0)
                .forEach(line ->
                        missing.merge(line.line().row.product, line.placement().missing(), Math::addExact));
        return missing.isEmpty() ? Optional.empty() : allocator.forAll(missing, places.all(), sheet);
    }

    private Allocator.Allocation allocate(Wanted line, Optional<Long> together, Sheet sheet) {
        long missing = line.placement().missing();
        if (line.named().isEmpty() && together.isPresent() && missing > 0) {
            return new Allocator.Allocation(Map.of(together.get(), missing), false);
        }
        List<Long> candidates = line.named().isEmpty() ? places.all() : line.named();
        return allocator.allocate(line.line().row.product, missing, candidates, sheet);
    }

    private long fallback(Wanted line) {
        return line.named().isEmpty() ? places.all().get(0) : line.named().get(0);
    }
}
