package org.evenkeel.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WindowBucket;

/** Over which time the oversell window is told, and in which steps. */
public enum Span {
    DAY("24 hours", Duration.ofDays(1), Duration.ofMinutes(30)),
    WEEK("7 days", Duration.ofDays(7), Duration.ofHours(4)),
    MONTH("30 days", Duration.ofDays(30), Duration.ofDays(1));

    private final String words;
    private final Duration length;
    private final Duration bucket;

    Span(String words, Duration length, Duration bucket) {
        this.words = words;
        this.length = length;
        this.bucket = bucket;
    }

    public String words() {
        return words;
    }

    /** As it stands in an address. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The steps up to and with the present one; whole ones, so that a point stays where it is from look to look. */
    List<WindowBucket> windows(StoreSync sync, StoreId store, Instant now) {
        return sync.windows(store, from(now), to(now), bucket);
    }

    /** The windows of all of it as one; its count is 0 when there were none. */
    WindowBucket sum(StoreSync sync, StoreId store, Instant now) {
        return sync.windows(store, from(now), to(now), length).stream()
                .findFirst()
                .orElseGet(() -> new WindowBucket(from(now), 0, null, null, null));
    }

    /** The drawing of a store's windows. @param bound above which there is an alarm; null for none */
    Chart chart(StoreSync sync, StoreId store, Instant now, Duration bound) {
        List<Chart.Point> points = windows(sync, store, now).stream()
                .map(part -> new Chart.Point(part.from(), part.count(), part.p50(), part.p99(), part.max()))
                .toList();
        return new Chart(from(now), to(now), bucket, points, bound);
    }

    private Instant from(Instant now) {
        return to(now).minus(length);
    }

    private Instant to(Instant now) {
        long step = bucket.toSeconds();
        return Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step);
    }
}
