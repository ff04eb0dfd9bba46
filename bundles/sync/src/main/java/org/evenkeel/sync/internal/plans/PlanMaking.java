package org.evenkeel.sync.internal.plans;

import java.time.Instant;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneMemory.LaneState;
import org.evenkeel.sync.internal.lane.PlanStep;

/** Begins plans: which may be begun, and what they begin with. Thread-safe. */
final class PlanMaking {
    private final PlanPlace place;
    private final PlanRecords records;
    private final PlanBasis basis;
    private final PlanEnding ending;
    private final PlanMaker maker;

    PlanMaking(PlanPlace place, PlanRecords records, PlanBasis basis, PlanEnding ending, PlanMaker maker) {
        this.place = place;
        this.records = records;
        this.basis = basis;
        this.ending = ending;
        this.maker = maker;
    }

    /** Begins a plan that turns a store on or lets it go. */
    long begin(StoreId store, Plan.Kind kind, String actor) {
        if (kind == Plan.Kind.UNDO) {
            throw new InvalidInputException("kind", "What is undone is a plan: undo it by its id.");
        }
        Store known = place.present(store);
        Lane lane = place.lane(store);
        requireState(known, lane.view().state(), kind);
        return begin(known, lane, kind, null, actor);
    }

    /** Begins a plan that undoes another one. */
    long undo(PlanEntity plan, String actor) {
        StoreId store = new StoreId(plan.store);
        if (!plan.kind.equals(Plan.Kind.TURN_ON.name()) || !plan.state.equals(Plan.State.APPLIED.name())) {
            throw Readiness.conflict("Only a plan that turned a store on can be undone.");
        }
        if (plan.undoneBy != null) {
            throw Readiness.conflict("The plan was undone before, by plan " + plan.undoneBy + ".");
        }
        Lane lane = place.lane(store);
        if (!plan.id.equals(lane.view().state().plan)) {
            throw Readiness.conflict("Another plan turned the store on since; only the last one can be undone.");
        }
        lane.require(PlanStep.Kind.UNDO);
        return begin(place.present(store), lane, Plan.Kind.UNDO, plan.id, actor);
    }

    private void requireState(Store store, LaneState lane, Plan.Kind kind) {
        if (store.removedAt() != null) {
            throw Readiness.conflict("The store " + store.id() + " was removed; add it again first.");
        }
        if (kind == Plan.Kind.TURN_ON && store.syncOn()) {
            throw Readiness.conflict("Synchronizing is on for " + store.id() + " already.");
        }
        if (kind == Plan.Kind.RELEASE && (lane.heldReason.isEmpty() || !store.syncOn())) {
            throw Readiness.conflict("The store " + store.id() + " is not held, so there is nothing to release.");
        }
    }

    private long begin(Store store, Lane lane, Plan.Kind kind, Long undoes, String actor) {
        Readiness.require(store.id(), lane.view());
        synchronized (place.lock(store.id())) {
            ending.replaceOpen(store.id());
            PlanEntity plan = fresh(store, lane.view().state(), kind, undoes, actor);
            records.create(plan);
            place.audit(actor, "plan.begun", plan, "");
            place.changed(store.id());
            maker.make(plan, store, lane);
            place.services.scheduler().schedule(place.now(), ending::forgetOld);
            return plan.id;
        }
    }

    private PlanEntity fresh(Store store, LaneState lane, Plan.Kind kind, Long undoes, String actor) {
        Instant now = place.now();
        PlanEntity plan = new PlanEntity();
        plan.store = store.id().value();
        plan.kind = kind.name();
        plan.state = Plan.State.PULLING.name();
        plan.actor = actor;
        plan.begunAt = now;
        plan.asOf = Readiness.moment(now, lane);
        plan.progressedAt = now;
        plan.basis = basis.of(store.id());
        plan.firstTime = store.firstTurnedOnAt() == null;
        plan.onHand = store.onHandFigures();
        plan.cap = Long.MAX_VALUE;
        plan.opening = lane.choices.opening() == TurnOn.Opening.ADOPT ? Opening.ADOPT.name() : Opening.HOLD.name();
        plan.missedOrders = MissedOrder.BOOK.name();
        plan.takeOpenOrders = plan.firstTime && lane.choices.takeOpenOrders();
        plan.undoes = undoes;
        Carrying.previous(records, plan)
                .filter(old -> old.state.equals(Plan.State.DISCARDED.name()))
                .ifPresent(old -> {
                    plan.opening = old.opening;
                    plan.missedOrders = old.missedOrders;
                    plan.takeOpenOrders = plan.firstTime && old.takeOpenOrders;
                });
        return plan;
    }
}
