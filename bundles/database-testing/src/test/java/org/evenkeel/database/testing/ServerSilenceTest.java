package org.evenkeel.database.testing;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static int waits(Persistence items) {
        AtomicInteger waits = new AtomicInteger();
        items.inTransaction(session -> {
            session.doWork(connection -> waits.set(connection.getNetworkTimeout()));
            return null;
        });
        return waits.get();
    }
}
