package org.evenkeel.ledger.impl;

import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.StoreRegistry;

/** The services under a lease. */
record LeasedServices(Lease lease, Services services) implements LeasedLedger {
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

    @Override
    public InventoryService inventory() {
        return services.inventory();
    }
}
