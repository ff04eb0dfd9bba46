package org.evenkeel.sync.internal.plans;

import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanRow.Change;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/**
 * What a row comes to by the plan's default. Rows that nothing was chosen for are kept as if they were adopted: where the
 * default is to hold, they get nothing. So a default changes the plan alone, however many rows it has.
 *
 * @param opening what becomes of its product; null where there is nothing to choose
 * @param gets the figure that it would get; null for none
 * @param change how that differs from what is there
 * @param inStock In Stock that its product is opened with; null when it is not opened
 */
record Outcome(Opening opening, Long gets, Change change, Long inStock) {

    static Outcome of(PlanEntity plan, PlanRowEntity row) {
        if (!row.choosable) {
            return kept(row, null);
        }
        if (row.choice != null) {
            return kept(row, Opening.valueOf(row.choice));
        }
        return holds(plan) ? new Outcome(Opening.HOLD, null, Change.NOT_SENT, null) : kept(row, Opening.ADOPT);
    }

    private static Outcome kept(PlanRowEntity row, Opening opening) {
        return new Outcome(opening, row.gets, Change.valueOf(row.changes), row.inStock);
    }

    /** Whether what nothing was chosen for is held. An undo proposes its figures, whatever the store's policy is. */
    static boolean holds(PlanEntity plan) {
        return !Plan.Kind.UNDO.name().equals(plan.kind) && Opening.HOLD.name().equals(plan.opening);
    }
}
