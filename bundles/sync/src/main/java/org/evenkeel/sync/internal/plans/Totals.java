package org.evenkeel.sync.internal.plans;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow.Change;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowQueries;

/** Counts what a plan found. Findings are counted once, when all rows are there; what follows from choices, with each. */
final class Totals {
    private final PlanRecords records;

    Totals(PlanRecords records) {
        this.records = records;
    }

    /** Counts everything. */
    PlanJson.Totals all(PlanEntity plan) {
        Map<Finding, Long> findings = new EnumMap<>(Finding.class);
        long count = 0;
        for (Map.Entry<String, Long> some : records.looks().findings(plan.id).entrySet()) {
            Findings.of(some.getKey()).forEach(finding -> findings.merge(finding, some.getValue(), Long::sum));
            count += some.getValue();
        }
        Map<String, Long> names = new LinkedHashMap<>();
        findings.forEach((finding, number) -> names.put(finding.name(), number));
        Map<String, Long> orders = new LinkedHashMap<>();
        records.orders().kinds(plan.id).forEach((kind, number) -> orders.put(kind.name(), number));
        return chosen(plan, new PlanJson.Totals(plan.listings, count, names, Map.of(), 0, orders, 0));
    }

    /** Counts anew what follows from choices. */
    PlanJson.Totals chosen(PlanEntity plan, PlanJson.Totals known) {
        Map<String, Long> changes = new LinkedHashMap<>();
        records.looks()
                .changes(plan.id, Outcome.holds(plan))
                .forEach((change, number) -> changes.put(change.name(), number));
        return new PlanJson.Totals(
                known.listings(),
                known.rows(),
                known.findings(),
                changes,
                conflicts(plan, known),
                known.orders(),
                records.orders().skipped(plan.id, MissedOrder.valueOf(plan.missedOrders)));
    }

    /** Products whose figures differ and for which nothing was chosen: held by default, they are settled. */
    private long conflicts(PlanEntity plan, PlanJson.Totals known) {
        boolean any = known.findings().getOrDefault(Finding.CONFLICT.name(), 0L) > 0;
        return any && plan.opening.equals(Opening.ADOPT.name())
                ? records.looks().conflictsOpen(plan.id)
                : 0;
    }

    /** How many rows a query finds, where that was counted already; empty where they are to be counted. */
    static OptionalLong found(PlanJson.Totals totals, PlanQuery query) {
        boolean byChange = query.onlyDifferent() || !query.changes().isEmpty();
        if (!query.text().isBlank()
                || query.findings().size() > 1
                || byChange && !query.findings().isEmpty()) {
            return OptionalLong.empty();
        }
        if (!query.findings().isEmpty()) {
            Finding finding = query.findings().iterator().next();
            return OptionalLong.of(totals.findings().getOrDefault(finding.name(), 0L));
        }
        if (!byChange) {
            return OptionalLong.of(totals.rows());
        }
        return OptionalLong.of(Stream.of(Change.values())
                .filter(change -> !query.onlyDifferent() || PlanRowQueries.DIFFERENT.contains(change))
                .filter(change -> query.changes().isEmpty() || query.changes().contains(change))
                .mapToLong(change -> totals.changes().getOrDefault(change.name(), 0L))
                .sum());
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
