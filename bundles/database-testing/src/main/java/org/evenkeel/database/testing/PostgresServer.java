package org.evenkeel.database.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The PostgreSQL server of this Java process: started at first use on a free port of the loopback, stopped at the end. */
final class PostgresServer {

    static final String SUPERUSER = "postgres";

    /** Nothing of a test needs to survive a power cut. */
    static final Map<String, String> CONFIG = Map.of(
            "fsync", "off",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            "max_connections", "200");

    private final int port;

    private PostgresServer(int port) {
        this.port = port;
    }

    /** Started once, whatever the outcome: a machine that has no PostgreSQL is not asked again for each test. */
    private static final class Shared {
        private static PostgresServer server;
        private static PostgresUnavailableException failure;

        static {
            try {
                server = new PostgresServer(start());
            } catch (IOException | RuntimeException | LinkageError e) {
                failure = new PostgresUnavailableException("No PostgreSQL can be started here: " + e.getMessage(), e);
            }
        }
    }

    static PostgresServer shared() {
        if (Shared.failure != null) {
            throw Shared.failure;
        }
        return Shared.server;
    }

    /**
     * PostgreSQL refuses to run as root. The library then runs it in a user namespace of its own; where those are not to be
     * had, as in many containers, it runs as an unprivileged user.
     */
    private static int start() throws IOException {
        if (UnprivilegedPostgres.isRoot() && !LinuxUtils.isUnshareAvailable()) {
            return UnprivilegedPostgres.start().port();
        }
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            CONFIG.forEach(builder::setServerConfig);
            return builder.start().getPort();
        } catch (IOException | RuntimeException e) {
            return withoutNamespaces(e);
        }
    }

    private static int withoutNamespaces(Exception failure) throws IOException {
        try {
            return UnprivilegedPostgres.start().port();
        } catch (IOException | RuntimeException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test server refused: " + sql, e);
        }
    }
}
