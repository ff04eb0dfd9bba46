package org.evenkeel.sync.internal;

import org.evenkeel.database.testing.TestVendor;

class PlansPostgresTest extends PlansContract {
    PlansPostgresTest() {
        super(TestVendor.POSTGRESQL);
    }
}
