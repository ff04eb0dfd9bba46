package org.evenkeel.database.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.evenkeel.database.Database;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.evenkeel.database.internal.ConnectedDatabase;
import org.evenkeel.database.internal.DatabaseSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.osgi.PGDataSourceFactory;

/** What an administrator reads when a database cannot be used, and what is left when one was closed. */
class ConnectingTest {

    private static final String SECRET = "s3cr3t-of-the-shop";

    private static DatabaseException refusal(String url, String user) {
        try {
            ConnectedDatabase.connect(new DatabaseSettings(url, user, SECRET, 2), new PGDataSourceFactory())
                    .close();
            throw new AssertionError("connected to " + url);
        } catch (DatabaseException e) {
            return e;
        }
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        try (TestDatabase test = TestVendor.POSTGRESQL.open()) {
            String url = test.url().replaceFirst("/[^/]*$", "/no_such_database");

            assertThat(refusal(url, test.user()))
                    .hasMessageContaining("no_such_database")
                    .hasMessageContaining("create the database")
                    .hasMessageNotContaining(SECRET)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void saysThatTheUserIsRefused() {
        try (TestDatabase test = TestVendor.POSTGRESQL.open()) {
            assertThat(refusal(test.url(), "no_such_role"))
                    .hasMessageContaining("no_such_role")
                    .hasMessageContaining("check user and password")
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void saysThatNoServerAnswers() throws IOException {
        int port;
        try (ServerSocket closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAgain.getLocalPort();
        }
        assertThat(refusal("jdbc:postgresql://127.0.0.1:" + port + "/evenkeel", "ek"))
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("check that the server runs")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void letsSeveralNodesStartOnOneServerAtOnce() throws Exception {
        PersistenceUnit items = new PersistenceUnit(
                "items", getClass().getClassLoader(), List.of(Item.class), "org/evenkeel/database/testing/v2");
        try (TestDatabase test = TestVendor.POSTGRESQL.open()) {
            DatabaseSettings settings = new DatabaseSettings(test.url(), test.user(), "", 2);
            List<CompletableFuture<Void>> nodes = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                        try (ConnectedDatabase node = ConnectedDatabase.connect(settings, new PGDataSourceFactory())) {
                            node.open(items).inTransaction(session -> session.find(Item.class, 1L));
                        }
                    }))
                    .limit(3)
                    .toList();
            CompletableFuture.allOf(nodes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void refusesAUnitOnAClosedDatabase() {
        Database database;
        try (TestDatabase test = TestDatabases.derby()) {
            database = test.database();
        }
        PersistenceUnit unit =
                new PersistenceUnit("items", getClass().getClassLoader(), List.of(Item.class), "nowhere");

        assertThatThrownBy(() -> database.open(unit))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closesUnitsWithTheirDatabaseAndOpensTheFolderAgain(@TempDir Path folder) {
        PersistenceUnit items = new PersistenceUnit(
                "items", getClass().getClassLoader(), List.of(Item.class), "org/evenkeel/database/testing/v1");
        Persistence left;
        try (TestDatabase test = TestDatabases.derby(folder.resolve("database"))) {
            left = test.database().open(items);
            assertThat(folder.resolve("database/db.lck")).exists();
        }
        assertThat(folder.resolve("database/db.lck")).doesNotExist();
        assertThatThrownBy(() -> left.inTransaction(session -> session.find(Item.class, 1L)))
                .isInstanceOf(DatabaseException.class);

        try (TestDatabase again = TestDatabases.derby(folder.resolve("database"));
                Persistence unit = again.database().open(items)) {
            assertThat(unit.<Item>inTransaction(session -> session.find(Item.class, 1L)))
                    .isNull();
        }
    }
}
