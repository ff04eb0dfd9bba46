package org.evenkeel.sync.internal.lane;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.ListingBook.Reading;

/**
 * Lets a held store go, right after it was pulled and read in full, and its orders were pulled once more: a person looked at what it
 * shows, so that this is believed whatever was believed before, also where an outcome was unknown. Where an order came in between,
 * nobody knows whether the reading has it in already: such a figure is settled by further readings, like any other. What differs
 * from what is wanted is pushed then like any other difference, behind the fence.
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
            believe(gaps);
            after = gaps.get(gaps.size() - 1).id();
            return Next.AGAIN;
        }
        if (believe(outstanding())) {
            return Next.AGAIN;
        }
        scope.memory.change(state -> {
            state.heldReason = "";
            state.planStep = null;
        });
        return Next.DONE;
    }

    /** Figures whose outcome is unknown, a page of them; those that nobody ever read are left out. */
    private List<FigureGap> outstanding() {
        Set<String> counters = new HashSet<>();
        Set<Long> ids = new HashSet<>();
        for (DueFigure figure : scope.ledger.listings().unsettled(scope.store, PAGE)) {
            if (figure.seen() != null) {
                counters.add(figure.counter());
                ids.add(figure.id());
            }
        }
        return counters.isEmpty()
                ? List.of()
                : scope.ledger.listings().figures(scope.store, counters).stream()
                        .filter(figure -> ids.contains(figure.id()))
                        .toList();
    }

    /** @return whether any of them was believed */
    private boolean believe(List<FigureGap> figures) {
        List<Reading> readings = figures.stream()
                .filter(FigureGap::steady)
                .map(figure -> new Reading(figure.id(), figure.seen()))
                .toList();
        if (readings.isEmpty()) {
            return false;
        }
        scope.ledger.listings().believe(scope.store, readings, "released");
        return true;
    }
}
