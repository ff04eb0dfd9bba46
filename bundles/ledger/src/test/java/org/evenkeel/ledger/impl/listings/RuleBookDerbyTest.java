package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class RuleBookDerbyTest extends RuleBookContract {
    RuleBookDerbyTest() {
        super(TestVendor.DERBY);
    }
}
