package org.evenkeel.sync.internal.plans;

import java.time.Duration;
import java.util.Set;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;

/** How plans end without being applied, and are forgotten. Thread-safe. */
final class PlanEnding {
    private static final int LONGEST_WORDS = 2_000;

    private final PlanPlace place;
    private final PlanRecords records;
    private final Duration kept;

    /** @param kept how long a plan that ended is kept */
    PlanEnding(PlanPlace place, PlanRecords records, Duration kept) {
        this.place = place;
        this.records = records;
        this.kept = kept;
    }

    /** Ends a plan that is PULLING or READY. */
    void end(long id, Plan.State state, String words) {
        records.change(id, plan -> {
            if (isOpen(plan)) {
                plan.state = state.name();
                plan.words = words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS);
                plan.endedAt = place.now();
            }
        });
    }

    static boolean isOpen(PlanEntity plan) {
        return plan.state.equals(Plan.State.PULLING.name()) || plan.state.equals(Plan.State.READY.name());
    }

    /** A store has one plan that is open: the newest. */
    void replaceOpen(StoreId store) {
        records.inStates(store, Set.of(Plan.State.PULLING, Plan.State.READY))
                .forEach(older -> end(older.id, Plan.State.DISCARDED, "A newer plan took its place."));
    }

    /** @throws org.evenkeel.ledger.ConflictException when it was applied */
    void discard(PlanEntity plan, String actor) {
        if (plan.state.equals(Plan.State.APPLIED.name())) {
            throw Readiness.conflict("The plan was applied; undo it instead.");
        }
        if (isOpen(plan)) {
            end(plan.id, Plan.State.DISCARDED, "");
            place.audit(actor, "plan.discarded", plan, "");
            place.changed(new StoreId(plan.store));
        }
    }

    void forgetOld() {
        records.endedBefore(place.now().minus(kept)).forEach(records::delete);
    }
}
