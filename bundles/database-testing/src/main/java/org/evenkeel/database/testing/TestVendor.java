package org.evenkeel.database.testing;

import org.junit.jupiter.api.Assumptions;

/** The products that a suite runs on; made for {@code @EnumSource(TestVendor.class)}. */
public enum TestVendor {
    DERBY {
        @Override
        public TestDatabase open() {
            return TestDatabases.derby();
        }
    },
    POSTGRESQL {
        @Override
        public TestDatabase open() {
            try {
                return TestDatabases.postgres();
            } catch (PostgresUnavailableException e) {
                if (Boolean.parseBoolean(System.getenv("CI"))) {
                    throw e;
                }
                // The runner counts what is skipped, but keeps the reason to itself.
                System.out.println("Skipped: " + e.getMessage());
                return Assumptions.abort(e.getMessage());
            }
        }
    };

    /**
     * Opens an empty database of this product. Where it cannot be had, the test that calls is skipped with the reason, or
     * fails when the environment says {@code CI=true}.
     *
     * @return the database, which the caller closes
     */
    public abstract TestDatabase open();
}
