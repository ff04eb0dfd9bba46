package org.evenkeel.sync.internal.kept;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;

/**
 * The orders of plans, written and read some at a time. Each call is one transaction. Thread-safe.
 */
public final class PlanOrderRecords {
    private final Persistence persistence;

    PlanOrderRecords(Persistence persistence) {
        this.persistence = persistence;
    }

    /**
     * Keeps orders in place of what was kept of them before, and how far the plan is.
     *
     * @param codes all that were seen: those without an order among {@code orders} are forgotten
     * @return whether the plan is still being made: else nothing was kept
     */
    public boolean add(long plan, Set<String> codes, List<PlanOrderEntity> orders, Instant now) {
        return persistence.inStatelessTransaction(session -> {
            if (!PlanPulling.goesOn(session, plan, 0, codes.size(), now)) {
                return false;
            }
            for (List<String> part : PlanParts.of(PlanParts.keys(plan, codes))) {
                session.createMutationQuery("delete from PlanOrder o where o.codeKey in (:keys)")
                        .setParameterList("keys", part)
                        .executeUpdate();
            }
            if (!orders.isEmpty()) {
                orders.forEach(order -> {
                    order.codeKey = PlanKeys.of(plan, order.code);
                    order.placedAt = SyncRecords.micros(order.placedAt);
                });
                session.insertMultiple(orders);
            }
            return true;
        });
    }

    /** Orders, oldest first. @param kind only those; null for all */
    public Page<PlanOrderEntity> page(long plan, PlanOrder.Kind kind, PageRequest page) {
        return persistence.inStatelessTransaction(session -> {
            String where = " where o.plan = :plan" + (kind == null ? "" : " and o.kind = '" + kind.name() + "'");
            List<PlanOrderEntity> orders = session.createSelectionQuery(
                            "from PlanOrder o" + where + " order by o.placedAt, o.id", PlanOrderEntity.class)
                    .setParameter("plan", plan)
                    .setFirstResult(page.offset())
                    .setMaxResults(page.limit())
                    .getResultList();
            long total = session.createSelectionQuery("select count(*) from PlanOrder o" + where, Long.class)
                    .setParameter("plan", plan)
                    .getSingleResult();
            return new Page<>(orders, total, page);
        });
    }

    /** Orders by id, some at a time. @param after the last one before; 0 for the first */
    public List<PlanOrderEntity> orders(long plan, long after, int limit) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "from PlanOrder o where o.plan = :plan and o.id > :after order by o.id", PlanOrderEntity.class)
                .setParameter("plan", plan)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
    }

    /** Those of some orders that a plan shows. */
    public List<PlanOrderEntity> of(long plan, Collection<String> codes) {
        List<PlanOrderEntity> found = new ArrayList<>();
        for (List<String> part : PlanParts.of(PlanParts.keys(plan, codes))) {
            found.addAll(persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                            "from PlanOrder o where o.codeKey in (:keys)", PlanOrderEntity.class)
                    .setParameterList("keys", part)
                    .getResultList()));
        }
        return found;
    }

    /** How many orders there are of each kind. */
    public Map<PlanOrder.Kind, Long> kinds(long plan) {
        Map<PlanOrder.Kind, Long> counts = new TreeMap<>();
        persistence
                .inStatelessTransaction(session -> session.createSelectionQuery(
                                "select o.kind, count(*) from PlanOrder o where o.plan = :plan group by o.kind",
                                Object[].class)
                        .setParameter("plan", plan)
                        .getResultList())
                .forEach(row -> counts.put(PlanOrder.Kind.valueOf((String) row[0]), (Long) row[1]));
        return counts;
    }

    /** How many missed orders are to be skipped. */
    public long skipped(long plan, PlanChoices.MissedOrder byDefault) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "select count(*) from PlanOrder o where o.plan = :plan and o.kind = 'MISSED'"
                                + " and coalesce(o.choice, :default) = 'SKIP'",
                        Long.class)
                .setParameter("plan", plan)
                .setParameter("default", byDefault.name())
                .getSingleResult());
    }
}
