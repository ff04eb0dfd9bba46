package org.evenkeel.ledger.impl.listings;

import org.evenkeel.database.testing.TestVendor;

class RuleImportsPostgresTest extends RuleImportsContract {
    RuleImportsPostgresTest() {
        super(TestVendor.POSTGRESQL);
    }
}
