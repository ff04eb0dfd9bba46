package org.evenkeel.ledger.impl;

import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;

class PostgresLevelsTest extends LevelsContract {
    @Override
    TestDatabase database() {
        return TestDatabases.postgres();
    }
}
