package org.evenkeel.ledger;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The ledger's services under a {@link Lease}: as the services of the same types, and every method may also throw
 * {@link LeaseLostException}. Thread-safe.
 */
@ProviderType
public interface LeasedLedger {

    /** What they work under. */
    Lease lease();

    OrderBook orders();

    ListingBook listings();

    StoreRegistry stores();

    Catalogue catalogue();

    InventoryService inventory();
}
