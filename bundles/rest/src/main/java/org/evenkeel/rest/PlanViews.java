package org.evenkeel.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.evenkeel.ledger.Page;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanRow;

/** The shapes of plans in the API's answers. */
final class PlanViews {
    private PlanViews() {}

    record PlanPage(List<PlanView> items, long total, int offset, int limit) {
        static PlanPage of(Page<Plan> page) {
            return new PlanPage(
                    Views.shaped(page, PlanView::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    /**
     * A plan.
     *
     * @param explanation words for the state, with the way out; empty when there is nothing to say
     * @param outdated why it can no longer be applied; empty while it can be
     * @param unresolved which choice is still to be made; empty when none is
     * @param applicable whether it can be applied now
     * @param orderLagSeconds how late orders may show up in the store: products are opened that much later; 0 for at once
     */
    record PlanView(
            long id,
            String store,
            String kind,
            String state,
            String actor,
            Instant begunAt,
            Instant readyAt,
            Instant appliedAt,
            String appliedBy,
            String explanation,
            String outdated,
            String unresolved,
            boolean applicable,
            Plan.Progress progress,
            Totals totals,
            Plan.Defaults defaults,
            long orderLagSeconds,
            Long run,
            Long undoes,
            Long undoneBy) {
        static PlanView of(Plan plan) {
            return new PlanView(
                    plan.id(),
                    plan.store().value(),
                    plan.kind().name(),
                    plan.state().name(),
                    plan.actor(),
                    plan.begunAt(),
                    plan.readyAt(),
                    plan.appliedAt(),
                    plan.appliedBy(),
                    plan.explanation(),
                    plan.outdated(),
                    plan.unresolved(),
                    plan.applicable(),
                    plan.progress(),
                    Totals.of(plan.totals()),
                    plan.defaults(),
                    plan.orderLag().toSeconds(),
                    plan.run(),
                    plan.undoes(),
                    plan.undoneBy());
        }
    }

    record Totals(
            long listings,
            long rows,
            Map<String, Long> findings,
            Map<String, Long> changes,
            long conflicts,
            Map<String, Long> orders,
            long skipped) {
        static Totals of(Plan.Totals totals) {
            return new Totals(
                    totals.listings(),
                    totals.rows(),
                    named(totals.findings()),
                    named(totals.changes()),
                    totals.conflicts(),
                    named(totals.orders()),
                    totals.skipped());
        }

        private static Map<String, Long> named(Map<? extends Enum<?>, Long> counts) {
            Map<String, Long> named = new TreeMap<>();
            counts.forEach((constant, count) -> named.put(constant.name(), count));
            return named;
        }
    }

    record RowPage(List<Row> items, long total, int offset, int limit) {
        static RowPage of(Page<PlanRow> page) {
            return new RowPage(
                    Views.shaped(page, Row::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record Row(
            long id,
            String listing,
            String variant,
            String sku,
            String title,
            String storeLocation,
            Long product,
            List<String> findings,
            String words,
            Long there,
            Long believed,
            Long gets,
            String change,
            PlanChoices.Opening choice,
            boolean chosen,
            Long quantity,
            Long inStock,
            Long before,
            Long sold) {
        static Row of(PlanRow row) {
            return new Row(
                    row.id(),
                    row.listing().listing(),
                    row.listing().variant(),
                    row.sku(),
                    row.title(),
                    row.storeLocation(),
                    row.product() == null ? null : row.product().value(),
                    row.findings().stream().map(Enum::name).sorted().toList(),
                    row.words(),
                    row.there(),
                    row.believed(),
                    row.gets(),
                    row.change().name(),
                    row.choice(),
                    row.chosen(),
                    row.quantity(),
                    row.inStock(),
                    row.before(),
                    row.sold());
        }
    }

    record FoundOrderPage(List<FoundOrder> items, long total, int offset, int limit) {
        static FoundOrderPage of(Page<PlanOrder> page) {
            return new FoundOrderPage(
                    Views.shaped(page, FoundOrder::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record FoundLine(String sku, String title, long units) {
        static FoundLine of(PlanOrder.Line line) {
            return new FoundLine(line.sku(), line.title(), line.units());
        }
    }

    record FoundOrder(
            String id,
            String name,
            Instant placedAt,
            String kind,
            List<FoundLine> lines,
            long units,
            PlanChoices.MissedOrder choice,
            boolean chosen) {
        static FoundOrder of(PlanOrder order) {
            return new FoundOrder(
                    order.id(),
                    order.name(),
                    order.placedAt(),
                    order.kind().name(),
                    order.lines().stream().map(FoundLine::of).toList(),
                    order.units(),
                    order.choice(),
                    order.chosen());
        }
    }
}
