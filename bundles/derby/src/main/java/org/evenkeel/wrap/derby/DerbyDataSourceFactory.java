package org.evenkeel.wrap.derby;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.apache.derby.jdbc.EmbeddedConnectionPoolDataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.apache.derby.jdbc.EmbeddedDriver;
import org.apache.derby.jdbc.EmbeddedXADataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers embedded Derby as the OSGi JDBC specification describes it, and is the one owner of the engine: when the component
 * stops, every database that was opened is shut down before the method returns, so that the lock on its folder is free.
 *
 * <p>A database is named by {@link DataSourceFactory#JDBC_URL} ({@code jdbc:derby:<folder>[;attribute=value…]}) or by
 * {@link DataSourceFactory#JDBC_DATABASE_NAME}. Its messages go to the logger {@code org.evenkeel.wrap.derby.log} and to
 * no file, unless the system properties say otherwise. Thread-safe; also usable outside of a framework.
 */
@Component(
        service = DataSourceFactory.class,
        property = {
            DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=org.apache.derby.jdbc.EmbeddedDriver",
            DataSourceFactory.OSGI_JDBC_DRIVER_NAME + "=derby",
            DataSourceFactory.OSGI_JDBC_DRIVER_VERSION + "=10.16.1.1"
        })
public final class DerbyDataSourceFactory implements DataSourceFactory {

    private static final Logger LOG = LoggerFactory.getLogger(DerbyDataSourceFactory.class);

    private static final String URL_PREFIX = "jdbc:derby:";
    private static final String ENGINE_SHUT_DOWN = "XJ015";
    private static final String ENGINE_NOT_RUNNING = "08006";

    /** What the four kinds of data sources take as properties; anything else would be ignored without a word. */
    private static final Set<String> KNOWN =
            Set.of(JDBC_URL, JDBC_DATABASE_NAME, JDBC_USER, JDBC_PASSWORD, JDBC_DESCRIPTION, JDBC_DATASOURCE_NAME);

    @Activate
    public DerbyDataSourceFactory() {
        EngineSettings.apply();
    }

    /** Shuts the engine down with every database in it, and takes its driver out of the DriverManager. */
    @Deactivate
    public void shutDown() {
        try {
            new EmbeddedDriver().connect(URL_PREFIX + ";shutdown=true", new Properties());
        } catch (SQLException e) {
            if (!ENGINE_SHUT_DOWN.equals(e.getSQLState()) && !ENGINE_NOT_RUNNING.equals(e.getSQLState())) {
                LOG.warn("Derby did not shut down cleanly; it recovers at the next start: {}", e.getMessage());
            }
        }
    }

    @Override
    public DataSource createDataSource(Properties properties) throws SQLException {
        DatabaseName name = DatabaseName.of(properties);
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(name.folder());
        source.setConnectionAttributes(name.attributes());
        source.setUser(properties.getProperty(JDBC_USER));
        source.setPassword(properties.getProperty(JDBC_PASSWORD));
        return source;
    }

    @Override
    public ConnectionPoolDataSource createConnectionPoolDataSource(Properties properties) throws SQLException {
        DatabaseName name = DatabaseName.of(properties);
        EmbeddedConnectionPoolDataSource source = new EmbeddedConnectionPoolDataSource();
        source.setDatabaseName(name.folder());
        source.setConnectionAttributes(name.attributes());
        source.setUser(properties.getProperty(JDBC_USER));
        source.setPassword(properties.getProperty(JDBC_PASSWORD));
        return source;
    }

    @Override
    public XADataSource createXADataSource(Properties properties) throws SQLException {
        DatabaseName name = DatabaseName.of(properties);
        EmbeddedXADataSource source = new EmbeddedXADataSource();
        source.setDatabaseName(name.folder());
        source.setConnectionAttributes(name.attributes());
        source.setUser(properties.getProperty(JDBC_USER));
        source.setPassword(properties.getProperty(JDBC_PASSWORD));
        return source;
    }

    @Override
    public Driver createDriver(Properties properties) throws SQLException {
        if (properties != null && !properties.isEmpty()) {
            throw new SQLException("Derby's driver takes no properties; give them with the connection");
        }
        return new EmbeddedDriver();
    }

    /** The folder of a database and the attributes of its connections, taken apart from the URL. */
    record DatabaseName(String folder, String attributes) {

        static DatabaseName of(Properties properties) throws SQLException {
            for (String key : properties.stringPropertyNames()) {
                if (!KNOWN.contains(key)) {
                    throw new SQLException("Derby's data sources have no property " + key
                            + "; connection attributes belong into the URL, after a semicolon");
                }
            }
            String url = properties.getProperty(JDBC_URL);
            String name = url == null ? properties.getProperty(JDBC_DATABASE_NAME) : withoutPrefix(url);
            if (name == null) {
                throw new SQLException("No database is named: set " + JDBC_URL + " to " + URL_PREFIX + "<folder> or "
                        + JDBC_DATABASE_NAME);
            }
            int attributes = name.indexOf(';');
            return attributes < 0
                    ? new DatabaseName(name, null)
                    : new DatabaseName(name.substring(0, attributes), name.substring(attributes + 1));
        }

        private static String withoutPrefix(String url) throws SQLException {
            if (!url.startsWith(URL_PREFIX)) {
                throw new SQLException("An address of embedded Derby starts with " + URL_PREFIX);
            }
            return url.substring(URL_PREFIX.length());
        }
    }
}
