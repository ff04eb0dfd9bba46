package org.evenkeel.database.internal;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.evenkeel.database.Database.Vendor;
import org.hibernate.dialect.Dialect;
import org.osgi.service.jdbc.DataSourceFactory;

/** All that differs from one product to the other, in one place. Stateless. */
sealed interface VendorStrategy permits DerbyVendor, PostgresVendor {

    /**
     * The vendor of an address.
     *
     * @throws IllegalArgumentException when Evenkeel runs on no such product
     */
    static VendorStrategy of(String url) {
        if (url.startsWith(DerbyVendor.URL_PREFIX)) {
            return new DerbyVendor();
        }
        if (url.startsWith(PostgresVendor.URL_PREFIX)) {
            return new PostgresVendor();
        }
        throw new IllegalArgumentException(
                "url of " + DatabaseConfiguration.PID + " starts with " + PostgresVendor.URL_PREFIX
                        + ", or is empty for the embedded database, not: " + JdbcAddress.shown(url));
    }

    Vendor vendor();

    /** The {@link DataSourceFactory#OSGI_JDBC_DRIVER_CLASS} of the driver's service. */
    String driverClass();

    /** The folder of this vendor's migrations within a unit's. */
    String migrationsFolder();

    /** What the driver is asked to make a data source of. */
    Properties properties(DatabaseSettings settings);

    void configure(HikariConfig pool);

    /** Lets single statements on a connection from the pool take long, until it goes back there. */
    void patiently(Connection connection) throws SQLException;

    /**
     * Called with the driver's own data source before it is pooled: an embedded database starts here, and may take as long
     * as its recovery needs.
     */
    void prepare(DataSource source) throws SQLException;

    /** Called when the pool was closed, or could not be opened: nothing of the database stays open in this process. */
    void closed(DatabaseSettings settings, DataSourceFactory driver);

    /** The dialect to use; empty where Hibernate finds the right one by itself. */
    Optional<Dialect> dialect();

    /** Why a connection could not be had, for an administrator: what is wrong and the way out. */
    String explain(DatabaseSettings settings, SQLException cause);
}
