package org.evenkeel.sync.internal.lane;

import java.util.List;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.PageRequest;

/** Holds back a plan that would empty a large part of a store at once: that is more often a mistake than the truth. */
final class ZeroGuard {
    private static final int MOST_COUNTED = 200_000;

    private final Scope scope;

    ZeroGuard(Scope scope) {
        this.scope = scope;
    }

    /** What of a plan's next figures may go. @param limit how many figures were asked for */
    List<DueFigure> pass(List<DueFigure> due, int limit) {
        long zeroes = due.stream().filter(this::zeroes).count();
        if (zeroes <= scope.settings.guardFloor() || scope.letGo) {
            return due;
        }
        long listings = listings();
        long most = Math.max(scope.settings.guardFloor(), listings * scope.guardShare() / 10_000);
        if (due.size() == limit && zeroes <= most) {
            int enough = (int) Math.min(MOST_COUNTED, most + limit);
            zeroes = scope.ledger.listings().due(scope.store, scope.now(), enough).stream()
                    .filter(this::zeroes)
                    .count();
        }
        if (zeroes <= most) {
            return due;
        }
        scope.heldBack = "At least " + zeroes + " of " + listings + " listings would fall to 0 at once. They were held"
                + " back: look at the stock behind them, then resume the store to let them go.";
        scope.run.error(scope.heldBack);
        return due.stream().filter(figure -> !zeroes(figure)).toList();
    }

    private boolean zeroes(DueFigure figure) {
        return figure.belief() != null && figure.belief() > 0 && figure.wanted() == 0;
    }

    private long listings() {
        return scope.ledger
                .listings()
                .listings(
                        new ListingQuery(scope.store, null, ListingView.State.ACTIVE, false, "", new PageRequest(0, 1)))
                .total();
    }
}
