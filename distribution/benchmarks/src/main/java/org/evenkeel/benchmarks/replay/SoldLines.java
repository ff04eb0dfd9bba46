package org.evenkeel.benchmarks.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.benchmarks.replay.Step.Sold;

/** What was sold and did not come back yet, by code and country. */
final class SoldLines {
    private record Key(String code, String country) {}

    private static final class Left {
        private final Sold line;
        private int units;

        Left(Sold line, int units) {
            this.line = line;
            this.units = units;
        }
    }

    private final Map<Key, Deque<Left>> newestFirst = new HashMap<>();

    void add(Line line, Sold sold) {
        newestFirst.computeIfAbsent(key(line), key -> new ArrayDeque<>()).addFirst(new Left(sold, line.quantity()));
    }

    /**
     * Takes units back from the newest line that has enough left; where none has, from as many lines as it takes, the newest
     * first.
     *
     * @return how many came from which line; fewer than asked for where fewer were sold
     */
    Map<Sold, Integer> takeBack(Line line, int units) {
        Deque<Left> lines = newestFirst.getOrDefault(key(line), new ArrayDeque<>());
        List<Left> from = lines.stream()
                .filter(left -> left.units >= units)
                .findFirst()
                .map(List::of)
                .orElseGet(() -> new ArrayList<>(lines));
        Map<Sold, Integer> taken = new LinkedHashMap<>();
        int wanted = units;
        for (Left left : from) {
            int take = Math.min(wanted, left.units);
            if (take > 0) {
                left.units -= take;
                wanted -= take;
                taken.put(left.line, take);
            }
        }
        lines.removeIf(left -> left.units == 0);
        return taken;
    }

    private static Key key(Line line) {
        return new Key(line.code().folded(), line.country());
    }
}
