package org.evenkeel.sync.internal.lane;

import java.util.List;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingBook.Reading;

/**
 * Lets a held store go, right after it was pulled and read in full: a person looked at what it shows, so that this is believed
 * whatever was believed before, also where an outcome was unknown. What differs from what is wanted is pushed then like any
 * other difference, behind the fence.
 */
final class Releasing implements Activity {
    private static final int PAGE = 500;

    private final Scope scope;
    private final PlanStep step;
    private long after;

    Releasing(Scope scope, PlanStep step) {
        this.scope = scope;
        this.step = step;
    }

    @Override
    public Next next() {
        if (!step.equals(scope.memory.state().planStep)) {
            scope.run.error("The store was held again, or asked for something else, meanwhile: it is not released.");
            return Next.DONE;
        }
        List<FigureGap> gaps = scope.ledger.listings().gaps(scope.store, after, PAGE);
        if (!gaps.isEmpty()) {
            believe(gaps.stream().map(gap -> new Reading(gap.id(), gap.seen())).toList());
            after = gaps.get(gaps.size() - 1).id();
            return Next.AGAIN;
        }
        List<DueFigure> unsettled = scope.ledger.listings().unsettled(scope.store, PAGE).stream()
                .filter(figure -> figure.seen() != null)
                .toList();
        if (!unsettled.isEmpty()) {
            believe(unsettled.stream()
                    .map(figure -> new Reading(figure.id(), figure.seen()))
                    .toList());
            return Next.AGAIN;
        }
        scope.memory.change(state -> {
            state.heldReason = "";
            state.planStep = null;
        });
        return Next.DONE;
    }

    private void believe(List<Reading> readings) {
        scope.ledger.listings().believe(scope.store, readings, "released");
    }
}
