package org.evenkeel.sync.internal.plans;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.evenkeel.ledger.Sku;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/**
 * Finds out how many units the orders of a plan would book of each row, as of its present choices: the ledger has not counted
 * them yet, while what the store shows is without them.
 */
final class Pending {
    private static final int ORDERS = 200;

    private final PlanRecords records;

    Pending(PlanRecords records) {
        this.records = records;
    }

    /**
     * Sets the units of all rows of a plan.
     *
     * @param changed orders as they are about to be kept, in place of those that are kept
     * @param loaded rows under work already
     * @return the rows whose units are others now: they want to be worked out anew, and to be kept
     */
    List<PlanRowEntity> set(PlanEntity plan, Collection<PlanOrderEntity> changed, Loaded loaded) {
        Map<Long, PlanOrderEntity> instead = new HashMap<>();
        changed.forEach(order -> instead.put(order.id, order));
        Map<Long, PlanRowEntity> rows = new LinkedHashMap<>();
        Map<Long, Long> before = new HashMap<>();
        Function<PlanRowEntity, PlanRowEntity> known = found -> rows.computeIfAbsent(found.id, id -> {
            PlanRowEntity row = loaded.of(found);
            before.put(id, row.pending);
            row.pending = 0;
            return row;
        });
        records.rows().withPending(plan.id).forEach(known::apply);
        long after = 0;
        List<PlanOrderEntity> some;
        do {
            some = records.orders().orders(plan.id, after, ORDERS);
            add(
                    plan,
                    some.stream()
                            .map(order -> instead.getOrDefault(order.id, order))
                            .filter(order -> isBooked(plan, order))
                            .toList(),
                    known);
            after = some.isEmpty() ? after : some.get(some.size() - 1).id;
        } while (some.size() == ORDERS);
        return rows.values().stream()
                .filter(row -> row.pending != before.get(row.id))
                .toList();
    }

    private static boolean isBooked(PlanEntity plan, PlanOrderEntity order) {
        return order.kind.equals(PlanOrder.Kind.OPEN.name())
                ? plan.takeOpenOrders
                : Objects.requireNonNullElse(order.choice, plan.missedOrders).equals(MissedOrder.BOOK.name());
    }

    private void add(PlanEntity plan, List<PlanOrderEntity> orders, Function<PlanRowEntity, PlanRowEntity> known) {
        List<PlanJson.Line> lines = orders.stream()
                .flatMap(order -> PlanJson.lines(order.details).stream())
                .toList();
        Map<PlanJson.Line, String> products = products(plan, lines);
        Map<String, List<PlanRowEntity>> rows = new HashMap<>();
        records.rows()
                .ofProducts(plan.id, new HashSet<>(products.values()))
                .forEach(row -> rows.computeIfAbsent(row.productKey, key -> new ArrayList<>())
                        .add(known.apply(row)));
        for (PlanJson.Line line : lines) {
            List<PlanRowEntity> all = rows.getOrDefault(products.getOrDefault(line, ""), List.of());
            boolean placed = all.stream().anyMatch(row -> row.location.equals(line.location()));
            all.stream()
                    .filter(row -> !placed || row.location.equals(line.location()))
                    .forEach(row -> row.pending = Math.addExact(row.pending, line.units()));
        }
    }

    /** The product of each line: that of its listing, else the one that owns its SKU, exactly before only folded. */
    private Map<PlanJson.Line, String> products(PlanEntity plan, List<PlanJson.Line> lines) {
        Set<String> listings = new HashSet<>();
        Set<String> folded = new HashSet<>();
        lines.forEach(line -> {
            if (line.listing() != null) {
                listings.add(line.listing());
            }
            if (Sku.isPresent(line.sku())) {
                folded.add(new Sku(line.sku()).folded());
            }
        });
        Map<List<String>, String> byListing = new HashMap<>();
        records.rows().ofListings(plan.id, listings).stream()
                .filter(row -> row.productKey != null)
                .forEach(row -> byListing.put(List.of(row.listing, row.variant), row.productKey));
        Map<String, String> exactly = new HashMap<>();
        Map<String, String> byFolded = new HashMap<>();
        records.rows().ofFolded(plan.id, folded).stream()
                .filter(row -> row.productKey != null)
                .forEach(row -> {
                    exactly.putIfAbsent(row.canonical, row.productKey);
                    byFolded.putIfAbsent(row.folded, row.productKey);
                });
        Map<PlanJson.Line, String> products = new HashMap<>();
        for (PlanJson.Line line : lines) {
            String product = line.listing() == null
                    ? null
                    : byListing.get(List.of(line.listing(), Objects.requireNonNullElse(line.variant(), "")));
            if (product == null && Sku.isPresent(line.sku())) {
                Sku sku = new Sku(line.sku());
                product = exactly.getOrDefault(sku.canonical(), byFolded.get(sku.folded()));
            }
            if (product != null) {
                products.put(line, product);
            }
        }
        return products;
    }
}
