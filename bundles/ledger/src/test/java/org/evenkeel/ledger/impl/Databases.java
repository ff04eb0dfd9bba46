package org.evenkeel.ledger.impl;

import org.evenkeel.database.testing.PostgresUnavailableException;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.junit.jupiter.api.Assumptions;

/** The databases that the ledger is proven on. Each holds one ledger, opened at first use and emptied for each test. */
enum Databases {
    DERBY,
    POSTGRESQL;

    private TestLedger ledger;

    /** The empty ledger with {@link TestLedger#SHOP} turned on. */
    synchronized TestLedger ledger() {
        if (ledger == null) {
            ledger = open();
        }
        ledger.clear();
        ledger.turnOn(TestLedger.SHOP, false);
        return ledger;
    }

    /** Another ledger, on a database of its own, which the caller closes. */
    TestLedger open() {
        return new TestLedger(fresh());
    }

    /** An empty database, which the caller closes. */
    TestDatabase fresh() {
        try {
            return this == DERBY ? TestDatabases.derby() : TestDatabases.postgres();
        } catch (PostgresUnavailableException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            String words = "Skipped, since no PostgreSQL can be started here: " + e.getMessage();
            // The runner counts what is skipped, but keeps the reason to itself.
            System.out.println(words);
            return Assumptions.abort(words);
        }
    }
}
