package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class ListingBookDerbyTest extends ListingBookContract {
    ListingBookDerbyTest() {
        super(TestVendor.DERBY);
    }
}
