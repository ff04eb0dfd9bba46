package org.evenkeel.sync.internal;

import org.evenkeel.database.testing.TestVendor;

class PlansDerbyTest extends PlansContract {
    PlansDerbyTest() {
        super(TestVendor.DERBY);
    }
}
