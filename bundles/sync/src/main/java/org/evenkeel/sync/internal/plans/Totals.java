package org.evenkeel.sync.internal.plans;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanRow.Change;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** Counts what a plan found. Findings are counted once, when all rows are there; what follows from choices, with each. */
final class Totals {
    private static final int ROWS = 1_000;

    private final PlanRecords records;

    Totals(PlanRecords records) {
        this.records = records;
    }

    /** Counts everything. */
    PlanJson.Totals all(PlanEntity plan) {
        Map<Finding, Long> findings = new EnumMap<>(Finding.class);
        long count = 0;
        long after = 0;
        List<PlanRowEntity> rows;
        do {
            rows = records.rows().rows(plan.id, after, ROWS);
            for (PlanRowEntity row : rows) {
                Findings.of(row).forEach(finding -> findings.merge(finding, 1L, Long::sum));
                after = row.id;
            }
            count += rows.size();
        } while (rows.size() == ROWS);
        Map<String, Long> names = new LinkedHashMap<>();
        findings.forEach((finding, number) -> names.put(finding.name(), number));
        Map<String, Long> orders = new LinkedHashMap<>();
        records.orders().kinds(plan.id).forEach((kind, number) -> orders.put(kind.name(), number));
        return chosen(plan, new PlanJson.Totals(plan.listings, count, names, Map.of(), 0, orders, 0));
    }

    /** Counts anew what follows from choices. */
    PlanJson.Totals chosen(PlanEntity plan, PlanJson.Totals known) {
        Map<String, Long> changes = new LinkedHashMap<>();
        records.looks().changes(plan.id).forEach((change, number) -> changes.put(change.name(), number));
        return new PlanJson.Totals(
                known.listings(),
                known.rows(),
                known.findings(),
                changes,
                records.looks().conflictsOpen(plan.id, plan.opening.equals(Opening.ADOPT.name())),
                known.orders(),
                records.orders().skipped(plan.id, MissedOrder.valueOf(plan.missedOrders)));
    }

    static Plan.Totals view(PlanJson.Totals kept) {
        Map<Finding, Long> findings = new EnumMap<>(Finding.class);
        kept.findings().forEach((name, number) -> findings.put(Finding.valueOf(name), number));
        Map<Change, Long> changes = new EnumMap<>(Change.class);
        kept.changes().forEach((name, number) -> changes.put(Change.valueOf(name), number));
        Map<PlanOrder.Kind, Long> orders = new EnumMap<>(PlanOrder.Kind.class);
        kept.orders().forEach((name, number) -> orders.put(PlanOrder.Kind.valueOf(name), number));
        return new Plan.Totals(
                kept.listings(), kept.rows(), findings, changes, kept.conflicts(), orders, kept.skipped());
    }
}
