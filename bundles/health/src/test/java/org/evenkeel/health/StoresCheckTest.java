package org.evenkeel.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WebhookStatus;
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

    @Test
    void whatWaitsForAPersonIsAWarning() {
        assertEquals(Result.Status.WARN, judge(status("restored", false, 0)));
        assertEquals(Result.Status.WARN, judge(status("", true, 0)));
        assertEquals(Result.Status.WARN, judge(status("", false, 3)));
        assertEquals(Result.Status.OK, judge(status("", false, 0)));
    }

    @Test
    void webhooksInTroubleAreAWarningAndNoneAreNot() {
        assertEquals(Result.Status.WARN, execute(WebhookStatus.State.TROUBLE));
        assertEquals(Result.Status.OK, execute(WebhookStatus.State.OFF));
    }

    private static Result.Status execute(WebhookStatus.State state) {
        StoreSync sync = (StoreSync) Proxy.newProxyInstance(
                StoresCheckTest.class.getClassLoader(),
                new Class<?>[] {StoreSync.class},
                (proxy, method, arguments) -> method.getName().equals("stores")
                        ? List.of(status(Instant.now(), true, StoreStatus.State.IDLE, 0, "", false, 0))
                        : new WebhookStatus(state, "words", List.of(), null));
        return new StoresCheck(sync, settings()).execute().getStatus();
    }

    private static Result.Status judge(StoreStatus status) {
        FormattingResultLog log = new FormattingResultLog();
        new StoresCheck(null, settings()).judge(List.of(status), NOW, log);
        return new Result(log).getStatus();
    }

    private static StoresCheck.Settings settings() {
        return (StoresCheck.Settings) Proxy.newProxyInstance(
                StoresCheckTest.class.getClassLoader(),
                new Class<?>[] {StoresCheck.Settings.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    }

    private static StoreStatus status(boolean on, StoreStatus.State state, Duration age, int parked) {
        return status(NOW.minus(age), on, state, parked, "", false, 0);
    }

    private static StoreStatus status(String held, boolean alarm, int drifting) {
        return status(NOW, true, StoreStatus.State.IDLE, 0, held, alarm, drifting);
    }

    private static StoreStatus status(
            Instant pulled, boolean on, StoreStatus.State state, int parked, String held, boolean alarm, int drifting) {
        Store store = new Store(new StoreId("one"), "One", "kind", "", NOW, on, NOW, null, null, false);
        ListingBook.DueCount due = new ListingBook.DueCount(0, 0, 0, 0, parked, null);
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
                alarm,
                StoreSettings.DEFAULT,
                held,
                drifting,
                "");
    }
}
