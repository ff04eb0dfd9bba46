package org.evenkeel.sync.internal.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Decides what becomes of batches that failed as a whole: they go again after a wait; where that fails again and again, an item
 * that spoils its batch without being named is found by halving it, the parts going one after the other. Guarded by the lane.
 *
 * @param <T> what stands for an item
 */
final class Halving<T> {
    private static final int PATIENCE = 2;
    private static final int MOST_LONE_FAILURES = 6;

    /** Parts of batches that failed without naming an item. */
    private final Deque<List<T>> parts = new ArrayDeque<>();

    private List<T> part;
    private int failures;

    /** What becomes of a batch that failed, and of which nothing was sent. */
    enum Verdict {
        /** It goes again after a wait. */
        WAIT,
        /** Its first half goes now. */
        HALVED,
        /** It is a single item, which cannot be sent though the store was waited for. */
        ALONE
    }

    /** The part of a failed batch whose turn it is; null when there is none. */
    List<T> part() {
        return part;
    }

    /** Goes on with the next part. @return whether there was one under way, or is one */
    boolean nextPart() {
        boolean any = part != null || !parts.isEmpty();
        part = parts.poll();
        return any;
    }

    /** Something of a batch was sent. */
    void worked() {
        failures = 0;
    }

    /** A batch failed. @param passing whether it may work by trying again */
    Verdict failed(List<T> items, boolean passing) {
        failures = passing ? failures + 1 : failures;
        if (!passing || failures <= PATIENCE && part == null) {
            return Verdict.WAIT;
        }
        if (items.size() > 1) {
            halve(items);
            return Verdict.HALVED;
        }
        return Verdict.ALONE;
    }

    /** Whether other items may be tried at once; not where nothing at all seems to work. */
    boolean goesOn() {
        return failures % MOST_LONE_FAILURES != 0;
    }

    /** Nothing of a batch was sent, and no item was named as the reason. */
    void halve(List<T> items) {
        int half = items.size() / 2;
        parts.push(List.copyOf(items.subList(half, items.size())));
        parts.push(List.copyOf(items.subList(0, half)));
        part = parts.poll();
    }
}
