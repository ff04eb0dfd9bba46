package org.evenkeel.sync.internal.plans;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** Plans as they are looked at. Thread-safe. */
final class PlanLooks {
    private static final int ROWS = 500;

    private final PlanRecords records;
    private final PlanBasis basis;
    private final PlanMaker maker;
    private final PlanApplying applying;

    PlanLooks(PlanRecords records, PlanBasis basis, PlanMaker maker, PlanApplying applying) {
        this.records = records;
        this.basis = basis;
        this.maker = maker;
        this.applying = applying;
    }

    Optional<Plan> plan(long id) {
        return records.find(id).map(this::view);
    }

    /** @param store null for all */
    Page<Plan> plans(StoreId store, PageRequest page) {
        Page<PlanEntity> plans = records.plans(store, page);
        return new Page<>(plans.items().stream().map(this::view).toList(), plans.total(), page);
    }

    Plan view(PlanEntity plan) {
        PlanEntity seen = maker.unlessStalled(applying.mended(plan));
        return PlanViews.plan(seen, seen.state.equals(Plan.State.READY.name()) ? basis.outdated(seen) : "");
    }

    /** @throws NotFoundException when it is not kept (any more) */
    PlanEntity existing(long id) {
        return records.find(id)
                .map(applying::mended)
                .orElseThrow(() -> new NotFoundException("There is no plan " + id + " (any more)."));
    }

    private static boolean isPulling(PlanEntity plan) {
        return plan.state.equals(Plan.State.PULLING.name());
    }

    Page<PlanRow> rows(long id, PlanQuery query) {
        PlanEntity plan = existing(id);
        if (isPulling(plan)) {
            return new Page<>(List.of(), 0, query.page());
        }
        Page<PlanRowEntity> rows =
                records.looks().rows(id, Outcome.holds(plan), query, Totals.found(PlanJson.totals(plan.totals), query));
        return new Page<>(
                rows.items().stream().map(row -> PlanViews.row(plan, row)).toList(), rows.total(), query.page());
    }

    Page<PlanOrder> orders(long id, PlanOrder.Kind kind, PageRequest page) {
        PlanEntity plan = existing(id);
        if (isPulling(plan)) {
            return new Page<>(List.of(), 0, page);
        }
        Page<PlanOrderEntity> orders = records.orders().page(id, kind, page);
        return new Page<>(
                orders.items().stream()
                        .map(order -> PlanViews.order(plan, order))
                        .toList(),
                orders.total(),
                page);
    }

    void export(long id, PlanQuery query, Appendable to) throws IOException {
        PlanEntity plan = existing(id);
        PlanCsv csv = new PlanCsv(to);
        csv.header();
        PlanRowEntity last = null;
        List<PlanRowEntity> rows;
        do {
            rows = isPulling(plan) ? List.of() : records.looks().behind(id, Outcome.holds(plan), query, last, ROWS);
            for (PlanRowEntity row : rows) {
                csv.row(PlanViews.row(plan, row));
                last = row;
            }
        } while (rows.size() == ROWS);
    }
}
