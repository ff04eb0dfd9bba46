package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingBook.DueCount;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;

/**
 * Finds what a store should be sent. Figures that something concerns are looked at once, some hundreds in a transaction: those
 * level already are acknowledged on the way, those that must not be sent are laid aside until a change wakes them, the others
 * queue by direction. What is handed out is looked at afresh. Thread-safe.
 */
final class DueFigures {
    /** The most figures that one call looks at for the first time, so that a lane is back at its orders soon. */
    static final int MOST_LOOKED_AT = 10_000;

    private final LedgerTransactions transactions;

    private final Rows rows;
    private final WantedFigures wanted;
    private final Marking marking;

    DueFigures(LedgerTransactions transactions, Rows rows, WantedFigures wanted) {
        this.transactions = transactions;
        this.rows = rows;
        this.wanted = wanted;
        this.marking = new Marking(transactions, rows);
    }

    List<DueFigure> due(StoreId store, Instant now, int limit) {
        Instant time = Times.micros(now);
        Look look =
                transactions.run(tx -> readied(tx, store.value(), time) ? lookAtAll(tx, store.value(), time) : null);
        if (look == null) {
            marking.finish(store.value());
            look = transactions.run(tx -> lookAtAll(tx, store.value(), time));
        }
        return look.tooMuch() ? dueOfMany(store, time, limit) : dueOf(look.judged(), limit);
    }

    /** What a look at all that may be due showed. @param tooMuch whether it is too much for one transaction */
    private record Look(List<Wanted> judged, boolean tooMuch) {}

    /**
     * Wakes what waits until now.
     *
     * @return whether nothing was to be done: figures are not looked at by a transaction that holds some of them
     */
    private boolean readied(Tx tx, String store, Instant now) {
        return wakeWaiting(tx, store, now) == 0 && !rows.ruleVersions(tx, store).marking();
    }

    private Look lookAtAll(Tx tx, String store, Instant now) {
        List<Long> ids = tx.session()
                .createSelectionQuery(
                        "select f.id from Figure f where f.store = :store and f.queue >= MOVED and f.queue <= UP"
                                + " order by f.queue, f.priority, f.id",
                        Long.class)
                .setParameter("store", store)
                .setMaxResults(Chunks.SIZE + 1)
                .getResultList();
        if (ids.isEmpty() || ids.size() > Chunks.SIZE) {
            return new Look(List.of(), !ids.isEmpty());
        }
        return new Look(judge(tx, store, ids, now), false);
    }

    private static List<DueFigure> dueOf(List<Wanted> judged, int limit) {
        return judged.stream()
                .filter(each -> each.verdict() == Queue.DOWN || each.verdict() == Queue.UP)
                .sorted(Comparator.comparing(Wanted::verdict)
                        .thenComparing(Wanted::priority)
                        .thenComparing(each -> each.figure().id))
                .limit(limit)
                .map(Wanted::toDue)
                .toList();
    }

    private List<DueFigure> dueOfMany(StoreId store, Instant time, int limit) {
        int left = MOST_LOOKED_AT;
        left -= sort(store.value(), Queue.MOVED, left, time);
        sort(store.value(), Queue.FRESH, left, time);
        List<DueFigure> due = new ArrayList<>();
        take(store.value(), Queue.DOWN, limit, time, due);
        take(store.value(), Queue.UP, limit, time, due);
        return due;
    }

    private static int wakeWaiting(Tx tx, String store, Instant now) {
        return tx.session()
                .createMutationQuery("update Figure f set f.queue = MOVED, f.rowVersion = f.rowVersion + 1"
                        + " where f.store = :store and f.queue = WAITING and f.retryAt <= :now")
                .setParameter("store", store)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Looks at figures for the first time. @return how many */
    private int sort(String store, Queue queue, int most, Instant now) {
        int looked = 0;
        Place after = Place.FIRST;
        while (looked < most) {
            List<Place> places = next(store, queue, after, Math.min(Chunks.SIZE, most - looked));
            if (places.isEmpty()) {
                break;
            }
            judge(store, Place.ids(places), now);
            looked += places.size();
            after = places.get(places.size() - 1);
        }
        return looked;
    }

    private void take(String store, Queue direction, int limit, Instant now, List<DueFigure> due) {
        Place after = Place.FIRST;
        while (due.size() < limit) {
            List<Place> places = next(store, direction, after, Math.min(Chunks.SIZE, limit - due.size()));
            if (places.isEmpty()) {
                break;
            }
            Map<Long, Wanted> judged = new HashMap<>();
            judge(store, Place.ids(places), now).forEach(each -> judged.put(each.figure().id, each));
            places.stream()
                    .map(place -> judged.get(place.id()))
                    .filter(each -> each != null && each.verdict() == direction)
                    .map(Wanted::toDue)
                    .forEach(due::add);
            after = places.get(places.size() - 1);
        }
    }

    private List<Place> next(String store, Queue queue, Place after, int limit) {
        return transactions.read(tx -> tx.session()
                .createSelectionQuery(
                        // A literal, so that PostgreSQL sees that its partial index serves. The first condition on the
                        // priority is where both databases begin in that index.
                        "select f.priority, f.id from Figure f where f.store = :store and f.queue = " + queue.name()
                                + " and f.priority >= :priority and (f.priority > :priority or f.id > :id)"
                                + " order by f.priority, f.id",
                        Place.class)
                .setParameter("store", store)
                .setParameter("priority", after.priority())
                .setParameter("id", after.id())
                .setMaxResults(limit)
                .getResultList());
    }

    /** A figure's place in a queue. */
    private record Place(Integer priority, Long id) {
        static final Place FIRST = new Place(0, 0L);

        static List<Long> ids(List<Place> places) {
            return places.stream().map(Place::id).toList();
        }
    }

    List<DueFigure> recheck(StoreId store, Set<Long> figures) {
        return judge(store.value(), figures, null).stream()
                .filter(judged -> judged.verdict() == Queue.DOWN || judged.verdict() == Queue.UP)
                .map(Wanted::toDue)
                .toList();
    }

    /**
     * Computes figures in one state of the ledger, and files them accordingly.
     *
     * @param now the time of acknowledgements on the way; null for the ledger's own
     * @return those that may be sent, as far as their own state goes
     */
    private List<Wanted> judge(String store, Collection<Long> ids, Instant now) {
        return transactions.run(tx -> judge(tx, store, ids, now == null ? tx.now() : now));
    }

    private List<Wanted> judge(Tx tx, String store, Collection<Long> ids, Instant now) {
        List<Wanted> judged = wanted.of(tx, store, ids).stream()
                .filter(each -> each.figure().queue.ready() || each.figure().queue == Queue.DORMANT)
                .toList();
        file(tx, judged, now);
        return judged;
    }

    private void file(Tx tx, List<Wanted> judged, Instant now) {
        Map<Long, Wanted> toFile = new HashMap<>();
        for (Wanted each : judged) {
            if (each.figure().queue != each.verdict()) {
                toFile.put(each.figure().id, each);
            }
        }
        List<FigureEntity> changed = new ArrayList<>();
        boolean acknowledged = false;
        for (FigureEntity figure : rows.lockFigures(tx, toFile.keySet()).values()) {
            Wanted each = toFile.get(figure.id);
            // Decided without a lock: if anything happened to it since, it is looked at again.
            if (figure.rowVersion != each.figure().rowVersion) {
                continue;
            }
            if (each.verdict() == Queue.REST && figure.active) {
                acknowledged |= figure.level(each.number(), each.productVersion(), each.ruleVersion(), now);
            } else {
                figure.queue = each.verdict();
                figure.priority = each.priority();
            }
            changed.add(figure);
        }
        rows.write(tx, changed);
        if (acknowledged) {
            tx.changes().kinds(Change.Kind.OUTCOMES);
        }
    }

    List<DueFigure> unsettled(StoreId store, int limit) {
        return transactions.read(tx -> {
            List<Long> ids = tx.session()
                    .createSelectionQuery(
                            "select f.id from Figure f where f.store = :store and f.queue in (UNKNOWN, ACCEPTED)"
                                    + " order by f.id",
                            Long.class)
                    .setParameter("store", store.value())
                    .setMaxResults(limit)
                    .getResultList();
            return wanted.of(tx, store.value(), ids).stream().map(Wanted::toDue).toList();
        });
    }

    DueCount count(StoreId store, Instant now) {
        return transactions.read(tx -> {
            Map<Queue, Integer> counts = new EnumMap<>(Queue.class);
            tx.session()
                    .createSelectionQuery(
                            "select f.queue, count(*) from Figure f where f.store = :store and f.queue > REST"
                                    + " group by f.queue",
                            Counted.class)
                    .setParameter("store", store.value())
                    .getResultList()
                    .forEach(row -> counts.put(row.queue(), Math.toIntExact(row.count())));
            Waiting waiting =
                    counts.containsKey(Queue.WAITING) ? waiting(tx, store.value(), Times.micros(now)) : Waiting.NONE;
            int still = Math.toIntExact(waiting.count());
            return new DueCount(
                    sum(counts, Queue.MOVED, Queue.FRESH, Queue.DOWN, Queue.UP, Queue.WAITING) - still,
                    sum(counts, Queue.MOVED, Queue.FRESH),
                    still,
                    sum(counts, Queue.UNKNOWN, Queue.ACCEPTED),
                    sum(counts, Queue.PARKED),
                    waiting.first());
        });
    }

    private static int sum(Map<Queue, Integer> counts, Queue... queues) {
        return Stream.of(queues)
                .mapToInt(queue -> counts.getOrDefault(queue, 0))
                .sum();
    }

    /** Those whose time has not come. */
    private static Waiting waiting(Tx tx, String store, Instant now) {
        return tx.session()
                .createSelectionQuery(
                        "select count(*), min(f.retryAt) from Figure f"
                                + " where f.store = :store and f.queue = WAITING and f.retryAt > :now",
                        Waiting.class)
                .setParameter("store", store)
                .setParameter("now", now)
                .getSingleResult();
    }

    private record Counted(Queue queue, Long count) {}

    private record Waiting(Long count, Instant first) {
        static final Waiting NONE = new Waiting(0L, null);
    }
}
