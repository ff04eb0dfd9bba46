package org.evenkeel.sync.internal.lane;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.ledger.DueFigure;

/** Which figures had their turn in a push phase, and which must be explained before they get another one. */
final class Turns {
    private final Set<Long> over = new HashSet<>();

    /** Figures that the store shows otherwise than believed. */
    private final Set<Long> stale = new HashSet<>();

    /** Those of them whose present figure the store did not tell. */
    private final Map<Long, FigureTarget> untold = new HashMap<>();

    boolean isOver(DueFigure figure) {
        return over.contains(figure.id());
    }

    void end(long figure) {
        over.add(figure);
    }

    /** The store shows another figure than it was believed to. @param told whether it said which */
    void stale(DueFigure figure, boolean told) {
        stale.add(figure.id());
        over.add(figure.id());
        if (!told) {
            untold.put(figure.id(), ReadBack.target(figure));
        }
    }

    /** What is to be read before stale figures can be explained. */
    Map<Long, FigureTarget> takeUntold() {
        Map<Long, FigureTarget> targets = new LinkedHashMap<>(untold);
        untold.clear();
        return targets;
    }

    /** Gives stale figures another turn. @return whether there were any: they are to be explained first */
    boolean takeStale() {
        boolean any = !stale.isEmpty();
        over.removeAll(stale);
        stale.clear();
        return any;
    }
}
