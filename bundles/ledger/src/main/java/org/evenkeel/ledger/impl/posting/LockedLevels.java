package org.evenkeel.ledger.impl.posting;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The levels that a transaction has locked, with the figures that it gave them. A level that does not exist yet counts as
 * locked with no figures: whoever inserts it second runs again. Filled by {@link Poster}; belongs to one transaction.
 */
public final class LockedLevels {
    private final Map<LevelKey, Figures> figures = new HashMap<>();

    /** The figures as this transaction left them. @throws IllegalStateException when the level was not locked */
    public Figures of(LevelKey key) {
        Figures known = figures.get(key);
        if (known == null) {
            throw new IllegalStateException(key + " was not locked");
        }
        return known;
    }

    /** Those of {@code keys} that are not locked yet, sorted as they are to be locked. */
    TreeSet<LevelKey> missing(Collection<LevelKey> keys) {
        TreeSet<LevelKey> missing = new TreeSet<>(keys);
        missing.removeAll(figures.keySet());
        return missing;
    }

    void put(LevelKey key, Figures now) {
        figures.put(key, now);
    }
}
