package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Long lists, in parts that a statement takes. */
final class Chunks {
    /** The most values that one statement asks for. */
    static final int SIZE = 256;

    private Chunks() {}

    /**
     * Parts for an {@code in (…)}, each padded with its last value to a power of two, so that a database and its driver see few
     * different statements.
     */
    static <T> List<List<T>> padded(Collection<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (List<T> part : of(all)) {
            List<T> padded = new ArrayList<>(part);
            T last = part.get(part.size() - 1);
            while (Integer.bitCount(padded.size()) != 1) {
                padded.add(last);
            }
            parts.add(padded);
        }
        return parts;
    }

    static <T> List<List<T>> of(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += SIZE) {
            parts.add(list.subList(from, Math.min(list.size(), from + SIZE)));
        }
        return parts;
    }
}
