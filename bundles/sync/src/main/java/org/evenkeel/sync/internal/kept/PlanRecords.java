package org.evenkeel.sync.internal.kept;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/**
 * Plans as they are kept: rows and orders are written and read some at a time, however many there are. Each call is one
 * transaction. Thread-safe.
 */
public final class PlanRecords {
    /** The most rows that are deleted in one transaction. */
    private static final int DELETED = 2_000;

    private static final int CHUNK = 256;

    private final Persistence persistence;

    PlanRecords(Persistence persistence) {
        this.persistence = persistence;
    }

    // --- plans -------------------------------------------------------------------------------------------------------

    /** Keeps a new plan. @return its id */
    public long create(PlanEntity plan) {
        return persistence.inStatelessTransaction(session -> {
            plan.id = null;
            plan.begunAt = SyncRecords.micros(plan.begunAt);
            plan.asOf = SyncRecords.micros(plan.asOf);
            session.insert(plan);
            return plan.id;
        });
    }

    public Optional<PlanEntity> find(long id) {
        return persistence.inStatelessTransaction(session -> Optional.ofNullable(session.get(PlanEntity.class, id)));
    }

    /**
     * Changes a plan whose row is locked meanwhile.
     *
     * @param change may throw, which changes nothing
     * @return the plan as it is now; empty when there is none
     */
    public Optional<PlanEntity> change(long id, Consumer<PlanEntity> change) {
        return persistence.inStatelessTransaction(session -> {
            PlanEntity plan = session.get(PlanEntity.class, id, LockMode.PESSIMISTIC_WRITE);
            if (plan != null) {
                change.accept(plan);
                plan.readyAt = SyncRecords.micros(plan.readyAt);
                plan.endedAt = SyncRecords.micros(plan.endedAt);
                session.update(plan);
            }
            return Optional.ofNullable(plan);
        });
    }

    /** Plans, newest first; of all stores when it is null. */
    public Page<PlanEntity> plans(StoreId store, PageRequest page) {
        return persistence.inStatelessTransaction(session -> {
            String where = store == null ? "" : " where p.store = :store";
            var rows = session.createSelectionQuery("from Plan p" + where + " order by p.id desc", PlanEntity.class);
            var total = session.createSelectionQuery("select count(*) from Plan p" + where, Long.class);
            if (store != null) {
                rows.setParameter("store", store.value());
                total.setParameter("store", store.value());
            }
            return new Page<>(
                    rows.setFirstResult(page.offset())
                            .setMaxResults(page.limit())
                            .getResultList(),
                    total.getSingleResult(),
                    page);
        });
    }

    /** Plans of a store in some states, newest first. */
    public List<PlanEntity> inStates(StoreId store, Set<Plan.State> states) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "from Plan p where p.store = :store and p.state in (:states) order by p.id desc",
                        PlanEntity.class)
                .setParameter("store", store.value())
                .setParameterList("states", states.stream().map(Enum::name).toList())
                .getResultList());
    }

    /** A plan that is being made waits for the store until a time. */
    public void waiting(long plan, Instant until) {
        persistence.inStatelessTransaction(session -> session.createMutationQuery(
                        "update Plan p set p.progressedAt = :until where p.id = :plan and p.state = 'PULLING'")
                .setParameter("plan", plan)
                .setParameter("until", SyncRecords.micros(until))
                .executeUpdate());
    }

    /**
     * The run by which a lane carries a plan out, though the plan does not say so: the host stopped right behind it.
     *
     * @param plan READY, as far as it is known
     * @return empty when no lane does
     */
    public Optional<Long> carriedOutBy(PlanEntity plan) {
        return persistence.inStatelessTransaction(session -> {
            boolean carriedOut = session.createSelectionQuery(
                                    "select count(*) from Lane l where l.store = :store and (l.plan = :plan or l.stepPlan = :plan)",
                                    Long.class)
                            .setParameter("store", plan.store)
                            .setParameter("plan", plan.id)
                            .getSingleResult()
                    > 0;
            return !carriedOut
                    ? Optional.empty()
                    : session.createSelectionQuery(
                                    "select r.id from Run r where r.store = :store and r.startedAt >= :ready"
                                            + " and r.cause in ('TURNED_ON', 'RELEASED', 'UNDONE') order by r.id desc",
                                    Long.class)
                            .setParameter("store", plan.store)
                            .setParameter("ready", plan.readyAt)
                            .setMaxResults(1)
                            .getResultStream()
                            .findFirst();
        });
    }

    // --- ageing ------------------------------------------------------------------------------------------------------

    /** Plans that ended before a time, and are not those by which their stores are on. */
    public List<Long> endedBefore(Instant time) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "select p.id from Plan p where p.endedAt < :time"
                                + " and not exists (select 1 from Lane l where l.plan = p.id or l.stepPlan = p.id)",
                        Long.class)
                .setParameter("time", time)
                .getResultList());
    }

    /** Forgets a plan, its rows and orders some at a time. */
    public void delete(long plan) {
        empty(plan);
        persistence.inStatelessTransaction(
                session -> session.createMutationQuery("delete from Plan p where p.id = :plan")
                        .setParameter("plan", plan)
                        .executeUpdate());
    }

    /** Forgets the rows and orders of a plan. */
    public void empty(long plan) {
        emptied("PlanRow", plan);
        emptied("PlanOrder", plan);
    }

    private void emptied(String entity, long plan) {
        while (true) {
            int deleted = persistence.inStatelessTransaction(session -> {
                List<Long> ids = session.createSelectionQuery(
                                "select r.id from " + entity + " r where r.plan = :plan order by r.id", Long.class)
                        .setParameter("plan", plan)
                        .setMaxResults(DELETED)
                        .getResultList();
                if (!ids.isEmpty()) {
                    session.createMutationQuery("delete from " + entity
                                    + " r where r.plan = :plan and r.id between :first and :last")
                            .setParameter("plan", plan)
                            .setParameter("first", ids.get(0))
                            .setParameter("last", ids.get(ids.size() - 1))
                            .executeUpdate();
                }
                return ids.size();
            });
            if (deleted < DELETED) {
                return;
            }
        }
    }

    // --- rows --------------------------------------------------------------------------------------------------------

    /**
     * Keeps rows, and how far the plan is.
     *
     * @param again whether some of them may be there already: they are replaced
     * @return whether the plan is still being made: else nothing was kept
     */
    public boolean add(long plan, List<PlanRowEntity> rows, boolean again, int listings, Instant now) {
        return persistence.inStatelessTransaction(session -> {
            if (!stillPulling(session, plan, listings, 0, now)) {
                return false;
            }
            List<PlanRowEntity> before = again ? in(session, "rowKey", keys(rows), "") : List.of();
            if (!before.isEmpty()) {
                session.deleteMultiple(before);
            }
            if (!rows.isEmpty()) {
                rows.forEach(row -> row.id = null);
                session.insertMultiple(rows);
            }
            return true;
        });
    }

    private static boolean stillPulling(StatelessSession session, long plan, int listings, int orders, Instant now) {
        PlanEntity row = session.get(PlanEntity.class, plan, LockMode.PESSIMISTIC_WRITE);
        if (row == null || !row.state.equals(Plan.State.PULLING.name())) {
            return false;
        }
        row.listings += listings;
        row.orders += orders;
        row.progressedAt = SyncRecords.micros(now);
        session.update(row);
        return true;
    }

    /** Rows by id, some at a time. @param after the last one before; 0 for the first */
    public List<PlanRowEntity> rows(long plan, long after, int limit) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "from PlanRow r where r.plan = :plan and r.id > :after order by r.id", PlanRowEntity.class)
                .setParameter("plan", plan)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
    }

    public void update(Collection<PlanRowEntity> rows) {
        if (!rows.isEmpty()) {
            persistence.inStatelessTransaction(session -> {
                session.updateMultiple(List.copyOf(rows));
                return null;
            });
        }
    }

    /**
     * Keeps choices, all of them or none, while the plan's row is locked.
     *
     * @param check changes the plan's own choices; throws when the plan must not be chosen from any more
     * @param adopt whether what nothing is chosen for is adopted from now on; null leaves that as it is
     */
    public void choose(
            long plan,
            Consumer<PlanEntity> check,
            Collection<PlanRowEntity> rows,
            Collection<PlanOrderEntity> orders,
            Boolean adopt) {
        persistence.inStatelessTransaction(session -> {
            PlanEntity row = session.get(PlanEntity.class, plan, LockMode.PESSIMISTIC_WRITE);
            check.accept(row);
            session.update(row);
            if (!rows.isEmpty()) {
                session.updateMultiple(List.copyOf(rows));
            }
            if (!orders.isEmpty()) {
                session.updateMultiple(List.copyOf(orders));
            }
            if (adopt != null) {
                adoptByDefault(session, plan, adopt);
            }
            return null;
        });
    }

    /** Rows of some products, by product and id. */
    public List<PlanRowEntity> ofProducts(long plan, Collection<String> keys) {
        return in("productKey", keys, "r.productKey, r.id");
    }

    /** Rows whose SKU is one of these but for case and white space. */
    public List<PlanRowEntity> ofFolded(long plan, Collection<String> folded) {
        return in("foldedKey", keys(plan, folded), "r.id");
    }

    /** Rows of the same listings and locations in another plan. */
    public List<PlanRowEntity> same(long plan, Collection<PlanRowEntity> rows) {
        return in(
                "rowKey",
                rows.stream()
                        .map(row -> PlanKeys.row(plan, row.listing, row.variant, row.location))
                        .collect(Collectors.toSet()),
                "");
    }

    /** Rows of some of the store's listing ids, whatever their variants. */
    public List<PlanRowEntity> ofListings(long plan, Collection<String> listings) {
        return in("listingKey", keys(plan, listings), "r.id");
    }

    /** Rows that share a counter, by counter and id. */
    public List<PlanRowEntity> ofCounters(long plan, Collection<String> counters) {
        return in("counterKey", keys(plan, counters), "r.counterKey, r.id");
    }

    private static Set<String> keys(Collection<PlanRowEntity> rows) {
        return rows.stream().map(row -> row.rowKey).collect(Collectors.toSet());
    }

    private static Set<String> keys(long plan, Collection<String> values) {
        return values.stream().map(value -> PlanKeys.of(plan, value)).collect(Collectors.toSet());
    }

    private List<PlanRowEntity> in(String column, Collection<String> keys, String order) {
        return keys.isEmpty()
                ? List.of()
                : persistence.inStatelessTransaction(session -> in(session, column, keys, order));
    }

    /** @param order empty for any: sorted by its id, Derby would rather walk through all rows than look some up */
    private static List<PlanRowEntity> in(
            StatelessSession session, String column, Collection<String> keys, String order) {
        List<PlanRowEntity> found = new ArrayList<>();
        for (List<String> part : parts(keys)) {
            found.addAll(session.createSelectionQuery(
                            "from PlanRow r where r." + column + " in (:keys)"
                                    + (order.isEmpty() ? "" : " order by " + order),
                            PlanRowEntity.class)
                    .setParameterList("keys", part)
                    .getResultList());
        }
        return found;
    }

    private static <T> List<List<T>> parts(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += CHUNK) {
            parts.add(list.subList(from, Math.min(list.size(), from + CHUNK)));
        }
        return parts;
    }

    /** Products whose figures differ where the same shelf stands behind them. */
    public List<String> productsThatDisagree(long plan) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "select distinct r.productKey from PlanRow r where r.plan = :plan and r.choosable = true"
                                + " and r.there is not null group by r.productKey, r.place"
                                + " having min(r.there) <> max(r.there)",
                        String.class)
                .setParameter("plan", plan)
                .getResultList());
    }

    /** Products that would be new and have several spellings. */
    public List<String> newProductsSpeltTwice(long plan) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "select r.productKey from PlanRow r where r.plan = :plan and r.productKey is not null"
                                + " and r.product is null group by r.productKey"
                                + " having min(r.canonical) <> max(r.canonical)",
                        String.class)
                .setParameter("plan", plan)
                .getResultList());
    }

    /** Counters of which several listings would be pushed. */
    public List<String> countersPushedTwice(long plan) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "select distinct r.counter from PlanRow r where r.plan = :plan and r.sent = true"
                                + " group by r.counter, r.location having count(*) > 1",
                        String.class)
                .setParameter("plan", plan)
                .getResultList());
    }

    /** What follows from another default of openings, for all rows that nothing was chosen for. */
    private static void adoptByDefault(StatelessSession session, long plan, boolean adopt) {
        session.createMutationQuery(
                        adopt
                                ? "update PlanRow r set r.gets = r.adoptGets, r.changes = r.adoptChanges,"
                                        + " r.inStock = r.adoptInStock where r.plan = :plan and r.choosable = true"
                                        + " and r.choice is null"
                                : "update PlanRow r set r.gets = null, r.changes = 'NOT_SENT', r.inStock = null"
                                        + " where r.plan = :plan and r.choosable = true and r.choice is null")
                .setParameter("plan", plan)
                .executeUpdate();
    }

    /** Rows for which something was chosen, by id, some at a time. @param after the last one before; 0 for the first */
    public List<PlanRowEntity> chosen(long plan, long after, int limit) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "from PlanRow r where r.plan = :plan and r.id > :after and r.choice is not null order by r.id",
                        PlanRowEntity.class)
                .setParameter("plan", plan)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList());
    }

    /** Rows that orders of the plan have units of. */
    public List<PlanRowEntity> withPending(long plan) {
        return persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                        "from PlanRow r where r.plan = :plan and r.pending <> 0 order by r.id", PlanRowEntity.class)
                .setParameter("plan", plan)
                .getResultList());
    }

    // --- rows as they are looked at ----------------------------------------------------------------------------------

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

    // --- orders ------------------------------------------------------------------------------------------------------

    /**
     * Keeps orders in place of what was kept of them before, and how far the plan is.
     *
     * @param codes all that were seen: those without an order among {@code orders} are forgotten
     * @return whether the plan is still being made: else nothing was kept
     */
    public boolean addOrders(long plan, Set<String> codes, List<PlanOrderEntity> orders, Instant now) {
        return persistence.inStatelessTransaction(session -> {
            if (!stillPulling(session, plan, 0, codes.size(), now)) {
                return false;
            }
            for (List<String> part : parts(keys(plan, codes))) {
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
    public Page<PlanOrderEntity> orders(long plan, PlanOrder.Kind kind, PageRequest page) {
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
    public List<PlanOrderEntity> ordersOf(long plan, Collection<String> codes) {
        List<PlanOrderEntity> found = new ArrayList<>();
        for (List<String> part : parts(keys(plan, codes))) {
            found.addAll(persistence.inStatelessTransaction(session -> session.createSelectionQuery(
                            "from PlanOrder o where o.codeKey in (:keys)", PlanOrderEntity.class)
                    .setParameterList("keys", part)
                    .getResultList()));
        }
        return found;
    }

    /** How many orders there are of each kind. */
    public Map<PlanOrder.Kind, Long> orderKinds(long plan) {
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
