package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.StoreId;

/**
 * Measures, per store, how long a unit sold there stays on sale elsewhere: from the placing of its newest order to the last
 * push that was acknowledged until every other store was level again. A live figure, kept in memory. Thread-safe.
 */
final class OversellWindows {
    private final InstantSource clock;
    private final Map<StoreId, Open> open = new HashMap<>();

    private static final class Open {
        private final Instant placedAt;
        private final Set<StoreId> behind;
        private Instant lastPush;

        Open(Instant placedAt, Set<StoreId> behind) {
            this.placedAt = placedAt;
            this.behind = behind;
        }
    }

    /** Told of a window that closed. */
    interface Closed {
        void window(StoreId store, Duration length);
    }

    OversellWindows(InstantSource clock) {
        this.clock = clock;
    }

    /** Orders of a store moved the ledger. @param others the other stores that are on */
    synchronized void sold(StoreId store, Instant placedAt, Set<StoreId> others) {
        if (placedAt != null && !others.isEmpty()) {
            open.putIfAbsent(store, new Open(placedAt, new HashSet<>(others)));
        }
    }

    /** A store is level. */
    synchronized void level(StoreId store, boolean pushed, Closed closed) {
        Instant now = clock.instant();
        Set<StoreId> done = new HashSet<>();
        open.forEach((origin, window) -> {
            if (window.behind.remove(store) && pushed) {
                window.lastPush = now;
            }
            if (window.behind.isEmpty()) {
                done.add(origin);
            }
        });
        for (StoreId origin : done) {
            Open window = open.remove(origin);
            // The store's clock may run ahead of ours.
            if (window.lastPush != null && !window.lastPush.isBefore(window.placedAt)) {
                closed.window(origin, Duration.between(window.placedAt, window.lastPush));
            }
        }
    }

    /** A store is on no longer: nobody waits for it. */
    synchronized void away(StoreId store) {
        open.remove(store);
        open.values().forEach(window -> window.behind.remove(store));
    }
}
