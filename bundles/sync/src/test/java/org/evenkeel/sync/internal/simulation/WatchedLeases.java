package org.evenkeel.sync.internal.simulation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.internal.lane.Ledger;

/**
 * Leases whose ledger is looked over the shoulder: lanes work on nothing else.
 *
 * @param acquired told of each lease that was acquired
 * @param seen the ledger as lanes are to see it
 */
record WatchedLeases(LaneLeases leases, Consumer<Lease> acquired, BiFunction<StoreId, Ledger, Ledger> seen)
        implements LaneLeases {
    @Override
    public Optional<Lease> acquire(StoreId store, String node, Duration time) {
        Optional<Lease> lease = leases.acquire(store, node, time);
        lease.ifPresent(acquired);
        return lease;
    }

    @Override
    public Set<Lease> renew(Collection<Lease> renewed, Duration time) {
        return leases.renew(renewed, time);
    }

    @Override
    public void release(Collection<Lease> ended) {
        leases.release(ended);
    }

    @Override
    public List<Holding> holders() {
        return leases.holders();
    }

    @Override
    public LeasedLedger under(Lease lease) {
        LeasedLedger ledger = leases.under(lease);
        Ledger services = new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue());
        return new Seen(lease, seen.apply(lease.store(), services), ledger.inventory());
    }

    /** A leased ledger made of other services. */
    record Seen(Lease lease, Ledger services, InventoryService inventory) implements LeasedLedger {
        @Override
        public OrderBook orders() {
            return services.orders();
        }

        @Override
        public ListingBook listings() {
            return services.listings();
        }

        @Override
        public StoreRegistry stores() {
            return services.stores();
        }

        @Override
        public Catalogue catalogue() {
            return services.catalogue();
        }
    }
}
