package org.evenkeel.database.internal;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.evenkeel.database.Database.Vendor;
import org.hibernate.dialect.Dialect;
import org.osgi.service.jdbc.DataSourceFactory;

/** PostgreSQL, or anything that speaks as it does, on a server of its own. */
record PostgresVendor() implements VendorStrategy {

    static final String URL_PREFIX = "jdbc:postgresql:";

    /**
     * What the driver is told unless the address says otherwise. A server that says nothing for {@code socketTimeout} seconds
     * is taken for cut off: without it, what waits for an answer over a silent cut would wait until TCP gives up, many
     * minutes later. What may work for longer is given {@link #PATIENCE}.
     */
    private static final Map<String, String> DEFAULTS = Map.of(
            "ApplicationName", "evenkeel",
            "reWriteBatchedInserts", "true",
            "socketTimeout", "60",
            "tcpKeepAlive", "true");

    /** How long one statement of a migration may take, such as an index over many rows. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /**
     * A wait for a lock ends after this time with 55P03, and the transaction is run again. The server ends a session that
     * holds locks and says nothing: its host was stopped, or cut off, and other hosts wait for what it holds.
     */
    private static final String BOUND_WAITS =
            "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'";

    @Override
    public Vendor vendor() {
        return Vendor.POSTGRESQL;
    }

    @Override
    public String driverClass() {
        return "org.postgresql.Driver";
    }

    @Override
    public String migrationsFolder() {
        return "postgresql";
    }

    @Override
    public Properties properties(DatabaseSettings settings) {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, withDefaults(settings.url()));
        if (!settings.user().isEmpty()) {
            properties.setProperty(DataSourceFactory.JDBC_USER, settings.user());
        }
        if (!settings.password().isEmpty()) {
            properties.setProperty(DataSourceFactory.JDBC_PASSWORD, settings.password());
        }
        return properties;
    }

    /** Into the address, since a driver's data source may know fewer properties than its addresses do. */
    static String withDefaults(String url) {
        StringBuilder result = new StringBuilder(url);
        DEFAULTS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(parameter -> {
            if (!url.contains(parameter.getKey() + "=")) {
                result.append(result.indexOf("?") < 0 ? '?' : '&')
                        .append(parameter.getKey())
                        .append('=')
                        .append(parameter.getValue());
            }
        });
        return result.toString();
    }

    @Override
    public void patiently(Connection connection) throws SQLException {
        if (connection.getNetworkTimeout() > 0) {
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
        }
    }

    @Override
    public void configure(HikariConfig pool) {
        pool.setConnectionInitSql(BOUND_WAITS);
    }

    @Override
    public void prepare(DataSource source) {
        // The server was started by others.
    }

    @Override
    public void closed(DatabaseSettings settings, DataSourceFactory driver) {
        // The server goes on; the pool closed its connections.
    }

    @Override
    public Optional<Dialect> dialect() {
        return Optional.empty();
    }

    @Override
    public String explain(DatabaseSettings settings, SQLException cause) {
        String reason = SqlErrors.deepestMessage(cause);
        String state = SqlErrors.firstState(cause);
        String wayOut = switch (state) {
            case "28P01", "28000" ->
                ": check user and password of " + DatabaseConfiguration.PID
                        + ", and that the server's pg_hba.conf lets this machine in";
            case "3D000" ->
                ": create the database, owned by that user, or correct the url of " + DatabaseConfiguration.PID;
            case "53300" ->
                ": lower pool.size of " + DatabaseConfiguration.PID + " or raise the server's max_connections";
            case "08001", "08004", "08006" -> ": check that the server runs and can be reached from here";
            default -> "";
        };
        return "PostgreSQL at " + settings + " cannot be used (" + reason + ")" + wayOut;
    }
}
