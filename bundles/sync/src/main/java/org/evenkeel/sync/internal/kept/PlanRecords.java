package org.evenkeel.sync.internal.kept;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.hibernate.LockMode;

/**
 * Plans as they are kept. Each call is one transaction. Thread-safe.
 */
public final class PlanRecords {
    /** The most rows that are deleted in one transaction. */
    private static final int DELETED = 2_000;

    private final Persistence persistence;
    private final PlanRowRecords rows;
    private final PlanRowQueries looks;
    private final PlanOrderRecords orders;

    PlanRecords(Persistence persistence) {
        this.persistence = persistence;
        this.rows = new PlanRowRecords(persistence);
        this.looks = new PlanRowQueries(persistence);
        this.orders = new PlanOrderRecords(persistence);
    }

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

    /** The rows of plans. */
    public PlanRowRecords rows() {
        return rows;
    }

    /** The rows of plans as they are looked at. */
    public PlanRowQueries looks() {
        return looks;
    }

    /** The orders of plans. */
    public PlanOrderRecords orders() {
        return orders;
    }

    // --- choosing ----------------------------------------------------------------------------------------------------

    /**
     * Keeps choices, all of them or none, while the plan's row is locked.
     *
     * @param check changes the plan's own choices; throws when the plan must not be chosen from any more
     */
    public void choose(
            long plan, Consumer<PlanEntity> check, Collection<PlanRowEntity> rows, Collection<PlanOrderEntity> orders) {
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
            return null;
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
}
