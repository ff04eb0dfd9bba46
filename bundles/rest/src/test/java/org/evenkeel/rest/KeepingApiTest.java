package org.evenkeel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WebhookTraffic;
import org.evenkeel.sync.WindowBucket;
import org.junit.jupiter.api.Test;

/** How stores are kept level, over the API: settings, holding, drift, dry runs, exchanges, windows. */
class KeepingApiTest {
    private static final StoreId HARBOUR = new StoreId("harbour");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private final List<Object> asked = new ArrayList<>();
    private StoreSettings settings = StoreSettings.DEFAULT;

    private final StoreSync sync = Stand.in(StoreSync.class, (method, args) -> switch (method) {
        case "store" -> args[0].equals(HARBOUR) ? Optional.of(status()) : Optional.empty();
        case "settings" -> settings;
        case "configure" -> settings = (StoreSettings) args[1];
        case "hold" -> asked.addAll(List.of(args));
        case "refresh" -> {
            asked.add(args[1]);
            yield 23L;
        }
        case "drifts" ->
            new Page<>(
                    List.of(new DriftedFigure(
                            7, new ListingKey(HARBOUR, "L", ""), "MUG", "A mug", "1", 12, 9, NOW, NOW)),
                    1,
                    (PageRequest) args[1]);
        case "settleDrift" -> {
            asked.addAll(List.of(args).subList(1, 3));
            yield List.of("MUG: its rule is not one to one.");
        }
        case "run" -> args[0].equals(23L) ? Optional.of(run()) : Optional.empty();
        case "exchanges" ->
            new Page<>(
                    List.of(new Exchange(
                            NOW,
                            "push",
                            Duration.ZERO,
                            "1 figure.",
                            List.of(new Exchange.Line("MUG", 9L, 12L, "")),
                            0,
                            Exchange.Outcome.WITHHELD)),
                    1,
                    (PageRequest) args[1]);
        case "windows" -> {
            java.util.Collections.addAll(asked, args);
            yield List.of(
                    new WindowBucket(NOW, 4, Duration.ofMillis(300), Duration.ofMillis(900), Duration.ofMillis(950)),
                    new WindowBucket(NOW.plusSeconds(60), 0, null, null, null));
        }
        case "webhooks" -> new WebhookStatus(WebhookStatus.State.ON, "The store calls back.", List.of(), NOW);
        default -> Stand.NOTHING_SAID;
    });

    private final Calls calls = new Calls(
            new StoresResource(
                    sync,
                    Stand.in(StoreSetup.class, (method, args) -> Stand.NOTHING_SAID),
                    Stand.in(Catalogue.class, (method, args) -> Stand.NOTHING_SAID),
                    Stand.in(
                            WebhookTraffic.class,
                            (method, args) -> new WebhookTraffic.Counts(41, 2, 3, 1, NOW, NOW, "no signature"))),
            new DriftsResource(sync),
            new WindowsResource(sync),
            new RunsResource(sync),
            new NodesResource(Stand.in(
                    LaneLeases.class,
                    (method, args) -> List.of(
                            new LaneLeases.Holding(new Lease(HARBOUR, "node-a", 4), NOW, Duration.ofSeconds(20))))));

    private StoreStatus status() {
        return new StoreStatus(
                new Store(HARBOUR, "Harbour", "kind", "", NOW, true, NOW, null, null, false),
                StoreStatus.State.HELD,
                "",
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                new ListingBook.DueCount(0, 0, 0, 0, 0, null),
                null,
                null,
                null,
                true,
                settings,
                "restored",
                1,
                "node-a");
    }

    private static Run run() {
        return new Run(
                23,
                HARBOUR,
                Run.Trigger.DRY_RUN,
                "token:test",
                NOW,
                null,
                null,
                List.of(),
                new Run.Counts(0, 0, 0, 0, 0, 0, 0, 0, 1, 1),
                List.of());
    }

    @Test
    void whatCameByWebhooksIsCounted() throws Exception {
        Calls.Answer answer = calls.get("stores/harbour/webhooks");
        assertEquals(200, answer.status());
        var traffic = answer.body().path("traffic");
        assertEquals(41, traffic.path("taken").asInt());
        assertEquals(2, traffic.path("repeated").asInt());
        assertEquals(3, traffic.path("rejected").asInt());
        assertEquals(1, traffic.path("turnedAway").asInt());
        assertEquals("no signature", traffic.path("lastWords").asText());
    }

    @Test
    void aStoreTellsWhyItIsHeldAndWhoServesIt() throws Exception {
        Calls.Answer answer = calls.get("stores/harbour");
        assertEquals("HELD", answer.body().path("state").asText());
        assertEquals("restored", answer.body().path("heldReason").asText());
        assertEquals("node-a", answer.body().path("node").asText());
        assertTrue(answer.body().path("windowAlarm").asBoolean());
        assertEquals(900_000, answer.body().path("windowBoundMillis").asLong());
        assertFalse(answer.body().path("shadow").asBoolean());
    }

    @Test
    void whoServesWhatIsTold() throws Exception {
        Calls.Answer answer = calls.get("nodes");
        assertEquals("node-a", answer.body().at("/items/0/node").asText());
        assertTrue(answer.body().at("/items/0/serving").asBoolean());
        assertEquals(20_000, answer.body().at("/items/0/leftMillis").asInt());
    }

    @Test
    void settingsAreTakenAndToldInOneShape() throws Exception {
        Calls.Answer answer = calls.send(
                "PUT",
                "stores/harbour/sync",
                "{\"intervalSeconds\":300,\"drift\":\"alert\",\"shadow\":true,\"windowAlarmMillis\":2500}");
        assertEquals(200, answer.status());
        assertEquals(
                new StoreSettings(Duration.ofMinutes(5), Drift.ALERT, true, null, Duration.ofMillis(2_500)), settings);
        assertEquals(answer.body(), calls.get("stores/harbour/sync").body());
        assertTrue(answer.body().path("guardShare").isNull());
    }

    @Test
    void aSettingThatCannotBeIsRefusedByItsName() throws Exception {
        Calls.Answer answer = calls.send("PUT", "stores/harbour/sync", "{\"guardShare\":20000}");
        assertEquals(422, answer.status());
        assertEquals("guardShare", answer.body().path("field").asText());
        assertEquals(StoreSettings.DEFAULT, settings);
        assertEquals(404, calls.send("PUT", "stores/nowhere/sync", "{}").status());
    }

    @Test
    void holdingNeedsAReasonAndAnAdministrator() throws Exception {
        assertEquals(
                "reason",
                calls.send("POST", "stores/hold", "{}").body().path("field").asText());
        assertEquals(
                403,
                calls.call("POST", "stores/harbour/hold", Calls.token(Scope.WRITE), "{\"reason\":\"x\"}")
                        .status());
        assertTrue(asked.isEmpty());
        assertEquals(
                204,
                calls.send("POST", "stores/harbour/hold", "{\"reason\":\"moving\"}")
                        .status());
        assertEquals(
                204,
                calls.send("POST", "stores/hold", "{\"reason\":\"moving\"}").status());
        assertEquals(List.of(Set.of(HARBOUR), "moving", "token:test", Set.of(), "moving", "token:test"), asked);
    }

    @Test
    void aRefreshIsOfAKind() throws Exception {
        calls.send("POST", "stores/harbour/refresh", null);
        Calls.Answer dry = calls.call("POST", "stores/harbour/refresh?kind=dry", Calls.token(Scope.WRITE), null);
        assertEquals(202, dry.status());
        assertEquals(23, dry.body().path("run").asInt());
        assertEquals(List.of(RefreshKind.NORMAL, RefreshKind.DRY), asked);
    }

    @Test
    void whatWasChangedThereIsSettled() throws Exception {
        assertEquals(
                -3,
                calls.get("stores/harbour/drifts").body().at("/items/0/shown").asInt() - 12);
        Calls.Answer answer =
                calls.send("POST", "stores/harbour/drifts/settle", "{\"figures\":[7],\"decision\":\"ADOPT\"}");
        assertEquals(List.of(Set.of(7L), Drift.ADOPT), asked);
        assertEquals(
                "MUG: its rule is not one to one.",
                answer.body().at("/refused/0").asText());
        assertEquals(
                "decision",
                calls.send("POST", "stores/harbour/drifts/settle", "{\"figures\":[7]}")
                        .body()
                        .path("field")
                        .asText());
    }

    @Test
    void aRunTellsWhatItExchangedAndWhatItWouldHaveSent() throws Exception {
        Calls.Answer answer = calls.get("runs/23/exchanges");
        assertEquals("WITHHELD", answer.body().at("/items/0/outcome").asText());
        assertEquals(9, answer.body().at("/items/0/lines/0/number").asInt());
        assertEquals(1, calls.get("runs/23").body().at("/counts/withheld").asInt());
        assertEquals(404, calls.get("runs/24/exchanges").status());
    }

    @Test
    void windowsAreASeriesAndAFile() throws Exception {
        Calls.Answer answer =
                calls.get("windows?store=harbour&from=2026-05-01T12:00:00Z&to=2026-05-01T12:02:00Z&bucket=PT1M");
        assertEquals(List.of(HARBOUR, NOW, NOW.plusSeconds(120), Duration.ofMinutes(1)), asked);
        assertEquals(900, answer.body().at("/items/0/p99Millis").asInt());
        assertTrue(answer.body().at("/items/1/p99Millis").isNull());
        Calls.Answer file = calls.get("windows/series.csv");
        assertTrue(file.text().contains("2026-05-01T12:00:00Z,4,300,900,950\r\n"), file.text());
        assertTrue(file.text().endsWith(",0,,,\r\n"), file.text());
        assertEquals(null, asked.get(4));
    }

    @Test
    void aTimeThatIsNoneIsRefusedByItsName() throws Exception {
        assertEquals(
                "from", calls.get("windows?from=yesterday").body().path("field").asText());
        assertEquals(
                "bucket", calls.get("windows?bucket=often").body().path("field").asText());
    }
}
