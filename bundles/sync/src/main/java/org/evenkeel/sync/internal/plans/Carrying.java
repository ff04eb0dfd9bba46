package org.evenkeel.sync.internal.plans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** Takes over what was chosen in an earlier plan, as far as it still fits, while the new one is being made. */
final class Carrying {
    private static final int ROWS = 200;

    private final PlanRecords records;

    Carrying(PlanRecords records) {
        this.records = records;
    }

    /** The last plan of the store and kind, whose choices are taken over as far as they fit. */
    static Optional<PlanEntity> previous(PlanRecords records, PlanEntity plan) {
        return records.inStates(new StoreId(plan.store), Set.of(Plan.State.DISCARDED, Plan.State.APPLIED)).stream()
                .filter(old -> old.kind.equals(plan.kind) && (plan.id == null || old.id < plan.id))
                .findFirst()
                .filter(old -> plan.undoes == null || plan.undoes.equals(old.undoes));
    }

    void carry(PlanEntity from, PlanEntity to) {
        long after = 0;
        List<PlanRowEntity> rows;
        do {
            rows = records.rows().chosen(from.id, after, ROWS);
            if (!rows.isEmpty()) {
                after = rows.get(rows.size() - 1).id;
                openings(rows, to);
            }
        } while (rows.size() == ROWS);
        orders(from, to);
    }

    private void openings(List<PlanRowEntity> chosen, PlanEntity to) {
        Map<String, PlanRowEntity> byCanonical = new HashMap<>();
        chosen.stream().filter(row -> row.canonical != null).forEach(row -> byCanonical.put(row.canonical, row));
        Map<String, PlanRowEntity> choices = new HashMap<>();
        records
                .rows()
                .ofFolded(
                        to.id,
                        byCanonical.values().stream().map(row -> row.folded).collect(Collectors.toSet()))
                .stream()
                .filter(row -> row.choosable && byCanonical.containsKey(row.canonical))
                .forEach(row -> choices.putIfAbsent(row.productKey, byCanonical.get(row.canonical)));
        List<PlanRowEntity> changed = new ArrayList<>();
        records.rows().ofProducts(to.id, choices.keySet()).stream()
                .filter(row -> row.choosable)
                .forEach(row -> {
                    PlanRowEntity before = choices.get(row.productKey);
                    if (!(row.conflict && before.choice.equals(Opening.ADOPT.name()))) {
                        row.choice = before.choice;
                        row.quantity = before.quantity;
                        Figuring.work(to, row);
                        changed.add(row);
                    }
                });
        records.rows().update(changed);
    }

    private void orders(PlanEntity from, PlanEntity to) {
        Map<String, MissedOrder> choices = new HashMap<>();
        long after = 0;
        List<PlanOrderEntity> orders;
        do {
            orders = records.orders().orders(from.id, after, ROWS);
            for (PlanOrderEntity order : orders) {
                after = order.id;
                if (order.choice != null) {
                    choices.put(order.code, MissedOrder.valueOf(order.choice));
                }
            }
        } while (orders.size() == ROWS);
        List<PlanOrderEntity> known = records.orders().of(to.id, choices.keySet());
        if (!known.isEmpty()) {
            known.forEach(order -> order.choice = choices.get(order.code).name());
            Loaded loaded = new Loaded();
            new Pending(records).set(to, known, loaded);
            loaded.rows().forEach(row -> Figuring.work(to, row));
            records.choose(to.id, plan -> {}, loaded.rows(), known);
        }
    }
}
