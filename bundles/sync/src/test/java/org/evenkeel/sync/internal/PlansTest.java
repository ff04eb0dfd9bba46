package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Stock;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.PlanRow.Change;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.kept.SecretBox;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.VirtualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans in virtual time, on the real ledger and what the sync really keeps. Each test has stores and SKUs of its own. */
class PlansTest {
    private static final String ACTOR = "user:anna";
    private static final PageRequest ALL = new PageRequest(0, 500);

    @TempDir
    static Path folder;

    private static final VirtualTime TIME = new VirtualTime();
    private static final AtomicReference<LedgerListener> LISTENER = new AtomicReference<>(change -> {});
    private static TestDatabase database;
    private static org.evenkeel.ledger.impl.Ledger ledger;
    private static SyncRecords records;
    private static SyncEngine engine;
    private static StorePlans plans;
    private static int counts;

    @BeforeAll
    static void open() {
        database = TestVendor.DERBY.open();
        ledger = org.evenkeel.ledger.impl.Ledger.open(
                database.database(),
                new VirtualClock(),
                change -> LISTENER.get().changed(change));
        records = new SyncRecords(
                database.database(), SecretBox.open(folder.resolve("secrets/state.key")), 1000, Duration.ofDays(7));
        Host host = new Host(TIME, () -> Duration.ofMillis(20), () -> {});
        engine = new SyncEngine(
                new LaneServices(
                        TIME,
                        host,
                        host,
                        new Random(1),
                        new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue()),
                        records,
                        Settings.DEFAULT),
                records,
                Optional::empty);
        LISTENER.set(engine);
        plans = engine.plans();
    }

    @AfterAll
    static void close() {
        engine.close();
        records.close();
        ledger.close();
        database.close();
    }

    // --- a first plan
    // --------------------------------------------------------------------------------------------------

    @Test
    void aPlanSaysWhatTurningOnWouldDoAndChangesNothing() {
        opened("live-1", "a-apple", 50);
        FakeStore shop = store("shop-1");
        shop.lists("a-apple", 7).lists("A-PEAR", 3).lists("a-pear ", 3).lists("a-plum", 4);

        Plan plan = ready(shop);

        assertThat(rows(plan))
                .extracting(PlanRow::sku, PlanRow::there, PlanRow::gets, PlanRow::change)
                .containsExactlyInAnyOrder(
                        tuple("a-apple", 7L, 50L, Change.RAISED),
                        tuple("A-PEAR", 3L, 3L, Change.UNCHANGED),
                        tuple("a-pear ", 3L, 3L, Change.UNCHANGED),
                        tuple("a-plum", 4L, 4L, Change.UNCHANGED));
        assertThat(row(plan, "a-apple").findings()).isEmpty();
        assertThat(row(plan, "a-apple").choice())
                .as("it was counted: the ledger wins")
                .isNull();
        assertThat(row(plan, "A-PEAR").findings()).containsOnly(Finding.NEW_PRODUCT, Finding.NEVER_COUNTED);
        assertThat(row(plan, "a-pear ").findings()).contains(Finding.NEAR_DUPLICATE);
        assertThat(row(plan, "a-pear ").words()).contains("A-PEAR");
        assertThat(plan.totals().listings()).isEqualTo(4);
        assertThat(plan.totals().of(Finding.NEW_PRODUCT)).isEqualTo(3);
        assertThat(plan.totals().of(Finding.NEAR_DUPLICATE)).isEqualTo(1);
        assertThat(plan.totals().of(Change.RAISED)).isEqualTo(1);
        assertThat(plan.applicable()).isTrue();
        assertThat(shop.pushes).isEmpty();
        assertThat(ledger.catalogue().productBySku(new Sku("a-plum"))).isEmpty();
        assertThat(ledger.stores().find(shop.id).orElseThrow().syncOn()).isFalse();
    }

    // --- helpers
    // -------------------------------------------------------------------------------------------------------

    /** A store whose check has passed. */
    private FakeStore store(String id) {
        return store(new FakeStore(id, TIME, FakeStore.modern()));
    }

    private FakeStore store(FakeStore shop) {
        engine.appeared(shop.id.value(), shop, "Shop " + shop.id, "test.fake", "configuration 1");
        await(() -> ledger.stores().find(shop.id).isPresent(), "it appears");
        var report = engine.sync().check(shop.id, ACTOR).toCompletableFuture();
        await(report::isDone, "the check");
        return shop;
    }

    /** A store that is on and level, with one product that was counted. */
    private FakeStore opened(String id, String sku, long figure) {
        FakeStore shop = store(new FakeStore(id, TIME, FakeStore.modern()).lists(sku, figure));
        ended(engine.sync().turnOn(shop.id, TurnOn.DEFAULT, ACTOR));
        return shop;
    }

    private Plan ready(FakeStore shop) {
        return ready(plans.begin(shop.id, Plan.Kind.TURN_ON, ACTOR));
    }

    private Plan ready(long id) {
        await(() -> plan(id).state() != Plan.State.PULLING, "the plan is made");
        assertThat(plan(id).explanation()).isEmpty();
        assertThat(plan(id).state()).isEqualTo(Plan.State.READY);
        return plan(id);
    }

    private static Plan plan(long id) {
        return plans.plan(id).orElseThrow();
    }

    private static List<PlanRow> rows(Plan plan) {
        return plans.rows(plan.id(), PlanQuery.all(ALL)).items();
    }

    private static PlanRow row(Plan plan, String sku) {
        return rows(plan).stream()
                .filter(row -> sku.equals(row.sku()))
                .findFirst()
                .orElseThrow();
    }

    private void applied(long plan) {
        ended(plans.apply(plan, ACTOR));
        assertThat(plan(plan).state()).isEqualTo(Plan.State.APPLIED);
    }

    private Run ended(long run) {
        await(() -> engine.sync().run(run).orElseThrow().result() != null, "the run");
        return engine.sync().run(run).orElseThrow();
    }

    private static Product product(String sku) {
        return ledger.catalogue().productBySku(new Sku(sku)).orElseThrow();
    }

    private static Stock stock(String sku) {
        return ledger.inventory().stock(product(sku).id());
    }

    private static void count(String sku, long inStock) {
        ledger.inventory()
                .adjust(new Adjustment(
                        product(sku).id(),
                        ledger.catalogue().defaultLocation().id(),
                        Adjustment.Kind.SET,
                        inStock,
                        null,
                        "count",
                        ACTOR,
                        new IdempotencyKey(ACTOR, "count " + ++counts)));
    }

    private void await(BooleanSupplier condition, String what) {
        if (!TIME.until(condition, Duration.ofHours(1))) {
            throw new AssertionError("Did not happen within an hour: " + what);
        }
    }

    private static final class VirtualClock extends Clock {
        @Override
        public Instant instant() {
            return TIME.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
