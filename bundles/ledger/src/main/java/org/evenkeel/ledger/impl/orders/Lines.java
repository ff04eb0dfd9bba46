package org.evenkeel.ledger.impl.orders;

import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.OrderSnapshot.Line;
import org.evenkeel.ledger.OrderSnapshot.Move;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.OrderView.State;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;

/** What rows of order lines say, in values. */
final class Lines {
    private Lines() {}

    static LineCounts counts(OrderLineEntity row) {
        return new LineCounts(row.ordered, row.cancelled, row.lost, row.fulfilled, row.returned);
    }

    static LineCounts base(OrderLineEntity row) {
        return new LineCounts(row.ordered, row.baseCancelled, row.baseLost, row.baseFulfilled, row.baseReturned);
    }

    static void base(OrderLineEntity row, LineCounts base) {
        row.baseCancelled = base.cancelled();
        row.baseLost = base.lost();
        row.baseFulfilled = base.fulfilled();
        row.baseReturned = base.returned();
        row.ordered = base.ordered();
    }

    static void sku(OrderLineEntity row, String raw) {
        boolean present = Sku.isPresent(raw);
        row.sku = present ? raw : null;
        row.folded = present ? new Sku(raw).folded() : null;
    }

    /**
     * Takes a snapshot's counts over. What a newer snapshot no longer shows, and what the store has no more, is cancelled as far
     * as it was not sent or lost.
     */
    static void count(OrderLineEntity row, Line now, boolean deleted) {
        LineCounts counts = now == null ? counts(row) : now.counts();
        row.flagged = counts.contradictory();
        if (now == null || deleted) {
            LineCounts sane = counts.sane();
            counts = new LineCounts(
                    sane.ordered(),
                    sane.ordered() - sane.lost() - sane.fulfilled(),
                    sane.lost(),
                    sane.fulfilled(),
                    sane.returned());
        }
        row.ordered = counts.ordered();
        row.cancelled = counts.cancelled();
        row.lost = counts.lost();
        row.fulfilled = counts.fulfilled();
        row.returned = counts.returned();
    }

    /**
     * The counts that a new line began with, as far as the store's figures are concerned. What became of an order that In Stock
     * counts already moved the store's figures all the same, since they were last looked at.
     */
    static LineCounts beginning(OrderEntity order, OrderLineEntity row) {
        if (order.countedAsOf != null) {
            return LineCounts.NONE;
        }
        return order.takenIn || order.beforeTurnOn ? base(row) : LineCounts.NONE;
    }

    /** What a line with these counts did to what its store can sell. */
    static long sellable(LineCounts counts) {
        return counts.returned() + counts.cancelled() - counts.ordered();
    }

    /** When the last units left, as far as the store tells; null when it does not tell for all. */
    static Instant sentAt(List<Move> moves) {
        Instant last = null;
        for (Move move : moves) {
            if (move.kind() == Move.Kind.FULFILLED || move.kind() == Move.Kind.LOST) {
                if (move.at() == null) {
                    return null;
                }
                last = last == null || move.at().isAfter(last) ? move.at() : last;
            }
        }
        return last;
    }

    /** What became of an order, from its lines. */
    static State state(OrderWork work) {
        if (work.order.deleted) {
            return State.DELETED;
        }
        List<OrderLineEntity> followed = work.lines.values().stream()
                .map(line -> line.row)
                .filter(row -> !Match.NOT_TRACKED.name().equals(row.match))
                .toList();
        if (work.linked() || work.order.beforeTurnOn || followed.isEmpty()) {
            return State.RECORDED;
        }
        if (followed.stream().anyMatch(row -> counts(row).sane().booked() > 0)) {
            return State.OPEN;
        }
        return followed.stream().anyMatch(row -> row.fulfilled > 0) ? State.FULFILLED : State.CANCELLED;
    }
}
