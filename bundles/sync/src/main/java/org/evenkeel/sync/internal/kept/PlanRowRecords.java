package org.evenkeel.sync.internal.kept;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.database.Persistence;
import org.hibernate.StatelessSession;

/**
 * The rows of plans as they are written and looked up by their keys, some at a time, however many there are. Each call is one
 * transaction. Thread-safe.
 */
public final class PlanRowRecords {
    private final Persistence persistence;

    PlanRowRecords(Persistence persistence) {
        this.persistence = persistence;
    }

    /**
     * Keeps rows, and how far the plan is.
     *
     * @param again whether some of them may be there already: they are replaced
     * @return whether the plan is still being made: else nothing was kept
     */
    public boolean add(long plan, List<PlanRowEntity> rows, boolean again, int listings, Instant now) {
        return persistence.inStatelessTransaction(session -> {
            if (!PlanPulling.goesOn(session, plan, listings, 0, now)) {
                return false;
            }
            List<PlanRowEntity> before = again ? in(session, "rowKey", keys(rows)) : List.of();
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

    /** Rows of some products, by id. */
    public List<PlanRowEntity> ofProducts(long plan, Collection<String> keys) {
        return in("productKey", keys);
    }

    /** Rows whose SKU is one of these but for case and white space. */
    public List<PlanRowEntity> ofFolded(long plan, Collection<String> folded) {
        return in("foldedKey", PlanParts.keys(plan, folded));
    }

    /** Rows of the same listings and locations in another plan. */
    public List<PlanRowEntity> same(long plan, Collection<PlanRowEntity> rows) {
        return in(
                "rowKey",
                rows.stream()
                        .map(row -> PlanKeys.row(plan, row.listing, row.variant, row.location))
                        .collect(Collectors.toSet()));
    }

    /** Rows of some of the store's listing ids, whatever their variants. */
    public List<PlanRowEntity> ofListings(long plan, Collection<String> listings) {
        return in("listingKey", PlanParts.keys(plan, listings));
    }

    /** Rows of some counters, by id. */
    public List<PlanRowEntity> ofCounters(long plan, Collection<String> counters) {
        return in("counterKey", PlanParts.keys(plan, counters));
    }

    private static Set<String> keys(Collection<PlanRowEntity> rows) {
        return rows.stream().map(row -> row.rowKey).collect(Collectors.toSet());
    }

    private List<PlanRowEntity> in(String column, Collection<String> keys) {
        return keys.isEmpty() ? List.of() : persistence.inStatelessTransaction(session -> in(session, column, keys));
    }

    /** By id. Sorted here: to sort by its id, Derby would rather walk through all rows than look some up. */
    private static List<PlanRowEntity> in(StatelessSession session, String column, Collection<String> keys) {
        List<PlanRowEntity> found = new ArrayList<>();
        for (List<String> part : PlanParts.of(keys)) {
            found.addAll(session.createSelectionQuery(
                            "from PlanRow r where r." + column + " in (:keys)", PlanRowEntity.class)
                    .setParameterList("keys", part)
                    .getResultList());
        }
        found.sort(Comparator.comparing(row -> row.id));
        return found;
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
}
