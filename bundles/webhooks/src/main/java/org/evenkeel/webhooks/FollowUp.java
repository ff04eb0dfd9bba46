package org.evenkeel.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what was kept is followed by an order pull. A lane is hinted at as soon as an event was kept; until a pull
 * has begun after it and ended, the hint is given again now and then, also after a restart. What another host kept is looked
 * for every {@linkplain #LOOK_ANYWAY 30 s} all the same: that host may have died before its pull. Owns a few threads, as a lane
 * may be in the middle of a long step and must not hold up the others' hints.
 *
 * <p>When an event came is told by the clock of the host that kept it, and when a pull began by that of the host that serves
 * the store. Where both can be different hosts, an event counts as followed only by a pull that began
 * {@link Inbox#clocksApart()} after it; clocks must not differ by more than that.
 */
final class FollowUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(30);
    private static final Duration HINT_AGAIN = Duration.ofSeconds(30);
    private static final Duration PRUNE = Duration.ofMinutes(10);
    private static final int PATIENCE_SECONDS = 5;
    private static final int THREADS = 4;
    private static final int MOST_FIGURES = 1_000;

    private final StoreSync sync;
    private final Inbox inbox;
    private final InstantSource clock;
    private final ScheduledExecutorService threads;

    /** Stores whose hint is on its way: one stands for all. */
    private final Set<String> onItsWay = ConcurrentHashMap.newKeySet();

    /** The counters whose figures are named by what is on its way, by store. */
    private final Map<String, Set<String>> figures = new ConcurrentHashMap<>();

    /** Whether something that this host knows of may wait; at first what an earlier end left. */
    private final AtomicBoolean waits = new AtomicBoolean(true);

    /** When which store was hinted at. */
    private final Map<String, Instant> hinted = new ConcurrentHashMap<>();

    /** When it is looked though this host knows of nothing that waits. */
    private Instant nextAnyway = Instant.EPOCH;

    private Instant nextPrune = Instant.EPOCH;

    FollowUp(StoreSync sync, Inbox inbox, InstantSource clock) {
        this.sync = sync;
        this.inbox = inbox;
        this.clock = clock;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread made = new Thread(task, "evenkeel-webhooks-" + count.incrementAndGet());
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins to look; at once for what an earlier end left. */
    void start() {
        threads.scheduleWithFixedDelay(this::quietly, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @return both, as far as they are not too many: a flood is left to the next full run */
    private static Set<String> some(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream())
                .distinct()
                .limit(MOST_FIGURES)
                .collect(Collectors.toSet());
    }

    /** Something of a store was kept: its lane is hinted at, and at the figures that it names. Returns at once, whatever the lane does. */
    void kept(String store, Set<String> counters) {
        waits.set(true);
        if (!counters.isEmpty()) {
            figures.merge(store, counters, FollowUp::some);
        }
        if (onItsWay.add(store)) {
            try {
                threads.execute(() -> hint(store));
            } catch (RejectedExecutionException closing) {
                // It is kept: the next start follows it up.
                onItsWay.remove(store);
            }
        }
    }

    private void quietly() {
        try {
            look();
        } catch (RuntimeException e) {
            waits.set(true);
            LOG.debug("What was kept could not be followed up; trying again", e);
        }
    }

    /** One look. */
    void look() {
        Instant now = clock.instant();
        boolean anyway = !nextAnyway.isAfter(now);
        if (waits.getAndSet(false) || anyway) {
            nextAnyway = now.plus(LOOK_ANYWAY);
            inbox.unfollowed().forEach((store, last) -> follow(store, last, now));
        }
        if (!nextPrune.isAfter(now)) {
            inbox.prune(now);
            nextPrune = now.plus(PRUNE);
        }
    }

    private void follow(String store, Instant last, Instant now) {
        Optional<Instant> known = knownAsOf(store).map(began -> began.minus(inbox.clocksApart()));
        known.ifPresent(before -> inbox.followed(store, before));
        if (known.isPresent() && known.get().isAfter(last)) {
            hinted.remove(store);
            return;
        }
        waits.set(true);
        if (!hinted.getOrDefault(store, Instant.EPOCH).plus(HINT_AGAIN).isAfter(now)) {
            hint(store);
        }
    }

    private Optional<Instant> knownAsOf(String store) {
        try {
            return sync.ordersKnownAsOf(new StoreId(store));
        } catch (NotFoundException gone) {
            return Optional.empty();
        }
    }

    private void hint(String store) {
        onItsWay.remove(store);
        hinted.put(store, clock.instant());
        Set<String> named = figures.remove(store);
        try {
            if (named == null) {
                sync.hint(new StoreId(store));
            } else {
                sync.hint(new StoreId(store), named);
            }
        } catch (RuntimeException e) {
            // Not in the ledger yet, or not any more; or the database is away. It is tried again.
            LOG.debug("{} could not be hinted at", store, e);
            if (named != null) {
                figures.merge(store, named, FollowUp::some);
            }
        }
    }

    /** Ends within a bound. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The follow-up of webhooks did not end within {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
