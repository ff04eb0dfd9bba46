package org.evenkeel.ledger.impl.orders;

import java.util.HashMap;
import java.util.Map;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.impl.posting.Figures;
import org.evenkeel.ledger.impl.posting.LevelKey;
import org.evenkeel.ledger.impl.posting.LockedLevels;
import org.evenkeel.ledger.impl.posting.PostingLine;

/**
 * The figures as they will be once what was planned is posted. Each order plans on a sheet of its own over the page's, which is
 * thrown away when the order cannot be applied.
 */
final class Sheet {
    private final LockedLevels locked;
    private final Sheet below;
    private final Map<LevelKey, Figures> planned = new HashMap<>();

    Sheet(LockedLevels locked) {
        this(locked, null);
    }

    private Sheet(LockedLevels locked, Sheet below) {
        this.locked = locked;
        this.below = below;
    }

    Sheet onTop() {
        return new Sheet(locked, this);
    }

    Figures of(LevelKey key) {
        Figures figures = planned.get(key);
        if (figures != null) {
            return figures;
        }
        return below == null ? locked.of(key) : below.of(key);
    }

    /** @throws InvalidInputException when a figure would leave the range that the ledger counts in */
    void plan(PostingLine line) {
        planned.put(line.key(), of(line.key()).plus(line));
    }

    /** Takes what was planned on this sheet down to the one below. */
    void accept() {
        below.planned.putAll(planned);
    }
}
