package org.evenkeel.ledger.impl;

import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;

class DerbyLevelsTest extends LevelsContract {
    @Override
    TestDatabase database() {
        return TestDatabases.derby();
    }
}
