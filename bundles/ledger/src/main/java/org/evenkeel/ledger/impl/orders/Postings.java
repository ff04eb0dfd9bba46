package org.evenkeel.ledger.impl.orders;

import java.util.ArrayList;
import java.util.List;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.Movement.Reference;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.PostingLine;

/** Collects the movements of one applying of one order. Units that were sent are released in the same movement. */
final class Postings {
    private final OrderEntity order;
    private final Sheet sheet;
    private final String actor;
    private final List<PostingLine> lines = new ArrayList<>();

    Postings(OrderEntity order, Sheet sheet, String actor) {
        this.order = order;
        this.sheet = sheet;
        this.actor = actor;
    }

    /** Who posts what a store's snapshots say. */
    static String actor(String store) {
        return "store:" + store;
    }

    List<PostingLine> lines() {
        return lines;
    }

    /** What a line does to a level, beyond what it did before. */
    void difference(OrderLineEntity line, long location, Posted before, Posted target) {
        long booked = target.booked() - before.booked();
        long fulfilled = target.fulfilled() - before.fulfilled();
        long lost = target.lost() - before.lost();
        long withFulfilled = released(booked, fulfilled);
        long withLost = released(booked - withFulfilled, lost);
        add(line, location, 0, booked - withFulfilled - withLost, Reason.ORDER_BOOKED);
        add(line, location, -fulfilled, withFulfilled, Reason.ORDER_FULFILLED);
        add(line, location, -lost, withLost, Reason.ORDER_LOST);
        add(line, location, target.returned() - before.returned(), 0, Reason.ORDER_RETURNED);
    }

    /** The part of a change of Booked that belongs to units that left, or to units that did not leave after all. */
    private static long released(long booked, long left) {
        return left > 0 ? -Math.min(left, Math.max(0, -booked)) : Math.min(-left, Math.max(0, booked));
    }

    private void add(OrderLineEntity line, long location, long inStock, long booked, Reason reason) {
        if (inStock == 0 && booked == 0) {
            return;
        }
        PostingLine posting = new PostingLine(
                new LevelKey(line.product, location),
                inStock,
                booked,
                0,
                reason,
                new Reference(
                        Reference.Kind.ORDER_LINE,
                        order.store + "/" + order.code + "/" + line.code,
                        Math.addExact(order.counter, 1)),
                order.id,
                "",
                actor,
                null,
                false);
        sheet.plan(posting);
        lines.add(posting);
    }
}
