package org.evenkeel.database;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The configured database, registered as a service once it can be reached.
 *
 * <p>When the configuration changes or the driver goes, the service is unregistered and every {@link Persistence}
 * opened on it is closed; whoever holds one is rebuilt by Declarative Services when the database is back. The service property {@code vendor} holds the
 * name of the {@link Vendor}. Thread-safe.
 */
@ProviderType
public interface Database {

    /** The products that Evenkeel runs on. */
    enum Vendor {
        DERBY,
        POSTGRESQL
    }

    /** Which product this is; never null. */
    Vendor vendor();

    /**
     * Brings the unit's tables up to date (Flyway, one history table per unit) and opens it.
     *
     * @param unit what to open, not null; each unit is opened by one bundle at a time
     * @return the open unit, which the caller closes when it is deactivated
     * @throws DatabaseException when the tables are newer than the unit's migrations, when a migration fails, or when the
     *     database cannot be reached; the message names the unit and the way out
     */
    Persistence open(PersistenceUnit unit);
}
