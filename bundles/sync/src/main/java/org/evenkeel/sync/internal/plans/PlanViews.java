package org.evenkeel.sync.internal.plans;

import java.time.Duration;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** What is kept of plans as the API shows it. Stateless. */
final class PlanViews {
    private PlanViews() {}

    static Plan plan(PlanEntity plan, String outdated) {
        Plan.Totals totals = Totals.view(PlanJson.totals(plan.totals));
        Plan.State state = Plan.State.valueOf(plan.state);
        return new Plan(
                plan.id,
                new StoreId(plan.store),
                Plan.Kind.valueOf(plan.kind),
                state,
                plan.actor,
                plan.begunAt,
                plan.readyAt,
                state == Plan.State.APPLIED ? plan.endedAt : null,
                plan.appliedBy,
                plan.words,
                outdated,
                state == Plan.State.READY ? unresolved(totals.conflicts()) : "",
                new Plan.Progress(plan.listings, plan.orders),
                totals,
                new Plan.Defaults(
                        Opening.valueOf(plan.opening), MissedOrder.valueOf(plan.missedOrders), plan.takeOpenOrders),
                Duration.ofMillis(plan.orderLag),
                plan.run,
                plan.undoes,
                plan.undoneBy);
    }

    static String unresolved(long conflicts) {
        return conflicts == 0
                ? ""
                : conflicts + (conflicts == 1 ? " product shows" : " products show")
                        + " different figures and was never counted: tell In Stock for each, or hold it.";
    }

    static PlanRow row(PlanEntity plan, PlanRowEntity row) {
        Outcome outcome = Outcome.of(plan, row);
        return new PlanRow(
                row.id,
                new ListingKey(new StoreId(plan.store), row.listing, row.variant),
                row.sku,
                row.title,
                row.location,
                row.product == null ? null : new ProductId(row.product),
                Findings.of(row),
                row.words,
                row.there,
                row.believed,
                outcome.gets(),
                outcome.change(),
                outcome.opening(),
                row.choosable && row.choice != null,
                row.quantity,
                outcome.inStock(),
                row.before,
                row.sold);
    }

    static PlanOrder order(PlanEntity plan, PlanOrderEntity order) {
        boolean missed = order.kind.equals(PlanOrder.Kind.MISSED.name())
                && Plan.Kind.TURN_ON.name().equals(plan.kind);
        return new PlanOrder(
                order.code,
                order.name,
                order.placedAt,
                PlanOrder.Kind.valueOf(order.kind),
                PlanJson.lines(order.details).stream()
                        .map(line -> new PlanOrder.Line(line.sku(), line.title(), line.units()))
                        .toList(),
                order.units,
                !missed ? null : MissedOrder.valueOf(order.choice == null ? plan.missedOrders : order.choice),
                missed && order.choice != null);
    }
}
