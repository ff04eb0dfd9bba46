package org.evenkeel.database.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.evenkeel.database.internal.DatabaseSettings;
import org.evenkeel.wrap.derby.DerbyDataSourceFactory;
import org.osgi.service.jdbc.DataSourceFactory;
import org.postgresql.osgi.PGDataSourceFactory;

/** Opens databases for tests. Thread-safe: each call makes a database of its own. */
public final class TestDatabases {

    private static final int POOL_SIZE = 10;

    private TestDatabases() {}

    /** An empty Derby in memory: fast, and gone when it is closed. */
    public static TestDatabase derby() {
        String url = "jdbc:derby:memory:" + UUID.randomUUID();
        DerbyDataSourceFactory driver = new DerbyDataSourceFactory();
        return new TestDatabase(settings(url, ""), driver, () -> drop(url, driver));
    }

    /**
     * Derby in a folder, which is made when it does not exist and kept when the database is closed: for what a test must see
     * survive or locked.
     *
     * @param folder of the database itself, not null; its parent may exist or not
     */
    public static TestDatabase derby(Path folder) {
        return new TestDatabase(
                settings("jdbc:derby:" + folder.toAbsolutePath(), ""), new DerbyDataSourceFactory(), () -> {});
    }

    /**
     * An empty database on a real PostgreSQL server. The first call in a Java process starts the server (a second or two),
     * which stops with the process; each call makes a database of its own on it, which is dropped when it is closed.
     *
     * @throws PostgresUnavailableException when no server can be started here
     */
    public static TestDatabase postgres() {
        PostgresServer server = PostgresServer.shared();
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        server.execute("CREATE DATABASE " + name);
        return new TestDatabase(
                settings(server.url(name), PostgresServer.SUPERUSER),
                new PGDataSourceFactory(),
                () -> server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
    }

    private static DatabaseSettings settings(String url, String user) {
        return new DatabaseSettings(url, user, "", POOL_SIZE);
    }

    private static void drop(String url, DataSourceFactory driver) {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url + ";drop=true");
        try {
            driver.createDataSource(properties).getConnection().close();
            throw new IllegalStateException("Derby did not drop " + url);
        } catch (SQLException e) {
            // Derby reports the success of dropping as an error (08006), and a second drop as not found (XJ004).
            if (!"08006".equals(e.getSQLState()) && !"XJ004".equals(e.getSQLState())) {
                throw new IllegalStateException("Derby did not drop " + url, e);
            }
        }
    }
}
