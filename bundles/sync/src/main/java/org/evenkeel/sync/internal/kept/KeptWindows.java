package org.evenkeel.sync.internal.kept;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.WindowBucket;

/** Oversell windows that closed, kept for a set time. Thread-safe. */
public final class KeptWindows {
    /** Of a span with more windows than this, the newest are counted. */
    private static final int MOST_READ = 500_000;

    private final Persistence persistence;
    private final Duration age;

    /** A window: whose, when it closed, how long it was. */
    public record Window(StoreId store, Instant closedAt, Duration length) {}

    /** @param age how long they are kept */
    KeptWindows(Persistence persistence, Duration age) {
        this.persistence = persistence;
        this.age = age;
    }

    /** Keeps windows, all in one go, and forgets those that are too old. */
    public void add(List<Window> windows, Instant now) {
        persistence.inStatelessTransaction(session -> {
            session.insertMultiple(windows.stream().map(KeptWindows::row).toList());
            session.createMutationQuery("delete from Window w where w.closedAt < :oldest")
                    .setParameter("oldest", now.minus(age))
                    .executeUpdate();
            return null;
        });
    }

    private static WindowEntity row(Window window) {
        WindowEntity row = new WindowEntity();
        row.store = window.store().value();
        row.closedAt = window.closedAt().truncatedTo(ChronoUnit.MICROS);
        row.lengthMillis = window.length().toMillis();
        return row;
    }

    /** The longest that closed since a moment; empty when none did. */
    public Optional<Duration> longest(StoreId store, Instant since) {
        return persistence.inStatelessTransaction(session -> Optional.ofNullable(session.createSelectionQuery(
                                "select max(w.lengthMillis) from Window w where w.store = :store and w.closedAt >= :since",
                                Long.class)
                        .setParameter("store", store.value())
                        .setParameter("since", since)
                        .getSingleResultOrNull())
                .map(Duration::ofMillis));
    }

    /** A bucket for each span. @param store null for all */
    public List<WindowBucket> buckets(StoreId store, Instant from, int count, Duration bucket) {
        List<List<Long>> lengths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lengths.add(new ArrayList<>());
        }
        for (Object[] window : read(store, from, from.plus(bucket.multipliedBy(count)))) {
            int place = (int) Duration.between(from, (Instant) window[0]).dividedBy(bucket);
            lengths.get(place).add((Long) window[1]);
        }
        List<WindowBucket> buckets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            buckets.add(bucket(from.plus(bucket.multipliedBy(i)), lengths.get(i)));
        }
        return buckets;
    }

    private List<Object[]> read(StoreId store, Instant from, Instant to) {
        return persistence.inStatelessTransaction(session -> {
            String where = store == null ? "" : " and w.store = :store";
            var query = session.createSelectionQuery(
                            "select w.closedAt, w.lengthMillis from Window w where w.closedAt >= :from and w.closedAt < :to"
                                    + where + " order by w.closedAt desc",
                            Object[].class)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setMaxResults(MOST_READ);
            return (store == null ? query : query.setParameter("store", store.value())).getResultList();
        });
    }

    private static WindowBucket bucket(Instant from, List<Long> millis) {
        if (millis.isEmpty()) {
            return new WindowBucket(from, 0, null, null, null);
        }
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        return new WindowBucket(
                from,
                sorted.length,
                share(sorted, 50),
                share(sorted, 99),
                Duration.ofMillis(sorted[sorted.length - 1]));
    }

    /** The length that so many in a hundred do not exceed. */
    private static Duration share(long[] sorted, int percent) {
        int place = (int) ((long) sorted.length * percent + 99) / 100;
        return Duration.ofMillis(sorted[Math.max(0, place - 1)]);
    }
}
