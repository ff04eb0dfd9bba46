package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.Ledger;

/**
 * The leases of a process that shares its ledger with nobody, such as a benchmark: kept in memory, always had, never over.
 * Thread-safe.
 */
public final class Alone implements LaneLeases {
    private static final Duration EVER = Duration.ofDays(36_500);

    private final Ledger ledger;
    private final Map<StoreId, Lease> leases = new ConcurrentHashMap<>();

    private Alone(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A node that is the only one. */
    public static NodePlace place(LaneServices services) {
        return new NodePlace(
                new Alone(services.ledger()),
                "alone",
                EVER,
                NodeClock.of(services.clock()),
                services.scheduler(),
                services.scheduler(),
                NodePlace.LOOK,
                false);
    }

    @Override
    public Optional<Lease> acquire(StoreId store, String node, Duration time) {
        return Optional.of(leases.computeIfAbsent(store, key -> new Lease(store, node, 0)));
    }

    @Override
    public Set<Lease> renew(Collection<Lease> renewed, Duration time) {
        return Set.copyOf(renewed);
    }

    @Override
    public void release(Collection<Lease> ended) {}

    @Override
    public List<Holding> holders() {
        return leases.values().stream()
                .map(lease -> new Holding(lease, Instant.EPOCH, EVER))
                .toList();
    }

    @Override
    public LeasedLedger under(Lease lease) {
        return new Unfenced(lease, ledger);
    }

    private record Unfenced(Lease lease, Ledger ledger) implements LeasedLedger {
        @Override
        public OrderBook orders() {
            return ledger.orders();
        }

        @Override
        public ListingBook listings() {
            return ledger.listings();
        }

        @Override
        public StoreRegistry stores() {
            return ledger.stores();
        }

        @Override
        public Catalogue catalogue() {
            return ledger.catalogue();
        }

        @Override
        public InventoryService inventory() {
            throw new UnsupportedOperationException("Lanes adjust nothing.");
        }
    }
}
