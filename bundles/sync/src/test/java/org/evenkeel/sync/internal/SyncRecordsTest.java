package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.connector.StoreState;
import org.evenkeel.connector.WebhookSubscriptions.Subscription;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.WindowBucket;
import org.evenkeel.sync.internal.kept.KeptWindows;
import org.evenkeel.sync.internal.kept.SecretBox;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.LaneMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the sync keeps, on both databases. */
class SyncRecordsTest {
    private static final StoreId STORE = new StoreId("shop");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456Z");
    private static final Instant SECOND = NOW.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    private static final LaneMemory.Subscribed SUBSCRIBED = new LaneMemory.Subscribed(
            java.net.URI.create("https://stock.example.org/webhooks/shop"),
            SECOND,
            SECOND.plusSeconds(60),
            "The store refuses one.",
            List.of(
                    new Subscription("1", "orders", "https://stock.example.org/webhooks/shop", true, SECOND),
                    new Subscription("2", "refunds", "https://stock.example.org/webhooks/shop", false, null)));

    private static final StoreSettings SETTINGS =
            new StoreSettings(Duration.ofMinutes(3), Drift.ALERT, true, 1_234, Duration.ofSeconds(90));

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private SyncRecords open(TestDatabase database, int kept) {
        return new SyncRecords(database.database(), SecretBox.open(folder.resolve("secrets/state.key")), kept, DAY);
    }

    private static Run done(long id, StoreId store) {
        return new Run(
                id,
                store,
                Run.Trigger.SCHEDULE,
                "system",
                NOW,
                NOW,
                Run.Result.DONE,
                List.of(),
                Run.Counts.NONE,
                List.of());
    }

    private static KeptWindows.Window window(String store, int second, int millis) {
        return new KeptWindows.Window(new StoreId(store), NOW.plusSeconds(second), Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void windowsAreCountedBySpansOfTimeAndForgottenInTime(TestVendor vendor) {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            List<KeptWindows.Window> hundred = IntStream.rangeClosed(1, 100)
                    .mapToObj(i -> window("shop", 10, i))
                    .toList();
            records.windows().add(hundred, NOW);
            records.windows().add(List.of(window("shop", 59, 700), window("other", 130, 9)), NOW);

            assertThat(records.windows().buckets(STORE, NOW, 3, Duration.ofMinutes(1)))
                    .containsExactly(
                            new WindowBucket(
                                    NOW, 101, Duration.ofMillis(51), Duration.ofMillis(100), Duration.ofMillis(700)),
                            new WindowBucket(NOW.plusSeconds(60), 0, null, null, null),
                            new WindowBucket(NOW.plusSeconds(120), 0, null, null, null));
            assertThat(records.windows().buckets(null, NOW, 3, Duration.ofMinutes(1)))
                    .extracting(WindowBucket::count)
                    .containsExactly(101L, 0L, 1L);
            assertThat(records.windows().longest(STORE, NOW.plusSeconds(30))).contains(Duration.ofMillis(700));
            assertThat(records.windows().longest(STORE, NOW.plusSeconds(60))).isEmpty();

            records.windows().add(List.of(window("shop", 100 * 86_400, 5)), NOW.plus(Duration.ofDays(100)));
            assertThat(records.windows().longest(STORE, NOW)).contains(Duration.ofMillis(5));
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void exchangesAreKeptInTheirOrderForASetTimeAndWithTheirRun(TestVendor vendor) {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            Exchange push = new Exchange(
                    NOW,
                    "push",
                    Duration.ofMillis(12),
                    "1 of 2 figures acknowledged.",
                    List.of(
                            new Exchange.Line("A", 5L, 7L, "acknowledged"),
                            new Exchange.Line("B", 5L, null, "refused: no")),
                    3,
                    Exchange.Outcome.ANSWERED);
            Exchange pull = new Exchange(
                    NOW.plusSeconds(1), "orders", Duration.ZERO, "503", List.of(), 0, Exchange.Outcome.FAILED);
            long first = records.begin(STORE, Run.Trigger.SCHEDULE, "system", NOW);
            records.update(records.run(first).orElseThrow(), List.of(push), 0);
            records.update(done(first, STORE), List.of(pull), 1);

            assertThat(records.exchanges().of(first, new PageRequest(0, 10)).items())
                    .containsExactly(push, pull);
            assertThat(records.exchanges().of(first, new PageRequest(1, 10)).items())
                    .containsExactly(pull);
            assertThat(records.exchanges().of(first, new PageRequest(1, 10)).total())
                    .isEqualTo(2);

            long second = 0;
            for (int i = 0; i < 50; i++) {
                second = records.begin(STORE, Run.Trigger.CHANGE, "system", NOW.plus(DAY));
                records.update(done(second, STORE), List.of(pull), 0);
            }
            assertThat(records.exchanges().of(first, new PageRequest(0, 10)).items())
                    .as("of a run that is not kept")
                    .isEmpty();
            assertThat(records.exchanges().of(second, new PageRequest(0, 10)).items())
                    .hasSize(1);

            for (int i = 0; i < 20; i++) {
                long late = records.begin(
                        STORE, Run.Trigger.CHANGE, "system", NOW.plus(DAY).plusSeconds(2));
                records.update(done(late, STORE), List.of(), 0);
            }
            assertThat(records.run(second)).isPresent();
            assertThat(records.exchanges().of(second, new PageRequest(0, 10)).items())
                    .as("older than a day")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void whereALaneStandsSurvivesARestart(TestVendor vendor) {
        try (TestDatabase database = vendor.open()) {
            CheckReport report = new CheckReport(
                    "shop.example",
                    NOW.minusSeconds(1).truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                    List.of(new StoreLocation("1", "Berlin", true)),
                    List.of(new CheckReport.Finding(CheckReport.Severity.WARNING, "Few scopes.", "Add some.")));
            try (SyncRecords records = open(database, 20)) {
                LaneMemory memory = records.memory(STORE);
                memory.change(state -> state.lastPullAt = NOW);
                memory.change(state -> {
                    state.check = report;
                    state.stop = LaneMemory.Stop.CONFIGURATION;
                    state.words = "The token was revoked.";
                    state.choices = new TurnOn(true, TurnOn.Opening.REVIEW);
                    state.oversellWindow = Duration.ofMillis(1234);
                    state.settings = SETTINGS;
                    state.waiting = new LaneMemory.Waiting(NOW, "The store asks for patience.", true, 3);
                    state.heldReason = "The database was restored.";
                    state.ordersKnownAsOf = NOW;
                    state.subscribed = SUBSCRIBED;
                });
            }
            database.reopen();
            try (SyncRecords records = open(database, 20)) {
                LaneMemory.LaneState state = records.memory(STORE).state();
                assertThat(state.lastPullAt).isEqualTo(NOW);
                assertThat(state.check).isEqualTo(report);
                assertThat(state.stop).isEqualTo(LaneMemory.Stop.CONFIGURATION);
                assertThat(state.words).isEqualTo("The token was revoked.");
                assertThat(state.choices).isEqualTo(new TurnOn(true, TurnOn.Opening.REVIEW));
                assertThat(state.oversellWindow).isEqualTo(Duration.ofMillis(1234));
                assertThat(state.settings).isEqualTo(SETTINGS);
                assertThat(state.waiting)
                        .isEqualTo(new LaneMemory.Waiting(NOW, "The store asks for patience.", true, 3));
                assertThat(state.heldReason).isEqualTo("The database was restored.");
                assertThat(state.ordersKnownAsOf).isEqualTo(NOW);
                assertThat(state.subscribed).isEqualTo(SUBSCRIBED);
            }
        }
    }

    @Test
    void runsOfEachStoreArePrunedThoughManyStoresTakeTurns() {
        try (TestDatabase database = TestVendor.DERBY.open();
                SyncRecords records = open(database, 3)) {
            for (int run = 0; run < 45; run++) {
                for (int store = 0; store < 4; store++) {
                    long id = records.begin(new StoreId("shop-" + store), Run.Trigger.SCHEDULE, "system", NOW);
                    records.update(done(id, new StoreId("shop-" + store)), List.of(), 0);
                }
            }
            for (int store = 0; store < 4; store++) {
                assertThat(records.runs(new StoreId("shop-" + store), new PageRequest(0, 1))
                                .total())
                        .isLessThanOrEqualTo(3 + 20);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void runsAreKeptWithTheirPhasesAndPruned(TestVendor vendor) {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            long first = records.begin(STORE, Run.Trigger.SCHEDULE, "system", NOW);
            Run.Phase phase = new Run.Phase(
                    Run.Phase.Kind.ORDERS, NOW.truncatedTo(java.time.temporal.ChronoUnit.MILLIS), null, 3, -1);
            Run done = new Run(
                    first,
                    STORE,
                    Run.Trigger.SCHEDULE,
                    "system",
                    NOW,
                    NOW.plusSeconds(2),
                    Run.Result.WITH_ERRORS,
                    List.of(phase),
                    new Run.Counts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                    List.of("x".repeat(500)));
            records.update(done, List.of(), 0);

            assertThat(records.run(first)).contains(done);
            assertThat(records.lastEnded(STORE)).contains(done);

            for (int i = 0; i < 60; i++) {
                long id = records.begin(STORE, Run.Trigger.CHANGE, "system", NOW);
                records.update(done(id, STORE), List.of(), 0);
            }
            assertThat(records.runs(STORE, new PageRequest(0, 500)).total()).isBetween(20L, 40L);
            assertThat(records.run(first)).isEmpty();
            assertThat(records.runs(null, new PageRequest(0, 1)).items().get(0).id())
                    .isEqualTo(first + 60);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void anEarlierLeaseChangesNothingOfALane(TestVendor vendor) {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            LaneMemory first = records.memory(new Lease(STORE, "one", 7));
            first.change(state -> state.lastPullAt = NOW);
            LaneMemory second = records.memory(new Lease(STORE, "two", 8));
            assertThat(second.state().lastPullAt).isEqualTo(NOW);

            assertThatThrownBy(() -> first.change(state -> state.lastPullAt = NOW.plusSeconds(1)))
                    .isInstanceOf(LeaseLostException.class);
            assertThat(records.state(STORE).lastPullAt).isEqualTo(NOW);
            assertThatThrownBy(() -> records.memory(new Lease(STORE, "one", 7))).isInstanceOf(LeaseLostException.class);
            second.change(state -> state.lastPullAt = NOW.plusSeconds(2));
            assertThat(records.state(STORE).lastPullAt).isEqualTo(NOW.plusSeconds(2));

            // Nothing was kept of this one when both began.
            StoreId fresh = new StoreId("fresh");
            LaneMemory early = records.memory(new Lease(fresh, "one", 7));
            records.memory(new Lease(fresh, "two", 8)).change(state -> state.lastPullAt = NOW);
            assertThatThrownBy(() -> early.change(state -> state.lastPullAt = NOW.plusSeconds(1)))
                    .isInstanceOf(LeaseLostException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void openRunsOfStoresThatOthersServeAreLeftAlone(TestVendor vendor) {
        StoreId elsewhere = new StoreId("elsewhere");
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            long left = records.begin(STORE, Run.Trigger.SCHEDULE, "system", NOW);
            long spared = records.begin(elsewhere, Run.Trigger.SCHEDULE, "system", NOW);
            long[] later = new long[1];
            records.interruptOpen(
                    () -> {
                        later[0] = records.begin(STORE, Run.Trigger.SCHEDULE, "system", NOW);
                        return Set.of(elsewhere);
                    },
                    NOW.plusSeconds(9));
            assertThat(records.run(left).orElseThrow().result()).isEqualTo(Run.Result.INTERRUPTED);
            assertThat(records.run(spared).orElseThrow().result()).isNull();
            assertThat(records.run(later[0]).orElseThrow().result()).isNull();
            assertThat(records.open(elsewhere).orElseThrow().id()).isEqualTo(spared);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aRunThatTheHostsEndLeftOpenWasInterrupted(TestVendor vendor) {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            long run = records.begin(STORE, Run.Trigger.SCHEDULE, "system", NOW);
            records.interruptOpen(STORE, NOW.plusSeconds(9));
            assertThat(records.run(run).orElseThrow().result()).isEqualTo(Run.Result.INTERRUPTED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void aConnectorsStateIsComparedSetAndHidden(TestVendor vendor) throws Exception {
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            StoreState state = records.connectorState(STORE);
            assertThat(state.get("token")).isEmpty();
            assertThat(state.compareAndSet("token", 0, "hush", true)).isTrue();
            assertThat(state.compareAndSet("token", 0, "other", true)).isFalse();
            StoreState.Entry entry = state.get("token").orElseThrow();
            assertThat(entry.value()).isEqualTo("hush");
            assertThat(entry.toString()).doesNotContain("hush");
            assertThat(stored(database)).doesNotContain("hush");

            assertThat(state.compareAndSet("token", entry.version(), null, true))
                    .isTrue();
            assertThat(state.get("token")).isEmpty();
            assertThat(state.compareAndSet("token", 0, "again", true)).isTrue();
            assertThat(state.get("token").orElseThrow().version()).isGreaterThan(entry.version());

            String long64 = "ä".repeat(32 * 1024);
            StoreState ofListing = state.of(new ListingId("1", "2"));
            assertThat(ofListing.compareAndSet("closed", 0, long64, false)).isTrue();
            assertThat(ofListing.get("closed").orElseThrow().value()).isEqualTo(long64);
            assertThat(state.get("closed")).isEmpty();
            assertThatThrownBy(() -> state.compareAndSet("x", 0, long64 + "!", false))
                    .hasMessageContaining("64 KiB");
        }
    }

    @ParameterizedTest
    @EnumSource(value = TestVendor.class, names = "DERBY")
    void aSecretUnderAnotherKeySaysSo(TestVendor vendor) throws Exception {
        Path key = folder.resolve("secrets/state.key");
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            records.connectorState(STORE).compareAndSet("token", 0, "hush", true);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            Files.write(key, new byte[32]);
        }
        try (TestDatabase database = vendor.open();
                SyncRecords records = open(database, 20)) {
            records.connectorState(STORE).compareAndSet("token", 0, "hush", true);
            Files.delete(key);
            SecretBox other = SecretBox.open(key);
            try (SyncRecords reopened = new SyncRecords(database.reopen(), other, 20, DAY)) {
                assertThatThrownBy(() -> reopened.connectorState(STORE).get("token"))
                        .hasMessageContaining("state.key");
            }
        }
    }

    private static String stored(TestDatabase database) throws Exception {
        StringBuilder all = new StringBuilder();
        try (var connection = java.sql.DriverManager.getConnection(database.url(), database.user(), "");
                var rows = connection.createStatement().executeQuery("select content from sync_connector_state")) {
            while (rows.next()) {
                all.append(new String(rows.getBytes(1), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
