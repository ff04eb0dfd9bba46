package org.evenkeel.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Genuine webhooks, kept: each event of a store once, until it is old or there are too many. What a pull has not followed yet
 * is known after a crash. Thread-safe.
 */
final class Inbox implements AutoCloseable {
    private static final int LONGEST_HINTS = 1000;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration HOSTS_CLOCKS_APART = Duration.ofSeconds(5);

    private final Persistence persistence;
    private final Duration clocksApart;
    private final Duration age;
    private final int most;

    /** What was kept lately, so that a flood of replays does not reach the database. */
    private final Map<EventEntity.Key, Boolean> lately = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventEntity.Key, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * Opens the unit.
     *
     * @param age how long events are kept
     * @param most how many events of one store are kept
     */
    Inbox(Database database, Duration age, int most) {
        this.persistence = database.open(new PersistenceUnit(
                "webhooks", Inbox.class.getClassLoader(), List.of(EventEntity.class), "db/webhooks"));
        this.clocksApart = database.vendor() == Database.Vendor.DERBY ? Duration.ZERO : HOSTS_CLOCKS_APART;
        this.age = age;
        this.most = most;
    }

    /**
     * Keeps an event, durably before it returns.
     *
     * @param event at most 100 characters
     * @return whether it is new; false when it was kept before
     * @throws org.evenkeel.database.DatabaseException when it cannot be kept
     */
    boolean keep(String store, String event, Instant at, String hints) {
        EventEntity.Key key = new EventEntity.Key(store, event);
        if (known(key)) {
            return false;
        }
        EventEntity row = new EventEntity();
        row.key = key;
        row.receivedAt = at.truncatedTo(ChronoUnit.MICROS);
        row.hints = hints.length() > LONGEST_HINTS ? hints.substring(0, LONGEST_HINTS) : hints;
        boolean made = insert(row);
        synchronized (lately) {
            lately.put(key, true);
        }
        return made;
    }

    private boolean known(EventEntity.Key key) {
        synchronized (lately) {
            return lately.containsKey(key);
        }
    }

    private boolean insert(EventEntity row) {
        try {
            return persistence.inStatelessTransaction(session -> {
                if (session.get(EventEntity.class, row.key) != null) {
                    return false;
                }
                session.insert(row);
                return true;
            });
        } catch (ConstraintViolationException meanwhile) {
            return false;
        }
    }

    /**
     * By how much the clocks of the hosts that share this inbox may differ: 5 s; zero on an embedded database, which one host
     * has for itself.
     */
    Duration clocksApart() {
        return clocksApart;
    }

    /** Stores with events that no pull has followed, and when the last of those came. */
    Map<String, Instant> unfollowed() {
        return persistence.inStatelessTransaction(session -> {
            Map<String, Instant> stores = new LinkedHashMap<>();
            session.createSelectionQuery(
                            "select e.key.store, max(e.receivedAt) from Event e where e.followed = false group by e.key.store",
                            Object[].class)
                    .getResultList()
                    .forEach(row -> stores.put((String) row[0], (Instant) row[1]));
            return stores;
        });
    }

    /** Whatever came before then was followed by a pull. */
    void followed(String store, Instant before) {
        persistence.inStatelessTransaction(session -> session.createMutationQuery("update Event e set e.followed = true"
                        + " where e.key.store = :store and e.followed = false and e.receivedAt < :before")
                .setParameter("store", store)
                .setParameter("before", before)
                .executeUpdate());
    }

    /** Forgets what is old, and of each store what is more than the bound, the oldest first. */
    void prune(Instant now) {
        persistence.inStatelessTransaction(session -> {
            session.createMutationQuery("delete from Event e where e.receivedAt < :oldest")
                    .setParameter("oldest", now.minus(age))
                    .executeUpdate();
            session.createSelectionQuery(
                            "select e.key.store from Event e group by e.key.store having count(*) > :most",
                            String.class)
                    .setParameter("most", (long) most)
                    .getResultList()
                    .forEach(store -> session.createSelectionQuery(
                                    "select e.receivedAt from Event e where e.key.store = :store"
                                            + " order by e.receivedAt desc",
                                    Instant.class)
                            .setParameter("store", store)
                            .setFirstResult(most)
                            .setMaxResults(1)
                            .getResultList()
                            .forEach(oldest -> session.createMutationQuery(
                                            "delete from Event e where e.key.store = :store and e.receivedAt <= :oldest")
                                    .setParameter("store", store)
                                    .setParameter("oldest", oldest)
                                    .executeUpdate()));
            return null;
        });
    }

    @Override
    public void close() {
        persistence.close();
    }
}
