package org.evenkeel.sync.internal.kept;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.Page;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.hibernate.StatelessSession;

/**
 * The rows of plans as they are looked at and counted. Each call is one transaction. Thread-safe.
 */
public final class PlanRowQueries {
    /** So many rows are counted while they are looked for. */
    private static final int FEW = 10_000;

    private static final String NOTHING_CHOSEN = "(r.choosable = true and r.choice is null)";
    /** Changes of rows that would get another figure. */
    public static final Set<PlanRow.Change> DIFFERENT =
            EnumSet.of(PlanRow.Change.RAISED, PlanRow.Change.LOWERED, PlanRow.Change.ZEROED);

    private final Persistence persistence;

    PlanRowQueries(Persistence persistence) {
        this.persistence = persistence;
    }

    /**
     * A page of rows. Their ids are found first, by the index alone where all are wanted: so that skipping very many rows does not
     * read them.
     *
     * @param holds whether what nothing was chosen for is held: see {@link PlanRowEntity#gets}
     * @param known how many rows the query finds, where that is known; else they are counted, in the same look where they are few
     */
    public Page<PlanRowEntity> rows(long plan, boolean holds, PlanQuery query, OptionalLong known) {
        Conditions conditions = new Conditions(plan, holds, query);
        return persistence.inStatelessTransaction(session -> {
            if (known.isPresent()) {
                List<Long> page = ids(
                        session, conditions, query.page().offset(), query.page().limit());
                return new Page<>(byId(session, page), known.getAsLong(), query.page());
            }
            List<Long> first = ids(session, conditions, 0, FEW);
            boolean few = first.size() < FEW;
            int end = query.page().offset() + query.page().limit();
            List<Long> page = few || end <= FEW
                    ? first.subList(Math.min(first.size(), query.page().offset()), Math.min(first.size(), end))
                    : ids(
                            session,
                            conditions,
                            query.page().offset(),
                            query.page().limit());
            return new Page<>(byId(session, page), few ? first.size() : count(session, conditions), query.page());
        });
    }

    private static List<Long> ids(StatelessSession session, Conditions conditions, int offset, int limit) {
        var ids = session.createSelectionQuery(
                        "select r.id from PlanRow r" + conditions.where() + " order by r.sortSku, r.id", Long.class)
                .setFirstResult(offset)
                .setMaxResults(limit);
        conditions.bind(ids::setParameter);
        return ids.getResultList();
    }

    private static List<PlanRowEntity> byId(StatelessSession session, List<Long> ids) {
        Map<Long, PlanRowEntity> rows = new HashMap<>();
        for (List<Long> part : PlanParts.of(ids)) {
            session.createSelectionQuery("from PlanRow r where r.id in (:ids)", PlanRowEntity.class)
                    .setParameterList("ids", part)
                    .getResultList()
                    .forEach(row -> rows.put(row.id, row));
        }
        return ids.stream().map(rows::get).filter(Objects::nonNull).toList();
    }

    private static long count(StatelessSession session, Conditions conditions) {
        var total = session.createSelectionQuery("select count(*) from PlanRow r" + conditions.where(), Long.class);
        conditions.bind(total::setParameter);
        return total.getSingleResult();
    }

    /**
     * The rows behind one, in the order in which they are looked at.
     *
     * @param holds as above
     * @param after the last one before; null for the first
     */
    public List<PlanRowEntity> behind(long plan, boolean holds, PlanQuery query, PlanRowEntity after, int limit) {
        Conditions conditions = new Conditions(plan, holds, query);
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

        Conditions(long plan, boolean holds, PlanQuery query) {
            add("r.plan = :plan");
            parameters.put("plan", plan);
            if (!query.text().isBlank()) {
                add("r.search like :text escape '!'");
                parameters.put("text", "%" + escaped(query.text().strip()) + "%");
            }
            if (query.onlyDifferent()) {
                add(changes(DIFFERENT, holds));
            }
            if (!query.changes().isEmpty()) {
                add(changes(query.changes(), holds));
            }
            if (!query.findings().isEmpty()) {
                List<String> any = new ArrayList<>();
                query.findings().forEach(finding -> any.add("r.findings like '%," + finding.name() + ",%'"));
                add("(" + String.join(" or ", any) + ")");
            }
        }

        private static String changes(Set<PlanRow.Change> wanted, boolean holds) {
            String any =
                    wanted.stream().map(change -> "'" + change.name() + "'").collect(Collectors.joining(", "));
            String kept = "r.changes in (" + any + ")";
            if (!holds) {
                return kept;
            }
            return wanted.contains(PlanRow.Change.NOT_SENT)
                    ? "(" + kept + " or " + NOTHING_CHOSEN + ")"
                    : kept + " and not " + NOTHING_CHOSEN;
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

    /** How many rows there are of each change. @param holds as above */
    public Map<PlanRow.Change, Long> changes(long plan, boolean holds) {
        Map<PlanRow.Change, Long> counts = new EnumMap<>(PlanRow.Change.class);
        persistence.inStatelessTransaction(session -> {
            counted(session, plan, "r.changes", holds ? " and not " + NOTHING_CHOSEN : "")
                    .forEach((change, number) -> counts.put(PlanRow.Change.valueOf(change), number));
            if (holds) {
                counted(session, plan, "r.plan", " and " + NOTHING_CHOSEN)
                        .values()
                        .forEach(held -> counts.merge(PlanRow.Change.NOT_SENT, held, Long::sum));
            }
            return null;
        });
        return counts;
    }

    /** How many rows have each set of findings, as it is kept. */
    public Map<String, Long> findings(long plan) {
        return persistence.inStatelessTransaction(session -> counted(session, plan, "r.findings", ""));
    }

    private static Map<String, Long> counted(StatelessSession session, long plan, String what, String more) {
        Map<String, Long> counts = new TreeMap<>();
        session.createSelectionQuery(
                        "select " + what + ", count(*) from PlanRow r where r.plan = :plan" + more + " group by "
                                + what,
                        Object[].class)
                .setParameter("plan", plan)
                .getResultList()
                .forEach(row -> counts.put(row[0].toString(), (Long) row[1]));
        return counts;
    }

    /** How many products disagree, of those that nothing was chosen for. */
    public long conflictsOpen(long plan) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "select count(distinct r.productKey) from PlanRow r where r.plan = :plan"
                                + " and r.findings like '%,CONFLICT,%' and r.choosable = true and r.choice is null",
                        Long.class)
                .setParameter("plan", plan)
                .getSingleResult());
    }
}
