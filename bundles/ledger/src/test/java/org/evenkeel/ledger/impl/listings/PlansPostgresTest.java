package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class PlansPostgresTest extends PlansContract {
    PlansPostgresTest() {
        super(TestVendor.POSTGRESQL);
    }
}
