package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.time.Scheduler;

/**
 * Wakes the lanes that a change of the ledger concerns, a moment later and once for several changes. Thread-safe; returns at
 * once on the committing thread.
 */
final class Wakeups implements LedgerListener {
    /** What makes no figure due by itself. */
    private static final Set<Change.Kind> QUIET = EnumSet.of(Change.Kind.STORES, Change.Kind.PRODUCTS);

    private final InstantSource clock;
    private final Scheduler scheduler;
    private final Duration coalescing;
    private final Consumer<StoreId> wake;
    private final Consumer<StoreId> storeChanged;
    private final Set<StoreId> gathering = ConcurrentHashMap.newKeySet();

    /**
     * @param wake wakes a store's lane
     * @param storeChanged told that a store's own data changed: its switches, its name
     */
    Wakeups(
            InstantSource clock,
            Scheduler scheduler,
            Duration coalescing,
            Consumer<StoreId> wake,
            Consumer<StoreId> storeChanged) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.coalescing = coalescing;
        this.wake = wake;
        this.storeChanged = storeChanged;
    }

    @Override
    public void changed(Change change) {
        boolean wakes = !QUIET.containsAll(change.kinds());
        boolean stores = change.kinds().contains(Change.Kind.STORES);
        for (StoreId store : change.stores()) {
            if (stores) {
                scheduler.schedule(clock.instant(), () -> storeChanged.accept(store));
            }
            if (wakes && gathering.add(store)) {
                scheduler.schedule(clock.instant().plus(coalescing), () -> {
                    gathering.remove(store);
                    wake.accept(store);
                });
            }
        }
    }
}
