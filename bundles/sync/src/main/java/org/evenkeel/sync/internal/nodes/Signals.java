package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.NodeRecords;
import org.evenkeel.sync.internal.kept.NodeRecords.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell the one that serves a store: counters in the database, looked at twice a second by the node that serves the
 * store, in one statement for all of its stores. A signal is a hint: one that is lost costs time, never truth. What cannot be
 * written is kept and written later.
 *
 * <p>Where the database is not shared, nothing is told and nothing is looked at. Thread-safe.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final Duration GATHERED = Duration.ofMillis(20);

    private final NodeRecords records;
    private final NodePlace place;
    private final Supplier<Set<StoreId>> served;
    private final Ears ears;
    private final Map<StoreId, NodeRecords.Signals> heard = new ConcurrentHashMap<>();
    private final Map<Told, Set<StoreId>> toTell = new EnumMap<>(Told.class);
    private final Repeating polling;
    private final Repeating telling;

    /** Who hears what others tell this node. Called on the scheduler's threads. */
    public interface Ears {
        /** Something was told of a store that this node serves. */
        void told(StoreId store, Told what);

        /** Something is asked of a store that this node serves. */
        void asked(StoreId store);
    }

    /** @param served the stores that this node serves now */
    public Signals(NodeRecords records, NodePlace place, Supplier<Set<StoreId>> served, Ears ears) {
        this.records = records;
        this.place = place;
        this.served = served;
        this.ears = ears;
        this.polling = new Repeating(place.scheduler(), place.clock().wall(), this::poll);
        this.telling = new Repeating(place.scheduler(), place.clock().wall(), this::flush);
    }

    /** Tells something to whichever node serves a store, a moment later. Returns at once. */
    public void tell(StoreId store, Told what) {
        if (place.shared()) {
            synchronized (toTell) {
                toTell.computeIfAbsent(what, key -> new TreeSet<>()).add(store);
            }
            telling.at(place.clock().wall().instant().plus(GATHERED));
        }
    }

    private void flush() {
        Map<Told, Set<StoreId>> all;
        synchronized (toTell) {
            all = new EnumMap<>(toTell);
            toTell.clear();
        }
        all.forEach((what, stores) -> {
            try {
                records.tell(stores, what);
            } catch (RuntimeException e) {
                LOG.debug("Signals could not be told; trying again", e);
                keep(what, stores);
            }
        });
    }

    /** What could not be told is told later: once for each store, however often it was to be told. */
    private void keep(Told what, Set<StoreId> stores) {
        synchronized (toTell) {
            toTell.computeIfAbsent(what, key -> new TreeSet<>()).addAll(stores);
        }
        telling.at(place.clock().wall().instant().plus(place.look()));
    }

    /** This node serves a store from now on. What was told before is of no matter: its lane looks at everything. */
    public void begin(StoreId store) {
        if (place.shared()) {
            heard.put(store, records.begin(store));
            // What was asked of whoever served it before and did not take it up.
            place.scheduler().schedule(place.clock().wall().instant(), () -> quietly(() -> ears.asked(store)));
            polling.at(place.clock().wall().instant().plus(place.look()));
        }
    }

    private void poll() {
        Set<StoreId> stores = served.get();
        heard.keySet().retainAll(stores);
        if (stores.isEmpty()) {
            return;
        }
        polling.at(place.clock().wall().instant().plus(place.look()));
        quietly(() -> records.signals(stores).forEach(this::hear));
    }

    private void hear(StoreId store, NodeRecords.Signals now) {
        NodeRecords.Signals before = heard.replace(store, now);
        if (before == null || before.equals(now)) {
            return;
        }
        if (now.switches() != before.switches()) {
            ears.told(store, Told.SWITCH);
        }
        if (now.hints() != before.hints()) {
            ears.told(store, Told.HINT);
        }
        if (now.wakes() != before.wakes()) {
            ears.told(store, Told.WAKE);
        }
        if (now.requests() != before.requests()) {
            ears.asked(store);
        }
    }

    /** The schedule converges without any signal, and the leases say loudly enough when the database is away. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("Signals between nodes failed", e);
        }
    }

    /** Neither tells nor hears anything any more. */
    public void close() {
        polling.cancel();
        telling.cancel();
    }
}
