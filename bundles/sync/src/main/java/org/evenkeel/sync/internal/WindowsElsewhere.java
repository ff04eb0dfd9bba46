package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.ListingView.Figure;
import org.evenkeel.ledger.ListingView.Outcome;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the ledger how far stores are that other hosts serve, once a second while an oversell window waits for one of them;
 * asks nothing otherwise. Each look asks for some products at most and the next goes on behind them. Thread-safe.
 */
final class WindowsElsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(WindowsElsewhere.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int MOST_PRODUCTS = 100;

    private final Surroundings surroundings;
    private final Scheduler scheduler;
    private final OversellWindows windows;
    private boolean planned;
    private boolean closed;
    private long last = Long.MIN_VALUE;

    /** What is known around it. */
    interface Surroundings {
        Instant now();

        /** Whether this host serves a store: its own lane tells how far it is. */
        boolean isHere(StoreId store);

        /** The stores that windows wait for, wherever they are served. */
        Set<StoreId> awaited();

        /** The listings that sell a product and take part. */
        List<ListingView> listings(ProductId product);
    }

    WindowsElsewhere(Surroundings surroundings, Scheduler scheduler, OversellWindows windows) {
        this.surroundings = surroundings;
        this.scheduler = scheduler;
        this.windows = windows;
    }

    /** Windows may wait for stores that are served elsewhere. */
    synchronized void follow() {
        if (!planned && !closed) {
            planned = true;
            scheduler.schedule(surroundings.now().plus(BETWEEN_LOOKS), this::look);
        }
    }

    /** Looks no more. */
    synchronized void close() {
        closed = true;
    }

    private void look() {
        synchronized (this) {
            planned = false;
            if (closed) {
                return;
            }
        }
        try {
            ask();
        } catch (RuntimeException e) {
            LOG.debug("Stores of other hosts could not be asked for", e);
        }
        if (!windows.waiting(elsewhere()).isEmpty()) {
            follow();
        }
    }

    private Predicate<StoreId> elsewhere() {
        return store -> !surroundings.isHere(store);
    }

    private void ask() {
        // What is sold from here on may not be in what the ledger answers.
        long since = windows.mark();
        NavigableMap<Long, Set<StoreId>> waiting = new TreeMap<>();
        windows.waiting(elsewhere()).forEach((product, stores) -> waiting.put(product.value(), stores));
        Set<StoreId> gone = new HashSet<>();
        waiting.values().forEach(gone::addAll);
        gone.removeAll(surroundings.awaited());
        gone.forEach(windows::unawaited);
        for (Map.Entry<Long, Set<StoreId>> next : part(waiting)) {
            ProductId product = new ProductId(next.getKey());
            List<ListingView> listings = surroundings.listings(product);
            next.getValue().forEach(store -> tell(store, product, listings, since));
            last = next.getKey();
        }
    }

    private List<Map.Entry<Long, Set<StoreId>>> part(NavigableMap<Long, Set<StoreId>> waiting) {
        List<Map.Entry<Long, Set<StoreId>>> order =
                new ArrayList<>(waiting.tailMap(last, false).entrySet());
        order.addAll(waiting.headMap(last, true).entrySet());
        return order.subList(0, Math.min(MOST_PRODUCTS, order.size()));
    }

    private void tell(StoreId store, ProductId product, List<ListingView> listings, long since) {
        List<Figure> sent = listings.stream()
                .filter(listing -> listing.key().store().equals(store))
                .flatMap(listing -> listing.figures().stream())
                .filter(figure -> figure.wanted() != null && figure.outcome() != Outcome.PARKED)
                .toList();
        if (sent.stream().noneMatch(WindowsElsewhere::isOpen)) {
            Instant end = sent.stream()
                    .map(Figure::acknowledgedAt)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElse(null);
            windows.level(store, product, end, since);
        }
    }

    private static boolean isOpen(Figure figure) {
        return figure.due() || figure.outcome() == Outcome.UNKNOWN || figure.outcome() == Outcome.ACCEPTED;
    }
}
