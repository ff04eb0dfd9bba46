package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class RuleBookPostgresTest extends RuleBookContract {
    RuleBookPostgresTest() {
        super(TestVendor.POSTGRESQL);
    }
}
