package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class RuleImportsDerbyTest extends RuleImportsContract {
    RuleImportsDerbyTest() {
        super(TestVendor.DERBY);
    }
}
