package org.evenkeel.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept, on both databases. */
class InboxTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00.123456Z");

    private static Inbox open(TestDatabase database, int most) {
        return new Inbox(database.database(), Duration.ofDays(7), most);
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void anEventIsKeptOnceThoughManyTryAtOnceAndWithoutTheMemory(TestVendor vendor) throws Exception {
        try (TestDatabase database = vendor.open();
                Inbox one = open(database, 100)) {
            ExecutorService many = Executors.newFixedThreadPool(8);
            List<Callable<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                tries.add(() -> one.keep("shop", "e1", NOW, "Orders[1]"));
            }
            int made = 0;
            for (Future<Boolean> result : many.invokeAll(tries)) {
                made += result.get() ? 1 : 0;
            }
            many.shutdown();
            assertThat(made).isEqualTo(1);
            assertThat(one.keep("other", "e1", NOW, "")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void whatNoPullHasFollowedIsKnownAfterARestart(TestVendor vendor) {
        try (TestDatabase database = vendor.open()) {
            try (Inbox inbox = open(database, 100)) {
                inbox.keep("shop", "e1", NOW, "");
                inbox.keep("shop", "e2", NOW.plusSeconds(2), "");
                inbox.keep("done", "e3", NOW, "");
                inbox.followed("done", NOW.plusNanos(1_000));
                inbox.followed("shop", NOW.plusSeconds(1));
            }
            database.reopen();
            try (Inbox inbox = open(database, 100)) {
                assertThat(inbox.unfollowed()).hasSize(1).containsEntry("shop", NOW.plusSeconds(2));
                inbox.followed("shop", NOW.plusSeconds(2));
                assertThat(inbox.unfollowed()).containsKey("shop");
                inbox.followed("shop", NOW.plusSeconds(3));
                assertThat(inbox.unfollowed()).isEmpty();
                assertThat(inbox.keep("shop", "e1", NOW, "")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void whatIsOldOrTooManyIsForgotten(TestVendor vendor) {
        try (TestDatabase database = vendor.open();
                Inbox inbox = open(database, 3)) {
            inbox.keep("shop", "old", NOW.minus(Duration.ofDays(8)), "");
            for (int i = 0; i < 5; i++) {
                inbox.keep("shop", "e" + i, NOW.plusSeconds(i), "");
            }
            inbox.keep("other", "e0", NOW, "");
            inbox.prune(NOW.plusSeconds(10));

            try (Inbox again = open(database, 3)) {
                assertThat(again.keep("shop", "old", NOW, "")).isTrue();
                assertThat(again.keep("shop", "e1", NOW, "")).isTrue();
                assertThat(again.keep("shop", "e2", NOW, "")).isFalse();
                assertThat(again.keep("shop", "e4", NOW, "")).isFalse();
                assertThat(again.keep("other", "e0", NOW, "")).isFalse();
            }
        }
    }
}
