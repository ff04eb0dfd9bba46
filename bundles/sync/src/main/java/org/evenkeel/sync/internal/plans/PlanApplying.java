package org.evenkeel.sync.internal.plans;

import java.time.Instant;
import java.util.Optional;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanJson;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.PlanStep;

/** Hands plans that are applied to the lanes of their stores. Thread-safe. */
final class PlanApplying {
    private final PlanPlace place;
    private final PlanRecords records;

    PlanApplying(PlanPlace place, PlanRecords records) {
        this.place = place;
        this.records = records;
    }

    /**
     * Applies a plan; its store's lock is held.
     *
     * @param seen the same as it is shown
     * @return the run that carries it out
     */
    long apply(PlanEntity plan, Plan seen, String actor) {
        StoreId store = new StoreId(plan.store);
        Choosing.requireReady(plan);
        Lane lane = place.lane(store);
        refuseUnlessApplicable(seen);
        Readiness.require(store, lane.view());
        long run = carryOut(plan, store, lane, actor);
        applied(plan, run, actor);
        place.audit(actor, "plan.applied", plan, chosen(plan));
        place.changed(store);
        return run;
    }

    private void applied(PlanEntity plan, long run, String actor) {
        records.change(plan.id, kept -> {
            kept.state = Plan.State.APPLIED.name();
            kept.endedAt = place.now();
            kept.appliedBy = actor;
            kept.run = run;
        });
        if (plan.undoes != null) {
            records.change(plan.undoes, undone -> undone.undoneBy = plan.id);
        }
    }

    /** One that a lane carries out was applied, though the host stopped before that was written down. */
    PlanEntity mended(PlanEntity plan) {
        Optional<Long> run = plan.state.equals(Plan.State.READY.name()) ? records.carriedOutBy(plan) : Optional.empty();
        run.ifPresent(by -> applied(plan, by, plan.actor));
        return run.isEmpty() ? plan : records.find(plan.id).orElse(plan);
    }

    private static void refuseUnlessApplicable(Plan plan) {
        if (!plan.outdated().isEmpty()) {
            throw Readiness.conflict(plan.outdated());
        }
        if (!plan.unresolved().isEmpty()) {
            throw Readiness.conflict(plan.unresolved());
        }
    }

    private long carryOut(PlanEntity plan, StoreId store, Lane lane, String actor) {
        if (plan.kind.equals(Plan.Kind.TURN_ON.name())) {
            TurnOn choices = new TurnOn(
                    plan.takeOpenOrders,
                    plan.opening.equals(Opening.ADOPT.name()) ? TurnOn.Opening.ADOPT : TurnOn.Opening.REVIEW);
            Instant moment = Readiness.moment(place.now(), lane.view().state());
            return lane.turnOn(
                    () -> place.services.ledger().stores().turnOn(store, moment, choices.takeOpenOrders(), actor),
                    choices,
                    plan.id,
                    actor);
        }
        PlanStep.Kind kind = plan.kind.equals(Plan.Kind.UNDO.name()) ? PlanStep.Kind.UNDO : PlanStep.Kind.RELEASE;
        return lane.carryOut(new PlanStep(kind, plan.id), actor);
    }

    private static String chosen(PlanEntity plan) {
        if (!plan.kind.equals(Plan.Kind.TURN_ON.name())) {
            return "";
        }
        long skipped = PlanJson.totals(plan.totals).skipped();
        return (plan.opening.equals(Opening.ADOPT.name())
                        ? ", figures are taken as In Stock"
                        : ", figures wait for a person")
                + " unless chosen otherwise by SKU"
                + (plan.takeOpenOrders ? ", open orders are booked" : "")
                + (skipped == 0 ? "" : ", " + skipped + " missed orders are counted already");
    }
}
