package org.evenkeel.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.junit.jupiter.api.Test;

/** Health is told from ages. */
class StoresCheckTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void aStoreReadLatelyIsWell() {
        assertEquals(Result.Status.OK, judge(status(true, StoreStatus.State.IDLE, Duration.ofMinutes(5), 0)));
    }

    @Test
    void aStoreReadLongAgoIsLateAndThenFailed() {
        assertEquals(Result.Status.WARN, judge(status(true, StoreStatus.State.WAITING, Duration.ofMinutes(20), 0)));
        assertEquals(Result.Status.CRITICAL, judge(status(true, StoreStatus.State.RUNNING, Duration.ofMinutes(60), 0)));
    }

    @Test
    void aStoppedStoreHasFailedWhateverItsAge() {
        assertEquals(Result.Status.CRITICAL, judge(status(true, StoreStatus.State.STOPPED, Duration.ZERO, 0)));
    }

    @Test
    void refusedFiguresAreAWarning() {
        assertEquals(Result.Status.WARN, judge(status(true, StoreStatus.State.IDLE, Duration.ZERO, 2)));
    }

    @Test
    void aStoreThatIsOffHasNoHealth() {
        assertEquals(Result.Status.OK, judge(status(false, StoreStatus.State.OFF, Duration.ofDays(9), 3)));
    }

    private static Result.Status judge(StoreStatus status) {
        StoresCheck check = new StoresCheck(null, (StoresCheck.Settings) Proxy.newProxyInstance(
                StoresCheckTest.class.getClassLoader(),
                new Class<?>[] {StoresCheck.Settings.class},
                (proxy, method, arguments) -> method.getDefaultValue()));
        return check.judge(List.of(status), NOW).getStatus();
    }

    private static StoreStatus status(boolean on, StoreStatus.State state, Duration age, int parked) {
        Store store = new Store(new StoreId("one"), "One", "kind", "", NOW, on, NOW, null, null, false);
        ListingBook.DueCount due = new ListingBook.DueCount(0, 0, 0, parked, null);
        Instant pulled = NOW.minus(age);
        return new StoreStatus(
                store,
                state,
                "words",
                true,
                null,
                null,
                pulled,
                pulled,
                pulled,
                null,
                due,
                null,
                null,
                null,
                false,
                StoreSettings.DEFAULT,
                "",
                0,
                "");
    }
}
