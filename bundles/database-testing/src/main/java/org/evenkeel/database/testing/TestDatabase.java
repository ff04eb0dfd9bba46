package org.evenkeel.database.testing;

import org.evenkeel.database.Database;
import org.evenkeel.database.internal.ConnectedDatabase;
import org.evenkeel.database.internal.DatabaseSettings;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * A database that lives as long as its test. Not for use by several threads, other than through {@link #database()}, which
 * is thread-safe.
 */
public final class TestDatabase implements AutoCloseable {

    private final DatabaseSettings settings;
    private final DataSourceFactory driver;
    private final Runnable drop;
    private ConnectedDatabase connected;

    TestDatabase(DatabaseSettings settings, DataSourceFactory driver, Runnable drop) {
        this.settings = settings;
        this.driver = driver;
        this.drop = drop;
        this.connected = ConnectedDatabase.connect(settings, driver);
    }

    /** The database that is open now; another one after each {@link #reopen()}. */
    public Database database() {
        return connected;
    }

    /** The JDBC address, for a look at the tables beside the product. */
    public String url() {
        return settings.url();
    }

    /** The user that goes with {@link #url()}; empty for Derby. There is no password. */
    public String user() {
        return settings.user();
    }

    /**
     * Closes the database with all that is open on it and opens it again, as a restart does. What was committed is still
     * there, in memory too.
     */
    public Database reopen() {
        connected.close();
        connected = ConnectedDatabase.connect(settings, driver);
        return connected;
    }

    /** Closes the database, with the units that are still open on it, and throws its content away. Idempotent. */
    @Override
    public void close() {
        connected.close();
        drop.run();
    }
}
