package org.evenkeel.database.internal;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.evenkeel.database.Database.Vendor;
import org.hibernate.dialect.Dialect;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Embedded Derby: the database is a folder that this process owns while it is open. */
record DerbyVendor() implements VendorStrategy {

    static final String URL_PREFIX = "jdbc:derby:";

    private static final Logger LOG = LoggerFactory.getLogger(DerbyVendor.class);

    /** Seconds after which a waiting transaction is looked at for a deadlock; Derby's own 20 would stall every store. */
    private static final String DEADLOCK_TIMEOUT = "1";

    /** Seconds after which a wait for a lock is given up, and the transaction run again. */
    private static final String WAIT_TIMEOUT = "5";

    private static final String DATABASE_SHUT_DOWN = "08006";
    private static final String DATABASE_NOT_FOUND = "XJ004";
    private static final String IN_USE = "XSDB6";
    private static final String NOT_A_DATABASE = "XBM0J";

    @Override
    public Vendor vendor() {
        return Vendor.DERBY;
    }

    @Override
    public String driverClass() {
        return "org.apache.derby.jdbc.EmbeddedDriver";
    }

    @Override
    public String migrationsFolder() {
        return "derby";
    }

    @Override
    public Properties properties(DatabaseSettings settings) {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, withAttribute(settings.url(), "create=true"));
        return properties;
    }

    @Override
    public void patiently(Connection connection) {
        // It is part of this process: nothing can be cut off.
    }

    @Override
    public void configure(HikariConfig pool) {
        // A connection is a small object in this process: nothing is gained by closing it early.
    }

    @Override
    public void prepare(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            setProperty(connection, "derby.locks.deadlockTimeout", DEADLOCK_TIMEOUT);
            setProperty(connection, "derby.locks.waitTimeout", WAIT_TIMEOUT);
        }
    }

    private static void setProperty(Connection connection, String key, String value) throws SQLException {
        try (PreparedStatement call =
                connection.prepareStatement("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY(?, ?)")) {
            call.setString(1, key);
            call.setString(2, value);
            call.execute();
        }
    }

    @Override
    public void closed(DatabaseSettings settings, DataSourceFactory driver) {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, withAttribute(settings.url(), "shutdown=true"));
        try (Connection unexpected = driver.createDataSource(properties).getConnection()) {
            LOG.warn("The database {} stays open: Derby did not shut it down", settings.shownUrl());
        } catch (SQLException e) {
            if (!DATABASE_SHUT_DOWN.equals(e.getSQLState()) && !DATABASE_NOT_FOUND.equals(e.getSQLState())) {
                LOG.warn("The database {} did not shut down cleanly: {}", settings.shownUrl(), e.getMessage());
            }
        }
    }

    private static String withAttribute(String url, String attribute) {
        return url + ";" + attribute;
    }

    @Override
    public Optional<Dialect> dialect() {
        return Optional.of(new EmbeddedDerbyDialect());
    }

    @Override
    public String explain(DatabaseSettings settings, SQLException cause) {
        String folder = settings.shownUrl().substring(URL_PREFIX.length());
        if (SqlErrors.hasState(cause, IN_USE)) {
            return "The embedded database in " + folder
                    + " is open in another process: stop the other Evenkeel, or give this"
                    + " one a data folder of its own";
        }
        if (SqlErrors.hasState(cause, NOT_A_DATABASE)) {
            return "The folder " + folder + " exists and is no database: move it away, or restore it from a back-up";
        }
        return "The embedded database in " + folder + " cannot be opened: " + SqlErrors.deepestMessage(cause);
    }
}
