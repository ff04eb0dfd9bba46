package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class PlansDerbyTest extends PlansContract {
    PlansDerbyTest() {
        super(TestVendor.DERBY);
    }
}
