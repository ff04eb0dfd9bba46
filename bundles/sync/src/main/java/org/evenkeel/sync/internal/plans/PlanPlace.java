package org.evenkeel.sync.internal.plans;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneServices;

/** What everything that is done with plans shares: the stores, their lanes, their locks, and who is told. Thread-safe. */
final class PlanPlace {
    final LaneServices services;
    private final Function<StoreId, Optional<Lane>> lanes;
    private final Consumer<StoreId> changed;
    private final Supplier<Optional<AuditLog>> audit;
    private final Map<StoreId, Object> locks = new ConcurrentHashMap<>();

    /** See {@link Plans}. */
    PlanPlace(
            LaneServices services,
            Function<StoreId, Optional<Lane>> lanes,
            Consumer<StoreId> changed,
            Supplier<Optional<AuditLog>> audit) {
        this.services = services;
        this.lanes = lanes;
        this.changed = changed;
        this.audit = audit;
    }

    /** What begins, changes or ends a plan of a store holds this lock. */
    Object lock(StoreId store) {
        return locks.computeIfAbsent(store, key -> new Object());
    }

    Instant now() {
        return services.clock().instant();
    }

    /** @throws NotFoundException when there is no such store */
    Lane lane(StoreId store) {
        return lanes.apply(store).orElseThrow(() -> unknown(store));
    }

    /** @throws NotFoundException when there is no such store */
    Store present(StoreId store) {
        return services.ledger().stores().find(store).orElseThrow(() -> unknown(store));
    }

    private static NotFoundException unknown(StoreId store) {
        return new NotFoundException("There is no store " + store + ".");
    }

    /** A store's plans changed: who shows them is told. */
    void changed(StoreId store) {
        changed.accept(store);
    }

    /** Writes down who did what. */
    void audit(String actor, String action, PlanEntity plan, String more) {
        audit.get().ifPresent(log -> log.record(actor, action, plan.store, describe(plan) + more));
    }

    private static String describe(PlanEntity plan) {
        String words =
                "plan " + plan.id + ": " + plan.kind.toLowerCase(Locale.ROOT).replace('_', ' ');
        return plan.undoes == null ? words : words + " of plan " + plan.undoes;
    }
}
