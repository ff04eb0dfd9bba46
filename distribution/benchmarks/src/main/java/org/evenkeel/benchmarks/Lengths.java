package org.evenkeel.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Many lengths of time, told by the lengths that half, and 99 of 100 of them, do not exceed, and by the longest. */
public final class Lengths {
    private final List<Duration> all = new ArrayList<>();

    public Lengths add(Duration length) {
        all.add(length);
        return this;
    }

    public Lengths addAll(Lengths others) {
        all.addAll(others.all);
        return this;
    }

    public int count() {
        return all.size();
    }

    /** The shortest length that so many percent of all do not exceed; zero when there is none. */
    public Duration percentile(int percent) {
        if (all.isEmpty()) {
            return Duration.ZERO;
        }
        Collections.sort(all);
        int rank = (int) Math.ceil(percent / 100.0 * all.size());
        return all.get(Math.max(0, rank - 1));
    }

    public Duration longest() {
        return percentile(100);
    }

    /** One line, in seconds. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "p50 %s, p99 %s, max %s (%d)",
                seconds(percentile(50)),
                seconds(percentile(99)),
                seconds(longest()),
                count());
    }

    /** Such as {@code 0.412 s}. */
    public static String seconds(Duration length) {
        return String.format(Locale.ROOT, "%.3f s", length.toMillis() / 1000.0);
    }
}
