package org.evenkeel.sync.internal.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.Store;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;

/**
 * Makes the orders of a plan of what a store tells. The first time: those that are open and can be taken in. Later on: those that
 * the ledger has not seen, since they were placed while the store was off. Orders that the ledger knows follow their snapshots
 * whatever is chosen; mirrors of another store's orders are booked there.
 */
final class OrderMaker {
    private final OrderBook orders;
    private final Store store;

    /** @param store as it is before the plan is applied */
    OrderMaker(OrderBook orders, Store store) {
        this.orders = orders;
        this.store = store;
    }

    List<PlanOrderEntity> orders(PlanEntity plan, List<OrderEntry> entries) {
        List<PlanOrderEntity> made = new ArrayList<>();
        for (OrderEntry entry : entries) {
            if (entry instanceof OrderSnapshot snapshot && !snapshot.deleted() && snapshot.origin() == null) {
                order(plan, snapshot).ifPresent(made::add);
            }
        }
        return made;
    }

    private Optional<PlanOrderEntity> order(PlanEntity plan, OrderSnapshot snapshot) {
        if (!plan.firstTime && !isMissed(snapshot)) {
            return Optional.empty();
        }
        List<PlanJson.Line> lines = new ArrayList<>();
        for (OrderSnapshot.Line line : snapshot.lines()) {
            LineCounts counts = line.counts().sane();
            long units = plan.firstTime ? counts.booked() : counts.ordered() - counts.cancelled() - counts.returned();
            if (units > 0) {
                lines.add(new PlanJson.Line(
                        line.listing(), line.variant(), line.sku(), line.location(), line.title(), units));
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        PlanOrderEntity order = new PlanOrderEntity();
        order.plan = plan.id;
        order.code = snapshot.id();
        order.name = snapshot.name();
        order.placedAt = snapshot.placedAt();
        order.kind = (plan.firstTime ? PlanOrder.Kind.OPEN : PlanOrder.Kind.MISSED).name();
        order.units = lines.stream().mapToLong(PlanJson.Line::units).reduce(0, Math::addExact);
        order.details = PlanJson.lines(lines);
        return Optional.of(order);
    }

    private boolean isMissed(OrderSnapshot snapshot) {
        return !snapshot.placedAt().isBefore(store.firstTurnedOnAt())
                && orders.order(new OrderKey(store.id(), snapshot.id())).isEmpty();
    }
}
