package org.evenkeel.sync.internal.kept;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.Page;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;

/**
 * The rows of plans as they are looked at and counted. Each call is one transaction. Thread-safe.
 */
public final class PlanRowQueries {
    private final Persistence persistence;

    PlanRowQueries(Persistence persistence) {
        this.persistence = persistence;
    }

    public Page<PlanRowEntity> rows(long plan, PlanQuery query) {
        Conditions conditions = new Conditions(plan, query);
        return persistence.inStatelessTransaction(session -> {
            var total = session.createSelectionQuery("select count(*) from PlanRow r" + conditions.where(), Long.class);
            conditions.bind(total::setParameter);
            var rows = session.createSelectionQuery(
                            "from PlanRow r" + conditions.where() + " order by r.sortSku, r.id", PlanRowEntity.class)
                    .setFirstResult(query.page().offset())
                    .setMaxResults(query.page().limit());
            conditions.bind(rows::setParameter);
            return new Page<>(rows.getResultList(), total.getSingleResult(), query.page());
        });
    }

    /** The rows behind one, in the order in which they are looked at. @param after the last one before; null for the first */
    public List<PlanRowEntity> behind(long plan, PlanQuery query, PlanRowEntity after, int limit) {
        Conditions conditions = new Conditions(plan, query);
        if (after != null) {
            // The first part is where the index is entered.
            conditions.add("r.sortSku >= :sku and (r.sortSku > :sku or r.id > :id)");
            conditions.parameters.put("sku", after.sortSku);
            conditions.parameters.put("id", after.id);
        }
        return persistence.inStatelessTransaction(session -> {
            var rows = session.createSelectionQuery(
                            "from PlanRow r" + conditions.where() + " order by r.sortSku, r.id", PlanRowEntity.class)
                    .setMaxResults(limit);
            conditions.bind(rows::setParameter);
            return rows.getResultList();
        });
    }

    /** What a query asks for, as HQL. */
    private static final class Conditions {
        private final List<String> all = new ArrayList<>();
        private final Map<String, Object> parameters = new TreeMap<>();

        Conditions(long plan, PlanQuery query) {
            add("r.plan = :plan");
            parameters.put("plan", plan);
            if (!query.text().isBlank()) {
                add("r.search like :text escape '!'");
                parameters.put("text", "%" + escaped(query.text().strip()) + "%");
            }
            if (query.onlyDifferent()) {
                add("r.changes in ('RAISED', 'LOWERED', 'ZEROED')");
            }
            if (!query.changes().isEmpty()) {
                List<String> any = new ArrayList<>();
                query.changes().forEach(change -> any.add("'" + change.name() + "'"));
                add("r.changes in (" + String.join(", ", any) + ")");
            }
            if (!query.findings().isEmpty()) {
                List<String> any = new ArrayList<>();
                query.findings().forEach(finding -> any.add("r.findings like '%," + finding.name() + ",%'"));
                add("(" + String.join(" or ", any) + ")");
            }
        }

        void add(String condition) {
            all.add(condition);
        }

        private static String escaped(String text) {
            return text.toLowerCase(Locale.ROOT)
                    .replace("!", "!!")
                    .replace("%", "!%")
                    .replace("_", "!_");
        }

        String where() {
            return " where " + String.join(" and ", all);
        }

        void bind(BiConsumer<String, Object> query) {
            parameters.forEach(query);
        }
    }

    // --- totals ------------------------------------------------------------------------------------------------------

    /** How many rows there are of each change. */
    public Map<PlanRow.Change, Long> changes(long plan) {
        Map<PlanRow.Change, Long> counts = new TreeMap<>();
        persistence
                .inStatelessTransaction(session -> session.createSelectionQuery(
                                "select r.changes, count(*) from PlanRow r where r.plan = :plan group by r.changes",
                                Object[].class)
                        .setParameter("plan", plan)
                        .getResultList())
                .forEach(row -> counts.put(PlanRow.Change.valueOf((String) row[0]), (Long) row[1]));
        return counts;
    }

    /** How many products disagree without anything that settles it. */
    public long conflictsOpen(long plan, boolean adoptByDefault) {
        if (!adoptByDefault) {
            return 0;
        }
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "select count(distinct r.productKey) from PlanRow r where r.plan = :plan"
                                + " and r.findings like '%,CONFLICT,%' and r.choosable = true and r.choice is null",
                        Long.class)
                .setParameter("plan", plan)
                .getSingleResult());
    }
}
