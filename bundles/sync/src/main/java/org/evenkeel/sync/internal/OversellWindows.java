package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;

/**
 * Measures how long a sold unit stays on sale elsewhere: for each order that is new, from its placing to the last acknowledged
 * push of its products, once every other store that sells them acknowledged theirs or had nothing due. Orders overlap as they
 * like. Kept in memory and bounded: what a restart forgets was not measured; one that lasts a day, or is the oldest of too many,
 * is taken as having ended then. Thread-safe.
 */
final class OversellWindows {
    /** Beyond these the oldest are given up: stores that are level nowhere would otherwise fill the memory. */
    private static final int MOST_OPEN = 10_000;

    /** As long as a bound can be: what lasts longer than that says nothing more. */
    static final Duration LONGEST = Duration.ofDays(1);

    private final InstantSource clock;
    private final Consumer<Closed> closed;
    private final Set<Open> open = new LinkedHashSet<>();
    private long marks;

    /** A window that closed. */
    record Closed(StoreId store, Instant at, Duration length) {}

    /** An order whose products are not level everywhere. Equal to none but itself. */
    static final class Open {
        private final StoreId origin;
        private final Instant placedAt;
        /** When it became known here: an order may be pulled long after its placing. */
        private final Instant knownAt;

        private final long mark;
        /** By store, of which products it has yet to acknowledge a figure. */
        private final Map<StoreId, Set<ProductId>> behind = new HashMap<>();

        private Instant lastPush;

        private Open(StoreId origin, Sale sale, long mark, Instant knownAt, Set<StoreId> others) {
            this.origin = origin;
            this.placedAt = sale.placedAt();
            this.mark = mark;
            this.knownAt = knownAt;
            others.forEach(store -> behind.put(store, new HashSet<>(sale.products())));
        }

        private void acknowledged(StoreId store, Set<ProductId> products, Instant now) {
            Set<ProductId> waiting = behind.get(store);
            if (waiting != null && waiting.removeAll(products)) {
                if (lastPush == null || lastPush.isBefore(now)) {
                    lastPush = now;
                }
                if (waiting.isEmpty()) {
                    behind.remove(store);
                }
            }
        }

        /** @param at when it was acknowledged; null, or before the order, when the order caused no push */
        private void level(StoreId store, ProductId product, Instant at) {
            if (at != null && !at.isBefore(placedAt)) {
                acknowledged(store, Set.of(product), at);
                return;
            }
            Set<ProductId> waiting = behind.get(store);
            if (waiting != null && waiting.remove(product) && waiting.isEmpty()) {
                behind.remove(store);
            }
        }
    }

    /** @param closed told of each window that closes: return at once */
    OversellWindows(InstantSource clock, Consumer<Closed> closed) {
        this.clock = clock;
        this.closed = closed;
    }

    /** A mark for this moment. */
    synchronized long mark() {
        return ++marks;
    }

    /** An order was placed in a store. @param others the other stores that are pushed to */
    synchronized Optional<Open> sold(StoreId store, Sale sale, Set<StoreId> others) {
        if (others.isEmpty()) {
            return Optional.empty();
        }
        giveUp();
        if (open.size() >= MOST_OPEN) {
            end(open.iterator().next(), clock.instant());
        }
        Open window = new Open(store, sale, mark(), clock.instant(), others);
        open.add(window);
        return Optional.of(window);
    }

    /** Only these stores sell the order's products: nobody waits for the others. */
    synchronized void sellers(Open window, Set<StoreId> sellers) {
        window.behind.keySet().retainAll(sellers);
        closeLevel();
    }

    /** A store acknowledged figures of products. */
    synchronized void acknowledged(StoreId store, Set<ProductId> products) {
        Instant now = clock.instant();
        open.forEach(window -> window.acknowledged(store, products, now));
        closeLevel();
    }

    /** Nothing was due for a store when it was asked after that mark. */
    synchronized void level(StoreId store, long since) {
        open.stream().filter(window -> window.mark < since).forEach(window -> window.behind.remove(store));
        closeLevel();
    }

    /** A store shows a product as acknowledged, of orders that were known before a mark. @param at since when; may be null */
    synchronized void level(StoreId store, ProductId product, Instant at, long since) {
        open.stream().filter(window -> window.mark < since).forEach(window -> window.level(store, product, at));
        closeLevel();
    }

    /** Which of some stores are waited for, by product. */
    synchronized Map<ProductId, Set<StoreId>> waiting(Predicate<StoreId> stores) {
        giveUp();
        Map<ProductId, Set<StoreId>> waiting = new HashMap<>();
        open.forEach(window -> window.behind.forEach((store, products) -> {
            if (stores.test(store)) {
                products.forEach(product ->
                        waiting.computeIfAbsent(product, key -> new HashSet<>()).add(store));
            }
        }));
        return waiting;
    }

    /** Nobody waits for a store; what was sold there goes on. */
    synchronized void unawaited(StoreId store) {
        open.forEach(window -> window.behind.remove(store));
        closeLevel();
    }

    /** A store is pushed to no longer: nobody waits for it. */
    synchronized void away(StoreId store) {
        open.removeIf(window -> window.origin.equals(store));
        open.forEach(window -> window.behind.remove(store));
        closeLevel();
    }

    /** When the oldest order of a store was placed that is not level everywhere; empty when all are. */
    synchronized Optional<Instant> oldest(StoreId store) {
        giveUp();
        return open.stream()
                .filter(window -> window.origin.equals(store))
                .map(window -> window.placedAt)
                .min(Comparator.naturalOrder());
    }

    private void giveUp() {
        Instant before = clock.instant().minus(LONGEST);
        open.stream()
                .filter(window -> window.knownAt.isBefore(before))
                .toList()
                .forEach(window -> end(window, clock.instant()));
    }

    private void end(Open window, Instant at) {
        open.remove(window);
        if (!at.isBefore(window.placedAt)) {
            closed.accept(new Closed(window.origin, at, Duration.between(window.placedAt, at)));
        }
    }

    private void closeLevel() {
        List<Open> level = new ArrayList<>();
        open.forEach(window -> {
            if (window.behind.isEmpty()) {
                level.add(window);
            }
        });
        for (Open window : level) {
            // Where nothing had to be sent there was no window; and the store's clock may run ahead of ours.
            if (window.lastPush == null) {
                open.remove(window);
            } else {
                end(window, window.lastPush);
            }
        }
    }
}
