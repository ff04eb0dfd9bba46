package org.evenkeel.ledger.impl.posting;

import java.util.Comparator;

/** A product at a location. Sorted as rows are locked. */
public record LevelKey(long product, long location) implements Comparable<LevelKey> {
    private static final Comparator<LevelKey> ORDER =
            Comparator.comparingLong(LevelKey::product).thenComparingLong(LevelKey::location);

    @Override
    public int compareTo(LevelKey other) {
        return ORDER.compare(this, other);
    }
}
