package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Exchange.Line;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Takes the place of {@link Pushing} where nothing may be sent: figures are computed, read and judged against the fence as
 * they would be, and what would go is told with the run. The store is only read.
 */
final class Rehearsal implements Activity {
    private static final int MOST_REMEMBERED = 10_000;

    private final Scope scope;
    private final PushPlan plan;
    private boolean read;
    private boolean pulled;

    Rehearsal(Scope scope) {
        this.scope = scope;
        this.plan = new PushPlan(scope);
    }

    @Override
    public Next next() {
        Set<Long> drifted = Drifted.waiting(scope);
        PushPlan.Sorted sorted = plan.sort(plan.look(figures -> figures.stream()
                .filter(figure -> !scope.held.contains(figure.id()) && !drifted.contains(figure.id()))
                .toList()));
        if (!read && !sorted.unread().isEmpty()) {
            read = true;
            Map<Long, FigureTarget> targets = new LinkedHashMap<>();
            sorted.unread().forEach(figure -> targets.put(figure.id(), ReadBack.target(figure)));
            return new Next.Then(new ReadBack(scope, targets, readings -> {}));
        }
        if (!pulled && !sorted.behind().isEmpty()) {
            pulled = true;
            return new Next.Then(new OrderPull(scope));
        }
        tell(sorted);
        return Next.DONE;
    }

    private void tell(PushPlan.Sorted sorted) {
        List<Line> lines = new ArrayList<>();
        sorted.ready().forEach(figure -> add(figure, ready(figure), lines));
        sorted.behind().forEach(figure -> add(figure, "up: waits for an order pull that covers it", lines));
        sorted.unread().forEach(figure -> add(figure, "waits: the store does not tell what it shows", lines));
        if (lines.isEmpty()) {
            return;
        }
        scope.run.count(Count.WITHHELD, lines.size());
        scope.run.exchange(new Exchange(
                scope.now(), "push", Duration.ZERO, summary(lines.size()), lines, 0, Exchange.Outcome.WITHHELD));
    }

    /** A figure is told once, and again when its number is another one. */
    private void add(DueFigure figure, String words, List<Line> lines) {
        long number = Numbers.number(figure, scope.can);
        if (scope.rehearsed.size() >= MOST_REMEMBERED) {
            scope.rehearsed.clear();
        }
        Long told = scope.rehearsed.put(figure.id(), number);
        if (told == null || told != number) {
            lines.add(new Line(figure.sku(), number, figure.belief(), words));
        }
    }

    private String ready(DueFigure figure) {
        if (Numbers.number(figure, scope.can) > figure.belief()) {
            return "up: behind the order pull of " + scope.fence.beganAt().truncatedTo(ChronoUnit.SECONDS);
        }
        return scope.can.compareAndSet() ? "down: at once" : "down: behind a reading just before";
    }

    private String summary(int told) {
        int due = scope.ledger.listings().dueCount(scope.store, scope.now()).ready();
        return told + " figures would be sent" + (due > told ? ", of " + due + " that are due" : "") + ". Nothing was: "
                + (scope.dry ? "the run is dry." : "the store is in shadow.");
    }
}
