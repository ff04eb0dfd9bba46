package org.evenkeel.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls that a shop got: the newest in full, all of them as counts. Safe for use by many threads. */
public final class RequestLog {
    /** How many calls are kept in full. */
    public static final int KEPT = 5_000;

    /**
     * One call.
     *
     * @param at the time of the shop's clock
     * @param operation the name of the operation, empty where it has none
     * @param fields the root fields that it asked for
     * @param variables its variables as JSON, without secrets
     * @param outcome what became of it: {@code OK}, an error's code, or the fault that struck
     */
    public record Entry(Instant at, String operation, List<String> fields, String variables, String outcome) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long total;

    public synchronized void add(Entry entry) {
        total++;
        entry.fields().forEach(field -> counts.merge(field, 1L, Long::sum));
        entries.addLast(entry);
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    /** The newest calls, oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many calls asked for a root field, since the start or {@link #clear()}. */
    public synchronized long count(String field) {
        return counts.getOrDefault(field, 0L);
    }

    public synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    public synchronized long total() {
        return total;
    }

    public synchronized void clear() {
        entries.clear();
        counts.clear();
        total = 0;
    }
}
