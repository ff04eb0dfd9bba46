package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.SyncListener;
import org.evenkeel.sync.internal.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners that a store's status changed: a few times a second at most, never on a lane's stack. Thread-safe. */
final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration GATHERED = Duration.ofMillis(250);

    private final InstantSource clock;
    private final Scheduler scheduler;
    private final List<SyncListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<StoreId> gathering = ConcurrentHashMap.newKeySet();

    Notifications(InstantSource clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    void add(SyncListener listener) {
        listeners.add(listener);
    }

    void remove(SyncListener listener) {
        listeners.remove(listener);
    }

    void changed(StoreId store) {
        if (!listeners.isEmpty() && gathering.add(store)) {
            scheduler.schedule(clock.instant().plus(GATHERED), () -> tell(store));
        }
    }

    private void tell(StoreId store) {
        gathering.remove(store);
        for (SyncListener listener : listeners) {
            try {
                listener.changed(store);
            } catch (RuntimeException e) {
                LOG.warn("A listener of the sync failed", e);
            }
        }
    }
}
