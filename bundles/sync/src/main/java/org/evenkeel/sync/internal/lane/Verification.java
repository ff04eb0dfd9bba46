package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.evenkeel.connector.FigureTarget;

/** Reads figures again that were left unexplained, now that orders that came late must be visible. */
final class Verification implements Activity {
    private final Scope scope;
    private boolean read;

    Verification(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Next next() {
        if (read) {
            return Next.DONE;
        }
        read = true;
        Instant now = scope.now();
        Map<Long, FigureTarget> due = new LinkedHashMap<>();
        scope.looks.forEach((figure, look) -> {
            if (!look.at().isAfter(now)) {
                due.put(figure, look.target());
            }
        });
        scope.looks.keySet().removeAll(due.keySet());
        return due.isEmpty() ? Next.DONE : new Next.Then(new ReadBack(scope, due, readings -> {}));
    }
}
