package org.evenkeel.sync.internal.lane;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.sync.Drift;

/** What counts as drift: a gap that was seen twice, as neither a late order nor an outstanding push explains it. */
public final class Drifted {
    private static final int PAGE = 500;

    private Drifted() {}

    /** Whether an earlier reading, behind which the orders were pulled to the end, had the same gap. */
    public static boolean seenTwice(FigureGap gap) {
        return gap.belief() != null
                && gap.firstGap() != null
                && gap.firstGap() == gap.gap()
                && gap.seenAt().isAfter(gap.firstGapAt());
    }

    /** Whether both readings lie so far apart that an order of before the first one must show by the second. */
    static boolean isDrift(FigureGap gap, Scope scope) {
        return seenTwice(gap) && !gap.seenAt().isBefore(gap.firstGapAt().plus(scope.can.orderLag()));
    }

    /** Figures over which nothing is sent, for a person is to decide. Found in the ledger, since a restart forgets no drift. */
    static Set<Long> waiting(Scope scope) {
        Set<Long> waiting = new HashSet<>();
        if (scope.drift() == Drift.OVERWRITE) {
            return waiting;
        }
        long after = 0;
        List<FigureGap> gaps;
        do {
            gaps = scope.ledger.listings().gaps(scope.store, after, PAGE);
            gaps.stream().filter(gap -> isDrift(gap, scope)).forEach(gap -> waiting.add(gap.id()));
            after = gaps.isEmpty() ? after : gaps.get(gaps.size() - 1).id();
        } while (gaps.size() == PAGE);
        return waiting;
    }
}
