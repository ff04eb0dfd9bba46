package org.evenkeel.sync.internal.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.ledger.FigureGap;

/**
 * Reads figures that a store told of, page by page, and yields to orders and changes that wait between two pages. They are
 * readings like those of a full run, judged by what comes after it.
 */
final class HintedReading implements Activity {
    private final Scope scope;
    private final Set<String> counters;
    private Deque<FigureGap> rest;

    HintedReading(Scope scope, Set<String> counters) {
        this.scope = scope;
        this.counters = counters;
    }

    @Override
    public Next next() {
        if (rest == null) {
            rest = new ArrayDeque<>(scope.ledger.listings().figures(scope.store, counters));
        }
        if (rest.isEmpty()) {
            return Next.DONE;
        }
        if (scope.ordersFirst()) {
            return new Next.Then(new OrderPull(scope));
        }
        if (scope.hints.urgent() && !scope.withholds()) {
            scope.hints.urgentTaken();
            return new Next.Then(scope.pushing(Pushing.Haste.URGENT));
        }
        Map<Long, FigureTarget> page = new LinkedHashMap<>();
        while (!rest.isEmpty() && page.size() < scope.can.readBackBatch()) {
            FigureGap figure = rest.poll();
            page.put(figure.id(), ReadBack.target(figure));
        }
        return new Next.Then(new ReadBack(scope, page, readings -> {}));
    }
}
