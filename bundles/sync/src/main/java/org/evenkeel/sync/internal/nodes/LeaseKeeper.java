package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LaneLeases.Holding;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires, renews and gives up this node's leases, for the stores whose connector is here.
 *
 * <p><strong>Who takes a free store.</strong> A store that was never served, or whose last lease is this node's own, is taken
 * at once: a lone host serves its stores as soon as it is up, also after a crash. A store that another node gave up or lost is
 * taken when it has been seen free for a quarter of a second for each store that this node serves already, three seconds at
 * most: of several nodes the one that serves least is the first. Nothing is taken from a node that lives, so nothing goes
 * back and forth.
 *
 * <p><strong>Time.</strong> The bound is within which a dead node's stores are served again. Leases stand for four fifths of
 * it in the database, and for nine tenths of that in the opinion of this node; they are renewed three times as often as they
 * run out, all in one statement. A lease that could not be renewed in time is over without asking anybody: its store is given
 * up, calls under way are cut off, and it is acquired anew like any other.
 *
 * <p><strong>The seam for simulations.</strong> It needs no framework and owns no thread: clock, scheduler and leases are
 * given. Two nodes in virtual time are two of these with two names over one {@code Ledger.leases()} (on Derby the ledger's
 * clock measures leases), each with a scheduler that dies or pauses with its node, and
 * {@code org.evenkeel.sync.internal.SyncEngine} on top, which takes the same values as {@link NodePlace}.
 *
 * <p>Thread-safe. It may wait for the database on the scheduler's threads; leases end on a thread of their own, which waits for
 * nobody, so that they end in time whatever hangs.
 */
public final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration DELAY_PER_STORE = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(3);

    private final LaneLeases leases;
    private final String node;
    private final NodeClock clock;
    private final Scheduler scheduler;
    private final Serving serving;
    private final Duration time;
    private final Duration believed;

    private final Map<StoreId, HeldLease> held = new ConcurrentHashMap<>();
    private final Set<StoreId> wanted = ConcurrentHashMap.newKeySet();
    /** Since when stores that another node served last are seen free. Used by one look at a time. */
    private final Map<StoreId, NodeClock.Moment> free = new ConcurrentHashMap<>();
    /** Stores that another process serves under this node's name. */
    private final Set<StoreId> namesakes = ConcurrentHashMap.newKeySet();

    private final Object taking = new Object();
    private final Duration look;
    private final Repeating looking;
    private final Repeating renewing;
    private final Repeating ending;
    private volatile boolean troubled;
    private volatile boolean leaving;

    /** What is done with leases. Told on the scheduler's threads, or on the one that asked. */
    public interface Serving {
        /** This node serves a store from now on. When it throws, the lease is released and tried again later. */
        void gained(HeldLease lease);

        /** This node serves a store no longer, and may do nothing more for it. Waits for nobody. */
        void lost(HeldLease lease);
    }

    /** @param place where the node stands */
    public LeaseKeeper(NodePlace place, Serving serving) {
        this.leases = place.leases();
        this.node = place.name();
        this.clock = place.clock();
        this.scheduler = place.scheduler();
        this.serving = serving;
        this.look = place.look();
        this.time = place.bound().multipliedBy(4).dividedBy(5);
        this.believed = time.multipliedBy(9).dividedBy(10);
        this.looking = new Repeating(scheduler, clock.wall(), this::look);
        this.renewing = new Repeating(scheduler, clock.wall(), this::renew);
        this.ending = new Repeating(place.ender(), clock.wall(), this::end);
    }

    /** This node's name. */
    public String node() {
        return node;
    }

    /** A store's connector is here: its lease is acquired as soon as it is free. Returns at once. */
    public void want(StoreId store) {
        wanted.add(store);
        looking.at(clock.wall().instant());
    }

    /** A store's connector is here no longer: its lease is given up. Waits for nobody; idempotent. */
    public void unwant(StoreId store) {
        wanted.remove(store);
        free.remove(store);
        namesakes.remove(store);
        HeldLease lease = held.get(store);
        if (lease != null) {
            giveUp(lease);
            scheduler.schedule(clock.wall().instant(), () -> release(List.of(lease.lease())));
        }
    }

    /** The lease of a store that this node serves now; empty when it does not. */
    public Optional<HeldLease> lease(StoreId store) {
        return Optional.ofNullable(held.get(store)).filter(HeldLease::stands);
    }

    /** The stores that this node serves now, in order. */
    public Set<StoreId> served() {
        return held.values().stream()
                .filter(HeldLease::stands)
                .map(lease -> lease.lease().store())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Acquires a store that nobody serves, on the calling thread; where its connector is not here, for a moment only.
     *
     * @return whether this node serves it now
     */
    public boolean take(StoreId store) {
        synchronized (taking) {
            if (lease(store).isPresent()) {
                return true;
            }
            if (leaving) {
                return false;
            }
            NodeClock.Moment asked = clock.now();
            Optional<Lease> acquired = leases.acquire(store, node, time);
            acquired.ifPresent(lease -> begin(new HeldLease(lease, clock, asked, believed)));
            return lease(store).isPresent();
        }
    }

    private void begin(HeldLease lease) {
        StoreId store = lease.lease().store();
        free.remove(store);
        held.put(store, lease);
        Instant now = clock.wall().instant();
        renewing.at(now.plus(time.dividedBy(3)));
        ending.at(lease.ends());
        if (!wanted.contains(store)) {
            looking.at(now.plus(look));
        }
        try {
            if (leaving) {
                throw new IllegalStateException("This node is stopping.");
            }
            serving.gained(lease);
            LOG.debug("{} serves {} with token {}", node, store, lease.lease().token());
        } catch (RuntimeException e) {
            if (!leaving) {
                LOG.warn("{} could not be served; trying again: {}", store, e.toString());
            }
            giveUp(lease);
            release(List.of(lease.lease()));
            looking.at(now.plus(look));
        }
    }

    // --- looking for stores that are free ----------------------------------------------------------------------------

    private void look() {
        release(held.values().stream()
                .filter(lease -> !wanted.contains(lease.lease().store()))
                .filter(this::giveUp)
                .map(HeldLease::lease)
                .toList());
        Set<StoreId> missing = new TreeSet<>(wanted);
        missing.removeIf(store -> lease(store).isPresent());
        if (missing.isEmpty() || leaving) {
            return;
        }
        // Planned first: whatever happens now, it is looked again.
        looking.at(clock.wall().instant().plus(look));
        try {
            Map<StoreId, Holding> holders = leases.holders().stream()
                    .collect(Collectors.toMap(holding -> holding.lease().store(), Function.identity()));
            missing.stream().filter(store -> isOurs(store, holders.get(store))).forEach(this::take);
            worked();
        } catch (RuntimeException e) {
            trouble(e);
        }
    }

    /** Whether this node is the one to take a store now. @param last its last lease; null when there was none */
    private boolean isOurs(StoreId store, Holding last) {
        boolean own = last != null && last.lease().node().equals(node) && !namesakes.contains(store);
        if (last == null || own) {
            return true;
        }
        if (last.stands()) {
            free.remove(store);
            return false;
        }
        NodeClock.Moment since = free.computeIfAbsent(store, key -> clock.now());
        Duration delay = DELAY_PER_STORE.multipliedBy(held.size());
        Duration bounded = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        Duration left = bounded.minus(clock.since(since));
        if (left.isNegative() || left.isZero()) {
            return true;
        }
        looking.at(clock.wall().instant().plus(left));
        return false;
    }

    // --- keeping what is held ----------------------------------------------------------------------------------------

    private void renew() {
        List<HeldLease> present =
                held.values().stream().filter(HeldLease::stands).toList();
        if (present.isEmpty()) {
            return;
        }
        Instant now = clock.wall().instant();
        renewing.at(now.plus(troubled ? time.dividedBy(10) : time.dividedBy(3)));
        try {
            NodeClock.Moment asked = clock.now();
            Set<Lease> standing =
                    leases.renew(present.stream().map(HeldLease::lease).toList(), time);
            for (HeldLease lease : present) {
                if (standing.contains(lease.lease())) {
                    lease.renewed(asked);
                } else {
                    taken(lease);
                }
            }
            worked();
        } catch (RuntimeException e) {
            trouble(e);
            renewing.at(now.plus(time.dividedBy(10)));
        }
    }

    /** Another process has a lease that this one took for its own. */
    private void taken(HeldLease lease) {
        StoreId store = lease.lease().store();
        if (!giveUp(lease)) {
            return;
        }
        leases.holders().stream()
                .filter(holding -> holding.lease().store().equals(store))
                .filter(holding -> holding.lease().node().equals(node)
                        && holding.lease().token() > lease.lease().token())
                .findFirst()
                .ifPresent(namesake -> {
                    namesakes.add(store);
                    LOG.error(
                            "Another host calls itself {}, too, and serves {} now. Give each host a name of its own"
                                    + " (node.name), or a data folder that is not a copy.",
                            node,
                            store);
                });
    }

    /** Gives up what could not be renewed in time. */
    private void end() {
        for (HeldLease lease : held.values()) {
            if (!lease.stands() && giveUp(lease)) {
                LOG.warn(
                        "{} could not be renewed in time: {} is given up until the database answers",
                        lease.lease().store(),
                        node);
            } else {
                ending.at(lease.ends());
            }
        }
    }

    /** A lease turned out to be over before its time. Waits for nobody. */
    public void drop(HeldLease lease) {
        giveUp(lease);
    }

    /** @return whether it was held until now */
    private boolean giveUp(HeldLease lease) {
        lease.end();
        if (!held.remove(lease.lease().store(), lease)) {
            return false;
        }
        serving.lost(lease);
        if (wanted.contains(lease.lease().store())) {
            looking.at(clock.wall().instant().plus(look));
        }
        return true;
    }

    private void release(Collection<Lease> ended) {
        if (ended.isEmpty()) {
            return;
        }
        try {
            leases.release(ended);
        } catch (RuntimeException e) {
            LOG.debug("Leases could not be released; they run out", e);
        }
    }

    /** Says once that the database does not answer, not at every look. */
    private void trouble(RuntimeException failure) {
        if (!troubled && !leaving) {
            troubled = true;
            LOG.warn("Leases can be neither read nor renewed; trying again: {}", failure.toString());
        }
    }

    private void worked() {
        if (troubled) {
            troubled = false;
            LOG.info("Leases are read and renewed again");
        }
    }

    /** Takes no store any more, and keeps those that it has. */
    public void takeNoMore() {
        leaving = true;
        looking.cancel();
    }

    /** Gives up all stores, so that others may take them at once, and takes none any more. Idempotent. */
    public void leave() {
        takeNoMore();
        renewing.cancel();
        ending.cancel();
        List<Lease> given = held.values().stream()
                .filter(this::giveUp)
                .map(HeldLease::lease)
                .toList();
        if (!troubled) {
            // A database that does not answer would only hold up the stop; the leases run out.
            release(given);
        }
    }
}
