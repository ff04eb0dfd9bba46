package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class ListingBookPostgresTest extends ListingBookContract {
    ListingBookPostgresTest() {
        super(TestVendor.POSTGRESQL);
    }
}
