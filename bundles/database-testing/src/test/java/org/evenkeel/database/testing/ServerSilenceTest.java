package org.evenkeel.database.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.evenkeel.database.internal.ConnectedDatabase;
import org.evenkeel.database.internal.DatabaseSettings;
import org.junit.jupiter.api.Test;
import org.postgresql.osgi.PGDataSourceFactory;

/** For how long a server may say nothing before it is taken for cut off. */
class ServerSilenceTest {
    private static final PersistenceUnit ITEMS = new PersistenceUnit(
            "items", ServerSilenceTest.class.getClassLoader(), List.of(Item.class), "org/evenkeel/database/testing/v2");

    @Test
    void whatIsNotSaidInTheAddressIsAMinute() {
        try (TestDatabase test = TestVendor.POSTGRESQL.open()) {
            assertThat(waits(test.database().open(ITEMS))).isEqualTo((int) TimeUnit.MINUTES.toMillis(1));
        }
    }

    @Test
    void aMigrationMayTakeLongerAndItsConnectionIsLikeAnyOtherAfterwards() {
        PersistenceUnit slow = new PersistenceUnit(
                "items", getClass().getClassLoader(), List.of(Item.class), "org/evenkeel/database/testing/slow");
        try (TestDatabase test = TestVendor.POSTGRESQL.open();
                ConnectedDatabase database = ConnectedDatabase.connect(
                        new DatabaseSettings(test.url() + "?socketTimeout=1", test.user(), "", 2),
                        new PGDataSourceFactory())) {
            assertThat(waits(database.open(slow))).isEqualTo((int) TimeUnit.SECONDS.toMillis(1));
        }
    }

    @Test
    void whatHangsOverASilentCutEndsAndWhatComesAfterItGoesThrough() throws Exception {
        try (TestDatabase test = TestVendor.POSTGRESQL.open();
                SilentProxy proxy = new SilentProxy(test.url());
                ConnectedDatabase database = ConnectedDatabase.connect(
                        new DatabaseSettings(proxy.url() + "?socketTimeout=2&loginTimeout=2", test.user(), "", 2),
                        new PGDataSourceFactory())) {
            Persistence items = database.open(ITEMS);
            assertThat(count(items)).isZero();

            proxy.cut();
            long began = System.nanoTime();
            assertThatThrownBy(() -> count(items)).isInstanceOf(RuntimeException.class);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(took).as("without a bound it would hang for ever").isLessThan(Duration.ofSeconds(45));

            proxy.mend();
            await().atMost(Duration.ofSeconds(45)).ignoreExceptions().until(() -> count(items) == 0);
        }
    }

    private static long count(Persistence items) {
        return items.inTransaction(session -> session.createSelectionQuery("select count(i) from Item i", Long.class)
                .getSingleResult());
    }

    private static int waits(Persistence items) {
        AtomicInteger waits = new AtomicInteger();
        items.inTransaction(session -> {
            session.doWork(connection -> waits.set(connection.getNetworkTimeout()));
            return null;
        });
        return waits.get();
    }
}
