package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.KeptWindows;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps oversell windows as they close, gathered over a second, and finds out which stores an order concerns. Thread-safe. */
final class WindowLog {
    private static final Logger LOG = LoggerFactory.getLogger(WindowLog.class);
    private static final Duration GATHERED = Duration.ofSeconds(1);
    private static final int MOST_LISTINGS = 500;

    private final LaneServices services;
    private final KeptWindows kept;
    private final BiConsumer<StoreId, Duration> last;
    private final OversellWindows windows;
    private final List<KeptWindows.Window> gathered = new ArrayList<>();

    /** @param last told of each store's last window, some time after it closed */
    WindowLog(LaneServices services, KeptWindows kept, BiConsumer<StoreId, Duration> last) {
        this.services = services;
        this.kept = kept;
        this.last = last;
        this.windows = new OversellWindows(services.clock(), this::closed);
    }

    OversellWindows windows() {
        return windows;
    }

    /** Orders were placed in a store. @param others the other stores that are pushed to */
    void sold(StoreId store, List<Sale> sales, Set<StoreId> others) {
        for (Sale sale : sales) {
            windows.sold(store, sale, others)
                    .ifPresent(window -> soon(() -> windows.sellers(window, sellers(sale.products()))));
        }
    }

    private Set<StoreId> sellers(Set<ProductId> products) {
        Set<StoreId> sellers = new HashSet<>();
        for (ProductId product : products) {
            listings(product).forEach(listing -> sellers.add(listing.key().store()));
        }
        return sellers;
    }

    /** The listings that sell a product and take part. */
    List<ListingView> listings(ProductId product) {
        return services.ledger()
                .listings()
                .listings(new ListingQuery(
                        null, product, ListingView.State.ACTIVE, false, "", new PageRequest(0, MOST_LISTINGS)))
                .items();
    }

    private void soon(Runnable work) {
        services.scheduler().schedule(services.clock().instant(), work);
    }

    private void closed(OversellWindows.Closed window) {
        synchronized (gathered) {
            if (gathered.isEmpty()) {
                services.scheduler().schedule(services.clock().instant().plus(GATHERED), this::flush);
            }
            gathered.add(new KeptWindows.Window(window.store(), window.at(), window.length()));
        }
    }

    /** Keeps what was gathered. */
    void flush() {
        List<KeptWindows.Window> taken;
        synchronized (gathered) {
            taken = List.copyOf(gathered);
            gathered.clear();
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            kept.add(taken, services.clock().instant());
        } catch (RuntimeException e) {
            LOG.warn("{} oversell windows could not be kept: {}", taken.size(), e.toString());
        }
        Map<StoreId, Duration> newest = new LinkedHashMap<>();
        taken.forEach(window -> newest.put(window.store(), window.length()));
        newest.forEach(last);
    }

    /** The longest window of a store since a moment, those included that are still open; empty when there is none. */
    Optional<Duration> longest(StoreId store, Instant since) {
        Optional<Duration> open = windows.oldest(store)
                .map(placed -> Duration.between(placed, services.clock().instant()));
        Optional<Duration> closed = kept.longest(store, since);
        return open.isPresent() && closed.isPresent()
                ? Optional.of(open.get().compareTo(closed.get()) > 0 ? open.get() : closed.get())
                : open.or(() -> closed);
    }
}
