package org.evenkeel.sync.internal.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.PushRecord;

/**
 * Sorts due figures by what may happen to them now. It remembers when each figure at its present versions was first seen as
 * due: the change behind it was committed by then, so a pull that began later covers it.
 */
final class PushPlan {
    private static final int LEAST = 200;
    private static final int MOST = 2_000;

    private final Scope scope;
    private final ZeroGuard guard;
    private Map<Long, Noted> noted = new HashMap<>();

    /** When a figure at these versions was first seen. */
    private record Noted(long productVersion, long ruleVersion, long mark) {
        boolean isOf(DueFigure figure) {
            return productVersion == figure.productVersion() && ruleVersion == figure.ruleVersion();
        }
    }

    /**
     * Due figures by what may happen to them.
     *
     * @param ready may go now: behind the fence, or a conditional decrease, which needs none
     * @param unread nobody knows what the store shows: it must be read first
     * @param behind must wait for an order pull
     * @param level the store's cap or meaning makes of them what it shows already
     */
    record Sorted(List<DueFigure> ready, List<DueFigure> unread, List<DueFigure> behind, List<DueFigure> level) {}

    PushPlan(Scope scope) {
        this.scope = scope;
        this.guard = new ZeroGuard(scope);
    }

    /**
     * The next figures that the ledger has as due and the guard lets pass. Looks further than once only where all that was found
     * must not go.
     *
     * @param mayGo takes out what must not go
     */
    List<DueFigure> due(UnaryOperator<List<DueFigure>> mayGo) {
        int limit = Math.max(LEAST, Math.min(MOST, 8 * scope.can.pushBatch()));
        while (true) {
            List<DueFigure> due = scope.ledger.listings().due(scope.store, scope.now(), limit);
            List<DueFigure> going = mayGo.apply(guard.pass(due, limit));
            if (!going.isEmpty() || due.size() < limit) {
                return going;
            }
            limit *= 2;
        }
    }

    /** The first figures that the ledger has as due and the guard lets pass, without looking further. */
    List<DueFigure> look(UnaryOperator<List<DueFigure>> mayGo) {
        List<DueFigure> due = scope.ledger.listings().due(scope.store, scope.now(), MOST);
        return mayGo.apply(guard.pass(due, MOST));
    }

    /** What the ledger is told of a figure that is sent, or found level. */
    static PushRecord.Item item(DueFigure figure, long number) {
        return new PushRecord.Item(figure.id(), number, figure.productVersion(), figure.ruleVersion());
    }

    /** Takes note of figures just read from the ledger, and sorts them. */
    Sorted sort(List<DueFigure> due) {
        note(due);
        Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        due.forEach(figure -> place(figure, sorted).add(figure));
        return sorted;
    }

    private void note(List<DueFigure> due) {
        long mark = scope.fence.mark();
        Map<Long, Noted> now = new HashMap<>();
        for (DueFigure figure : due) {
            Noted known = noted.get(figure.id());
            now.put(
                    figure.id(),
                    known != null && known.isOf(figure)
                            ? known
                            : new Noted(figure.productVersion(), figure.ruleVersion(), mark));
        }
        noted = now;
    }

    private List<DueFigure> place(DueFigure figure, Sorted sorted) {
        long number = Numbers.number(figure, scope.can);
        if (figure.belief() == null) {
            return sorted.unread();
        }
        if (number == figure.belief()) {
            return sorted.level();
        }
        return number < figure.belief() || fenced(figure) ? sorted.ready() : sorted.behind();
    }

    /** Whether a figure as it is now lies behind the fence. */
    boolean fenced(DueFigure figure) {
        Noted known = noted.get(figure.id());
        return known != null && known.isOf(figure) && scope.fence.covers(known.mark());
    }
}
