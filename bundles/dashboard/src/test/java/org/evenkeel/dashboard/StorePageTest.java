package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.accounts.Principal;
import org.evenkeel.connector.WebhookSubscriptions;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.DriftedFigure;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WebhookStatus;
import org.evenkeel.sync.WebhookTraffic;
import org.evenkeel.sync.WindowBucket;
import org.junit.jupiter.api.Test;

/** A store's page, its settings, and the list of stores. */
class StorePageTest {
    private final Visit visit = new Visit();
    private final Sample sample = new Sample();
    private final List<Object> asked = new ArrayList<>();
    private List<String> refused = List.of();

    private final StoreSync sync = Stand.in(StoreSync.class, (method, args) -> switch (method) {
        case "store" -> args[0].equals(Sample.HARBOUR) ? Optional.of(sample.status()) : Optional.empty();
        case "stores" -> List.of(sample.status());
        case "webhooks" ->
            new WebhookStatus(
                    WebhookStatus.State.ON,
                    "The store calls back at https://shop.example/webhooks/harbour.",
                    List.of(new WebhookSubscriptions.Subscription(
                            "1", "ORDERS_CREATE", "https://shop.example/webhooks/harbour", true, null)),
                    Sample.NOW);
        case "windows" ->
            sample.state == StoreStatus.State.REMOVED
                    ? gone()
                    : windows((Instant) args[1], (Instant) args[2], (Duration) args[3]);
        case "drifts" ->
            new Page<>(
                    List.of(new DriftedFigure(
                            7,
                            new ListingKey(Sample.HARBOUR, "L", ""),
                            "MUG",
                            "A mug",
                            "1",
                            12,
                            9,
                            Sample.NOW,
                            Sample.NOW)),
                    1,
                    (PageRequest) args[1]);
        case "runs" ->
            new Page<>(
                    List.of(Sample.run(Run.Trigger.DRY_RUN, new Run.Counts(1, 0, 0, 3, 0, 0, 0, 0, 4, 2))),
                    1,
                    (PageRequest) args[1]);
        case "settleDrift" -> {
            asked.addAll(List.of(args).subList(1, 3));
            yield refused;
        }
        case "refresh" -> {
            asked.add(args[1]);
            yield 23L;
        }
        case "hold", "configure" -> asked.addAll(List.of(args));
        default -> Stand.NOTHING_SAID;
    });

    private final StoreServlet servlet = new StoreServlet(
            sync,
            Stand.in(StoreSetup.class, (method, args) -> Stand.NOTHING_SAID),
            Stand.in(
                    ListingBook.class,
                    (method, args) -> method.equals("listings")
                            ? new Page<>(List.of(), 0, ((ListingQuery) args[0]).page())
                            : null),
            Stand.in(Catalogue.class, (method, args) -> Stand.NOTHING_SAID),
            Stand.in(
                    WebhookTraffic.class,
                    (method, args) -> new WebhookTraffic.Counts(41, 2, 3, 0, Sample.NOW, Sample.NOW, "no signature")),
            visit.surroundings);

    private static Object gone() {
        throw new NotFoundException("There is no such store.");
    }

    private static List<WindowBucket> windows(Instant from, Instant to, Duration bucket) {
        List<WindowBucket> windows = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = at.plus(bucket)) {
            long wave = windows.size();
            windows.add(
                    wave % 9 == 4
                            ? new WindowBucket(at, 0, null, null, null)
                            : new WindowBucket(
                                    at,
                                    3 + wave % 5,
                                    Duration.ofMillis(300 + wave * 7 % 90),
                                    Duration.ofMillis(wave == 30 ? 75_000 : 700 + wave * 131 % 900),
                                    Duration.ofMillis(wave == 30 ? 75_000 : 2_000)));
        }
        return windows;
    }

    private String page() throws IOException {
        return visit.page(servlet, "/stores", "/harbour");
    }

    private void send(String action) throws IOException {
        visit.with("do", action).send(servlet, "/stores", "/harbour");
    }

    @Test
    void aStoreOnAGoodDay() throws IOException {
        sample.node = "node-a";
        String page = page();
        assertTrue(page.contains("The store calls back at https://shop.example"), page);
        assertTrue(page.contains("At this host since its start: 41 taken, 2 repeated, 3 not genuine"), page);
        assertTrue(page.contains("Last words: no signature"), page);
        assertTrue(page.contains("The alarm is set to " + Words.of(StoreSettings.WINDOW_ALARM)), page);
        assertTrue(page.contains("node-a"), page);
        assertTrue(page.contains("<svg viewBox"), "the window is drawn");
        assertTrue(page.contains("/windows.csv?store=harbour"), page);
        assertFalse(page.contains("Changed in the store by somebody else"), page);
    }

    @Test
    void aRemovedStoreStillShowsItsHistory() throws IOException {
        sample.state = StoreStatus.State.REMOVED;
        String page = page();
        assertEquals(200, visit.status());
        assertTrue(page.contains("/runs/23"), page);
        assertFalse(page.contains("Actions"), page);
    }

    @Test
    void aHeldStoreSaysWhyAndLeadsToThePlanOfItsRelease() throws IOException {
        sample.state = StoreStatus.State.HELD;
        sample.held = "The database was restored from a back-up.";
        String page = page();
        assertEquals(
                2,
                page.split("The database was restored from a back-up", -1).length - 1,
                "in words, and with its state");
        assertTrue(page.contains("name=\"kind\" value=\"release\""), page);
        assertFalse(page.contains("Hold this store"), page);
    }

    @Test
    void aShadowIsNotToBeOverlooked() throws IOException {
        sample.settings = new StoreSettings(null, Drift.ALERT, true, 2_000, Duration.ofSeconds(5));
        sample.alarm = true;
        String page = page();
        assertTrue(page.contains("In shadow: nothing is sent."), page);
        assertTrue(page.contains("End the shadow in the settings"), page);
        assertTrue(page.contains("stayed on sale elsewhere for longer than its alarm allows"), page);
        assertTrue(page.contains("alarm above 5 s"), "the bound is drawn");
        assertTrue(page.contains("would: 2"), "a dry run says what it would have sent");
    }

    @Test
    void holdingNeedsAReason() throws IOException {
        send("hold");
        assertTrue(asked.isEmpty());
        assertTrue(visit.notice().contains("Say why"), "it is said what is missing");
        visit.with("reason", "stocktaking");
        send("hold");
        assertEquals(List.of(Set.of(Sample.HARBOUR), "stocktaking", "user:anna"), asked);
    }

    @Test
    void aDryRunIsAsked() throws IOException {
        send("dry-run");
        assertEquals(List.of(RefreshKind.DRY), asked);
        assertTrue(visit.notice().contains("sends nothing"));
    }

    @Test
    void whatWasChangedThereWaitsForADecision() throws IOException {
        sample.drifting = 1;
        String page = page();
        assertTrue(page.contains("Changed in the store by somebody else"), page);
        assertTrue(page.contains("−3"), page);
        visit.with("figure", "7");
        send("adopt");
        assertEquals(List.of(Set.of(7L), Drift.ADOPT), asked);
        assertTrue(visit.notice().startsWith("Taken"));
        refused = List.of("MUG: its rule is not one to one.");
        send("adopt");
        assertEquals("MUG: its rule is not one to one.", visit.notice());
    }

    @Test
    void whoMayNotChangeStoresDoesNot() throws IOException {
        visit.as(Principal.Scope.WRITE).with("figure", "7");
        for (String action : List.of("hold", "overwrite", "adopt", "turn-off", "remove")) {
            send(action);
            assertTrue(visit.notice().contains("ADMIN"), action);
        }
        assertTrue(asked.isEmpty());
    }

    @Test
    void theWindowsAreAFileToo() throws IOException {
        WindowServlet file = new WindowServlet(sync, visit.surroundings);
        visit.with("store", "harbour").with("span", "week").page(file, "/windows.csv", "");
        List<String> lines = visit.body().lines().toList();
        assertEquals("\uFEFFfrom,orders,half within ms,99 of 100 within ms,longest ms", lines.get(0));
        assertEquals(1 + 42, lines.size());
        assertTrue(lines.get(5).endsWith(",0,,,"), "a span without orders has no times");
        assertEquals("attachment; filename=\"windows-harbour-week.csv\"", visit.header("Content-Disposition"));
    }

    @Test
    void settingsAreSavedAsTheyAreTyped() throws IOException {
        StoreSettingsServlet settings = new StoreSettingsServlet(sync, visit.surroundings);
        visit.with("store", "harbour")
                .with("shadow", "yes")
                .with("drift", "ALERT")
                .with("interval", "4,5")
                .with("guardShare", "12.5")
                .with("windowAlarm", "")
                .send(settings, "/store-settings", "");
        assertEquals(new StoreSettings(Duration.ofSeconds(270), Drift.ALERT, true, 1_250, null), asked.get(1));
        assertEquals("/stores/harbour", visit.location());
    }

    @Test
    void aSettingThatCannotBeIsSaidAtItsField() throws IOException {
        StoreSettingsServlet settings = new StoreSettingsServlet(sync, visit.surroundings);
        visit.with("store", "harbour")
                .with("drift", "OVERWRITE")
                .with("guardShare", "250")
                .with("interval", "9")
                .send(settings, "/store-settings", "");
        assertEquals(422, visit.status());
        assertTrue(visit.body().contains("id=\"guardShare-wrong\""), visit.body());
        assertTrue(visit.body().contains("value=\"250\""), "what was typed stays");
        assertTrue(asked.isEmpty());
        visit.with("guardShare", "many").send(settings, "/store-settings", "");
        assertTrue(visit.body().contains("'many' is no number of per cent"), visit.body());
    }

    @Test
    void theFormOfTheSettingsTellsThePresentOnes() throws IOException {
        sample.settings = new StoreSettings(Duration.ofMinutes(5), Drift.ADOPT, false, 2_000, Duration.ofMillis(2_500));
        String page = visit.with("store", "harbour")
                .page(new StoreSettingsServlet(sync, visit.surroundings), "/store-settings", "");
        assertTrue(page.contains("name=\"interval\" value=\"5\""), page);
        assertTrue(page.contains("name=\"guardShare\" value=\"20\""), page);
        assertTrue(page.contains("name=\"windowAlarm\" value=\"2.5\""), page);
        assertTrue(page.contains("value=\"ADOPT\" selected"), page);
    }

    @Test
    void theListTellsTheWindowAndWhoServesWhat() throws IOException {
        sample.node = "node-a";
        StoresServlet stores = new StoresServlet(
                sync, Stand.in(StoreSetup.class, (method, args) -> Stand.NOTHING_SAID), null, visit.surroundings);
        String page = visit.page(stores, "/stores", "");
        assertTrue(page.contains("node-a"), page);
        assertTrue(page.contains("/stores/harbour#window"), page);
        visit.with("do", "hold-all").with("reason", "moving house").send(stores, "/stores", "");
        assertEquals(List.of(Set.of(), "moving house", "user:anna"), asked);
    }
}
