package org.evenkeel.database.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.evenkeel.database.DatabaseException;
import org.osgi.service.jdbc.DataSourceFactory;

/** The connections to one database; closing it frees everything of the database in this process. Thread-safe. */
final class ConnectionPool implements AutoCloseable {

    /** How long a transaction waits for a free connection before it fails. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    private static final int MIN_IDLE = 1;

    private final DatabaseSettings settings;
    private final VendorStrategy vendor;
    private final DataSourceFactory driver;
    private final HikariDataSource pool;

    private ConnectionPool(
            DatabaseSettings settings, VendorStrategy vendor, DataSourceFactory driver, HikariDataSource pool) {
        this.settings = settings;
        this.vendor = vendor;
        this.driver = driver;
        this.pool = pool;
    }

    /**
     * Opens a pool and one connection in it, on the calling thread.
     *
     * @throws DatabaseException when the database cannot be used; the message says why and holds no secret
     */
    static ConnectionPool open(DatabaseSettings settings, VendorStrategy vendor, DataSourceFactory driver) {
        try {
            DataSource source = driver.createDataSource(vendor.properties(settings));
            vendor.prepare(source);
            return new ConnectionPool(settings, vendor, driver, new HikariDataSource(config(settings, vendor, source)));
        } catch (SQLException e) {
            vendor.closed(settings, driver);
            throw failure(settings, vendor, e);
        } catch (RuntimeException e) {
            vendor.closed(settings, driver);
            throw failure(settings, vendor, new SQLException(e.getMessage(), e));
        }
    }

    private static DatabaseException failure(DatabaseSettings settings, VendorStrategy vendor, SQLException cause) {
        return new DatabaseException(settings.redact(vendor.explain(settings, cause)), cause);
    }

    private static HikariConfig config(DatabaseSettings settings, VendorStrategy vendor, DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("evenkeel-database");
        config.setDataSource(source);
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(MIN_IDLE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        // One try, and its reason: whoever opens the pool decides when to try again.
        config.setInitializationFailTimeout(1);
        config.setAutoCommit(false);
        // Without it, the pool's own look at an idle connection begins a transaction that stays open until it is used
        // again.
        config.setIsolateInternalQueries(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        vendor.configure(config);
        return config;
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
        vendor.closed(settings, driver);
    }
}
