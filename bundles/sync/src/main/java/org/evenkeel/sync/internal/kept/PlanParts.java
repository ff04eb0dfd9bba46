package org.evenkeel.sync.internal.kept;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of keys, in parts that a statement takes. Stateless. */
final class PlanParts {
    private static final int CHUNK = 256;

    private PlanParts() {}

    static Set<String> keys(long plan, Collection<String> values) {
        return values.stream().map(value -> PlanKeys.of(plan, value)).collect(Collectors.toSet());
    }

    /**
     * Parts for an {@code in (…)}, each padded with its last value to a power of two, so that a database and its driver see few
     * different statements.
     */
    static <T> List<List<T>> of(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += CHUNK) {
            List<T> part = new ArrayList<>(list.subList(from, Math.min(list.size(), from + CHUNK)));
            while (Integer.bitCount(part.size()) != 1) {
                part.add(part.get(part.size() - 1));
            }
            parts.add(part);
        }
        return parts;
    }
}
