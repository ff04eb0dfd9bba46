package org.evenkeel.sync.internal.plans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/**
 * What only shows when all pages are there: listings that share a counter, new SKUs that differ in case and white space only,
 * figures of one product that disagree, and what the plan's orders would book. Touches the rows concerned, not all.
 */
final class PlanFinish {
    private static final int KEYS = 200;

    private final PlanRecords records;
    private final Pending pending;

    PlanFinish(PlanRecords records) {
        this.records = records;
        this.pending = new Pending(records);
    }

    void finish(PlanEntity plan) {
        shareCounters(plan);
        spellTwice(plan);
        if (!plan.kind.equals(Plan.Kind.TURN_ON.name())) {
            return;
        }
        disagree(plan);
        List<PlanRowEntity> moved = pending.set(plan, List.of(), new Loaded());
        moved.forEach(row -> work(plan, row));
        records.rows().update(moved);
    }

    private static void work(PlanEntity plan, PlanRowEntity row) {
        Figuring.work(plan, row);
    }

    /** Of listings that share a counter, the first one seen is pushed. */
    private void shareCounters(PlanEntity plan) {
        for (List<String> some : parts(records.rows().countersPushedTwice(plan.id))) {
            Map<String, PlanRowEntity> first = new HashMap<>();
            List<PlanRowEntity> shared = new ArrayList<>();
            for (PlanRowEntity row : records.rows().ofCounters(plan.id, some)) {
                if (!row.sent) {
                    continue;
                }
                PlanRowEntity pushed = first.computeIfAbsent(row.counter, counter -> row);
                if (!pushed.listing.equals(row.listing) || !pushed.variant.equals(row.variant)) {
                    Findings.add(
                            row,
                            Finding.SHARED_COUNTER,
                            "It shares its counter with " + pushed.sku + ", which is pushed for both.");
                    row.sent = false;
                    row.choosable = false;
                    work(plan, row);
                    shared.add(row);
                }
            }
            records.rows().update(shared);
        }
    }

    /** The first spelling seen names the product. */
    private void spellTwice(PlanEntity plan) {
        for (List<String> some : parts(records.rows().newProductsSpeltTwice(plan.id))) {
            Map<String, PlanRowEntity> first = new HashMap<>();
            List<PlanRowEntity> near = new ArrayList<>();
            for (PlanRowEntity row : records.rows().ofProducts(plan.id, some)) {
                PlanRowEntity named = first.computeIfAbsent(row.productKey, key -> row);
                if (!named.canonical.equals(row.canonical)) {
                    Findings.add(
                            row,
                            Finding.NEAR_DUPLICATE,
                            "It is linked to " + named.sku + ", whose SKU differs in case or white space only.");
                    near.add(row);
                }
            }
            records.rows().update(near);
        }
    }

    private void disagree(PlanEntity plan) {
        for (List<String> some : parts(records.rows().productsThatDisagree(plan.id))) {
            Map<String, List<PlanRowEntity>> products = new LinkedHashMap<>();
            records.rows().ofProducts(plan.id, some).stream()
                    .filter(row -> row.choosable)
                    .forEach(row -> products.computeIfAbsent(row.productKey, key -> new ArrayList<>())
                            .add(row));
            products.values().forEach(rows -> {
                Set<Long> shown = new HashSet<>();
                rows.forEach(row -> shown.add(row.there));
                String words = "Listings of this SKU show different figures: "
                        + shown.stream()
                                .sorted()
                                .map(String::valueOf)
                                .reduce((a, b) -> a + ", " + b)
                                .orElse("") + ".";
                rows.forEach(row -> {
                    row.conflict = true;
                    Findings.add(row, Finding.CONFLICT, words);
                    work(plan, row);
                });
            });
            records.rows()
                    .update(products.values().stream().flatMap(List::stream).toList());
        }
    }

    private static List<List<String>> parts(List<String> all) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += KEYS) {
            parts.add(all.subList(from, Math.min(all.size(), from + KEYS)));
        }
        return parts;
    }
}
