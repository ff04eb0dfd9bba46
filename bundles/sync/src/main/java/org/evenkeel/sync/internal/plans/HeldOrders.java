package org.evenkeel.sync.internal.plans;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.lane.Lane;

/**
 * Finds the orders of a held store that came in since anything was pushed there last: its lane pulls and books them all along,
 * and a person who lets the store go sees what the figures there have not heard of.
 */
final class HeldOrders {
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 25;

    private final PlanRecords records;
    private final OrderBook orders;
    private final InstantSource clock;

    HeldOrders(PlanRecords records, OrderBook orders, InstantSource clock) {
        this.records = records;
        this.orders = orders;
        this.clock = clock;
    }

    void find(PlanEntity plan, Lane lane) {
        Instant pushed = lane.view().state().lastPushAt;
        Instant since = pushed == null ? Instant.EPOCH : pushed;
        for (int page = 0; page < MOST_PAGES; page++) {
            List<OrderView> some = orders.orders(
                            new OrderQuery(new StoreId(plan.store), null, "", null, new PageRequest(page * PAGE, PAGE)))
                    .items();
            List<PlanOrderEntity> found = new ArrayList<>();
            Set<String> codes = new HashSet<>();
            for (OrderView order : some) {
                if (order.firstSeenAt().isAfter(since) && !order.beforeTurnOn() && order.linkedTo() == null) {
                    codes.add(order.key().id());
                    found.add(order(plan, order));
                }
            }
            found.removeIf(order -> order.units == 0);
            if (!codes.isEmpty()) {
                records.orders().add(plan.id, codes, found, clock.instant());
            }
            if (some.size() < PAGE || codes.isEmpty()) {
                return;
            }
        }
    }

    private static PlanOrderEntity order(PlanEntity plan, OrderView view) {
        List<PlanJson.Line> lines = new ArrayList<>();
        for (OrderView.Line line : view.lines()) {
            LineCounts counts = line.counts().sane();
            long units = counts.ordered() - counts.cancelled() - counts.returned();
            if (units > 0) {
                lines.add(new PlanJson.Line(null, null, line.sku(), null, line.title(), units));
            }
        }
        PlanOrderEntity order = new PlanOrderEntity();
        order.plan = plan.id;
        order.code = view.key().id();
        order.name = view.name();
        order.placedAt = view.placedAt();
        order.kind = PlanOrder.Kind.MISSED.name();
        order.units = lines.stream().mapToLong(PlanJson.Line::units).reduce(0, Math::addExact);
        order.details = PlanJson.lines(lines);
        return order;
    }
}
