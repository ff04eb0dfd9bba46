package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.connector.TransientException;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Stock;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.PlanRow.Change;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreStatus;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Plans in virtual time, on the real ledger and what the sync really keeps. One suite for both databases; each test has stores
 * and SKUs of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlansContract {
    private static final String ACTOR = "user:anna";
    private static final PageRequest ALL = new PageRequest(0, 500);

    private final TestVendor vendor;
    private final VirtualTime time = new VirtualTime();
    private final AtomicReference<LedgerListener> listener = new AtomicReference<>(change -> {});
    private TestDatabase database;
    private org.evenkeel.ledger.impl.Ledger ledger;
    private SyncRecords records;
    private SyncEngine engine;
    private StorePlans plans;
    private int counts;

    PlansContract(TestVendor vendor) {
        this.vendor = vendor;
    }

    @BeforeAll
    void open(@TempDir Path folder) {
        database = vendor.open();
        ledger = org.evenkeel.ledger.impl.Ledger.open(
                database.database(),
                new VirtualClock(),
                change -> listener.get().changed(change));
        records = new SyncRecords(
                database.database(), SecretBox.open(folder.resolve("secrets/state.key")), 1000, Duration.ofDays(7));
        Host host = new Host(time, () -> Duration.ofMillis(20), () -> {});
        engine = new SyncEngine(
                new LaneServices(
                        time,
                        host,
                        host,
                        new Random(1),
                        new Ledger(ledger.orders(), ledger.listings(), ledger.stores(), ledger.catalogue()),
                        records,
                        Settings.DEFAULT),
                records,
                Optional::empty);
        listener.set(engine);
        plans = engine.plans();
    }

    @AfterAll
    void close() {
        if (engine == null) {
            return;
        }
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

    // --- choosing
    // ------------------------------------------------------------------------------------------------------

    @Test
    void justTheChosenProductsAreOpenedInTheChosenWay() {
        FakeStore shop = store("shop-2");
        shop.lists("b-adopted", 5).lists("b-held", 6).lists("b-told", 7);
        Plan plan = ready(shop);
        plans.choose(plan.id(), PlanChoices.opening(Opening.HOLD), ACTOR);
        plans.choose(plan.id(), PlanChoices.sku("B-ADOPTED", PlanChoices.Sku.ADOPT), ACTOR);
        plan = plans.choose(plan.id(), PlanChoices.sku("b-told", PlanChoices.Sku.set(9)), ACTOR);

        assertThat(rows(plan))
                .extracting(PlanRow::sku, PlanRow::choice, PlanRow::chosen, PlanRow::gets, PlanRow::inStock)
                .containsExactly(
                        tuple("b-adopted", Opening.ADOPT, true, 5L, 5L),
                        tuple("b-held", Opening.HOLD, false, null, null),
                        tuple("b-told", Opening.SET, true, 9L, 9L));
        assertThat(plan.totals().of(Change.NOT_SENT)).isEqualTo(1);
        applied(plan.id());

        assertThat(stock("b-adopted").inStock()).isEqualTo(5);
        assertThat(stock("b-told").inStock()).isEqualTo(9);
        assertThat(shop.shows("b-told")).isEqualTo(9);
        assertThat(product("b-held").opened()).isFalse();
        assertThat(shop.shows("b-held")).isEqualTo(6);
        Movement opening = movements("b-told").get(0);
        assertThat(opening.reference())
                .isEqualTo(new Movement.Reference(Movement.Reference.Kind.PLAN, String.valueOf(plan.id()), 0));
        assertThat(opening.actor()).isEqualTo(ACTOR);
        refreshed(shop);
        assertThat(product("b-held").opened())
                .as("it is held for as long as nobody counts it")
                .isFalse();
        assertThat(plan(plan.id()).appliedBy()).isEqualTo(ACTOR);
        assertThat(plans.apply(plan.id(), ACTOR))
                .as("once")
                .isEqualTo(plan(plan.id()).run());
    }

    @Test
    void figuresThatDisagreeMustBeResolvedBeforeAPlanIsApplied() {
        FakeStore shop = store("shop-3");
        shop.lists("c-apple", 5).lists("C-APPLE", 8);
        Plan plan = ready(shop);
        long id = plan.id();
        assertThat(plan.totals().conflicts()).isEqualTo(1);
        assertThat(row(plan, "c-apple").findings()).contains(Finding.CONFLICT);
        assertThat(row(plan, "c-apple").words()).contains("5, 8");
        assertThat(row(plan, "c-apple").gets()).isNull();
        assertThat(plan.unresolved()).contains("tell In Stock for each, or hold it");
        assertThatThrownBy(() -> plans.apply(id, ACTOR))
                .isInstanceOf(ConflictException.class)
                .hasMessage(plan.unresolved());
        assertThatThrownBy(() -> plans.choose(id, PlanChoices.sku("c-apple", PlanChoices.Sku.ADOPT), ACTOR))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("show different figures");

        plan = plans.choose(id, PlanChoices.sku("c-apple", PlanChoices.Sku.set(6)), ACTOR);
        assertThat(plan.applicable()).isTrue();
        assertThat(rows(plan)).extracting(PlanRow::gets).containsExactly(6L, 6L);
        applied(id);
        assertThat(shop.shows("c-apple")).isEqualTo(6);
        assertThat(shop.shows("C-APPLE")).isEqualTo(6);
    }

    @Test
    void whatOtherStoresShowOfAnUncountedProductIsAConflictToo() {
        FakeStore held = store(new FakeStore("held-4", time, FakeStore.modern()).lists("d-apple", 9));
        ended(engine.sync().turnOn(held.id, new TurnOn(false, TurnOn.Opening.REVIEW), ACTOR));
        FakeStore shop = store("shop-4");
        shop.lists("d-apple", 4);

        Plan plan = ready(shop);
        assertThat(row(plan, "d-apple").findings()).contains(Finding.CONFLICT);
        assertThat(row(plan, "d-apple").words()).contains("held-4 shows 9");
        plan = plans.choose(plan.id(), PlanChoices.sku("d-apple", PlanChoices.Sku.ADOPT), ACTOR);
        assertThat(plan.unresolved()).isEmpty();
        applied(plan.id());
        await(() -> held.shows("d-apple") == 4, "the other store follows the ledger");
    }

    @Test
    void whatDoesNotFitIsRefusedAsAWhole() {
        opened("live-5", "e-live", 3);
        FakeStore shop = store("shop-5");
        shop.lists("e-live", 1).lists("e-new", 2);
        Plan plan = ready(shop);
        PlanChoices mixed = new PlanChoices(
                Opening.HOLD,
                Map.of("e-new", PlanChoices.Sku.set(4), "e-live", PlanChoices.Sku.HOLD),
                null,
                Map.of(),
                null);
        assertRefused(plan, mixed, "skus", "nothing to choose for the SKU e-live");
        assertThat(plan(plan.id()).defaults().opening()).as("all or nothing").isEqualTo(Opening.ADOPT);
        assertThat(row(plan, "e-new").chosen()).isFalse();
        assertRefused(plan, PlanChoices.opening(Opening.SET), "opening", "one SKU at a time");
        assertRefused(plan, PlanChoices.sku("e-new", new PlanChoices.Sku(Opening.SET, null)), "skus", "in units");
        assertRefused(plan, PlanChoices.sku("e-new", PlanChoices.Sku.set(-1)), "skus", "0 to");
        assertRefused(plan, PlanChoices.missedOrders(MissedOrder.SKIP), "missedOrders", "none to choose of");
        assertRefused(plan, PlanChoices.order("o1", MissedOrder.SKIP), "orders", "none to choose of");
        assertThatThrownBy(() -> plans.choose(4711, PlanChoices.NONE, ACTOR)).isInstanceOf(NotFoundException.class);
    }

    private void assertRefused(Plan plan, PlanChoices choices, String field, String words) {
        assertThatThrownBy(() -> plans.choose(plan.id(), choices, ACTOR))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageContaining(words);
    }

    @Test
    void allThatAQueryFindsIsChosenAtOnce() {
        FakeStore shop = store("shop-6");
        shop.lists("f-one", 1).lists("f-two", 2).lists("g-three", 3);
        Plan plan = ready(shop);
        PlanQuery query = new PlanQuery("F-", Set.of(), Set.of(), false, ALL);
        plan = plans.chooseAll(plan.id(), query, PlanChoices.Sku.HOLD, ACTOR);
        assertThat(rows(plan))
                .extracting(PlanRow::sku, PlanRow::choice)
                .containsExactly(
                        tuple("f-one", Opening.HOLD), tuple("f-two", Opening.HOLD), tuple("g-three", Opening.ADOPT));
        plan = plans.chooseAll(plan.id(), query, PlanChoices.Sku.DEFAULT, ACTOR);
        assertThat(rows(plan)).noneMatch(PlanRow::chosen);
        assertThat(plan.totals().of(Change.UNCHANGED)).isEqualTo(3);
    }

    // --- orders
    // --------------------------------------------------------------------------------------------------------

    @Test
    void openOrdersCanBeTakenInAtTheFirstTurningOn() {
        FakeStore shop = new FakeStore("shop-7", time, FakeStore.modern()).lists("h-apple", 20);
        String open = shop.buy("h-apple", 4);
        String sent = shop.buy("h-apple", 1);
        shop.fulfil(sent);
        time.pass(Duration.ofMinutes(5));
        store(shop);
        Plan plan = ready(shop);
        assertThat(orders(plan))
                .extracting(PlanOrder::id, PlanOrder::kind, PlanOrder::units, PlanOrder::choice)
                .containsExactly(tuple(open, PlanOrder.Kind.OPEN, 4L, null));
        assertThat(row(plan, "h-apple").inStock()).isEqualTo(15);

        plan = plans.choose(plan.id(), PlanChoices.takeOpenOrders(true), ACTOR);
        assertThat(row(plan, "h-apple").inStock())
                .as("what is open lies on the shelf")
                .isEqualTo(19);
        assertThat(row(plan, "h-apple").gets()).isEqualTo(15);
        applied(plan.id());
        assertThat(stock("h-apple").inStock()).isEqualTo(19);
        assertThat(stock("h-apple").booked()).isEqualTo(4);
        assertThat(shop.shows("h-apple")).isEqualTo(15);
    }

    @Test
    void missedOrdersAreShownAndBookedOrSkippedAsCountedAlready() {
        FakeStore shop = opened("shop-8", "i-apple", 50);
        off(shop);
        time.pass(Duration.ofMinutes(5));
        String booked = shop.buy("i-apple", 3);
        String counted = shop.buy("i-apple", 2);
        time.pass(Duration.ofMinutes(5));

        Plan plan = ready(shop);
        assertThat(orders(plan))
                .extracting(PlanOrder::id, PlanOrder::kind, PlanOrder::units, PlanOrder::choice)
                .containsExactly(
                        tuple(booked, PlanOrder.Kind.MISSED, 3L, MissedOrder.BOOK),
                        tuple(counted, PlanOrder.Kind.MISSED, 2L, MissedOrder.BOOK));
        assertThat(row(plan, "i-apple").gets()).as("with both booked").isEqualTo(45);
        assertThat(row(plan, "i-apple").change()).isEqualTo(Change.UNCHANGED);

        plan = plans.choose(plan.id(), PlanChoices.order(counted, MissedOrder.SKIP), ACTOR);
        assertThat(plan.totals().skipped()).isEqualTo(1);
        assertThat(row(plan, "i-apple").gets()).isEqualTo(47);
        applied(plan.id());
        assertThat(stock("i-apple").booked()).isEqualTo(3);
        assertThat(shop.shows("i-apple")).isEqualTo(47);
        assertThat(order(shop, counted).state()).isEqualTo(OrderView.State.RECORDED);
        assertThat(order(shop, booked).state()).isEqualTo(OrderView.State.OPEN);
        assertThat(plan.totals().of(PlanOrder.Kind.MISSED)).isEqualTo(2);
        assertThat(ledger.journal().audit()).isEmpty();

        time.pass(Duration.ofMinutes(5));
        String later = shop.buy("i-apple", 1);
        refreshed(shop);
        assertThat(order(shop, later).state()).as("as ever").isEqualTo(OrderView.State.OPEN);
    }

    @Test
    void missedOrdersCanBeSkippedAllAtOnce() {
        FakeStore shop = opened("shop-9", "j-apple", 50);
        off(shop);
        time.pass(Duration.ofMinutes(5));
        String first = shop.buy("j-apple", 3);
        String second = shop.buy("j-apple", 2);
        Plan plan = ready(shop);
        plans.choose(plan.id(), PlanChoices.missedOrders(MissedOrder.SKIP), ACTOR);
        plan = plans.choose(plan.id(), PlanChoices.order(second, MissedOrder.BOOK), ACTOR);
        assertThat(row(plan, "j-apple").gets()).isEqualTo(48);
        applied(plan.id());
        assertThat(stock("j-apple").booked()).isEqualTo(2);
        assertThat(order(shop, first).state()).isEqualTo(OrderView.State.RECORDED);
    }

    // --- what is refused
    // -----------------------------------------------------------------------------------------------

    @Test
    void aPlanThatIsTooOldOrWhoseStoreChangedIsRefusedWithTheWayOut() {
        FakeStore shop = store("shop-10");
        shop.lists("k-apple", 5);
        Plan old = ready(shop);
        plans.choose(old.id(), PlanChoices.sku("k-apple", PlanChoices.Sku.set(7)), ACTOR);
        time.pass(Duration.ofMinutes(61));
        assertThat(plan(old.id()).outdated()).contains("minutes ago");
        assertThatThrownBy(() -> plans.apply(old.id(), ACTOR))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Make a new one");

        Plan mapped = ready(shop);
        assertThat(plan(old.id()).state()).isEqualTo(Plan.State.DISCARDED);
        assertThat(row(mapped, "k-apple").quantity())
                .as("what was chosen is taken over")
                .isEqualTo(7);
        ledger.catalogue().mapStoreLocation(shop.id, StoreLocation.ONLY, Set.of(), ACTOR);
        assertThat(plan(mapped.id()).outdated()).contains("location mapping");

        Plan unmapped = ready(shop);
        assertThat(row(unmapped, "k-apple").findings()).contains(Finding.UNMAPPED);
        assertThat(row(unmapped, "k-apple").gets()).isNull();
        engine.vanished(shop);
        engine.appeared(shop.id.value(), shop, "Shop", "test.fake", "configuration 2");
        await(() -> engine.sync().store(shop.id).orElseThrow().connected(), "it is back");
        assertThat(plan(unmapped.id()).outdated()).contains("configuration");
        assertThatThrownBy(() -> plans.apply(unmapped.id(), ACTOR)).isInstanceOf(ConflictException.class);
    }

    @Test
    void aPlanIsBegunForAStoreInTheStateThatItIsForOnly() {
        FakeStore on = opened("shop-11", "l-apple", 5);
        assertThatThrownBy(() -> plans.begin(on.id, Plan.Kind.TURN_ON, ACTOR)).hasMessageContaining("is on");
        assertThatThrownBy(() -> plans.begin(on.id, Plan.Kind.RELEASE, ACTOR)).hasMessageContaining("is not held");
        assertThatThrownBy(() -> plans.begin(on.id, Plan.Kind.UNDO, ACTOR)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> plans.begin(new StoreId("nowhere"), Plan.Kind.TURN_ON, ACTOR))
                .isInstanceOf(NotFoundException.class);
        FakeStore unchecked = new FakeStore("shop-12", time, FakeStore.modern());
        engine.appeared(unchecked.id.value(), unchecked, "Shop", "test.fake");
        await(() -> ledger.stores().find(unchecked.id).isPresent(), "it appears");
        assertThatThrownBy(() -> plans.begin(unchecked.id, Plan.Kind.TURN_ON, ACTOR))
                .hasMessageContaining("Check");
    }

    // --- troubles
    // ------------------------------------------------------------------------------------------------------

    @Test
    void whatPassesIsTriedAgainAndWhatDoesNotIsSaid() {
        FakeStore shop = store("shop-13");
        for (int i = 0; i < 7; i++) {
            shop.lists("m-" + i, i);
        }
        shop.fault("orders", effect -> {
            throw new TransientException("502 Bad Gateway");
        });
        shop.fault("listings", effect -> {
            throw new RateLimitedException("slow down", Duration.ofMinutes(3));
        });
        assertThat(ready(shop).totals().listings()).isEqualTo(7);

        shop.fault("listings", effect -> {
            throw new ConfigurationException("The token was revoked.");
        });
        long failing = plans.begin(shop.id, Plan.Kind.TURN_ON, ACTOR);
        await(() -> plan(failing).state() == Plan.State.FAILED, "it fails");
        assertThat(plan(failing).explanation()).isEqualTo("The token was revoked.");
        assertThatThrownBy(() -> plans.apply(failing, ACTOR)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> plans.choose(failing, PlanChoices.NONE, ACTOR)).hasMessageContaining("make a new one");
    }

    @Test
    void aPlanThatIsDiscardedWhileItIsMadeIsMadeNoFurther() {
        FakeStore shop = store("shop-14");
        for (int i = 0; i < 20; i++) {
            shop.lists("n-" + i, i);
        }
        long id = plans.begin(shop.id, Plan.Kind.TURN_ON, ACTOR);
        await(() -> plan(id).progress().listings() > 0, "it is under way");
        assertThat(rows(plan(id))).as("nothing is shown of half a plan").isEmpty();
        plans.discard(id, ACTOR);
        plans.discard(id, ACTOR);
        int calls = shop.calls.size();
        time.pass(Duration.ofMinutes(5));
        assertThat(shop.calls.size()).isLessThanOrEqualTo(calls + 1);
        assertThat(plan(id).state()).isEqualTo(Plan.State.DISCARDED);
        assertThat(plans.plans(shop.id, ALL).items()).extracting(Plan::id).containsExactly(id);
    }

    // --- looking
    // -------------------------------------------------------------------------------------------------------

    @Test
    void rowsAreFilteredAndExported() throws IOException {
        opened("live-15", "o-live", 10);
        FakeStore shop = store("shop-15");
        shop.lists("o-live", 1).lists("=O-FORMULA", 2).lists("o-\"quoted\", x", 3);
        Plan plan = ready(shop);
        assertThat(plans.rows(plan.id(), new PlanQuery("", Set.of(), Set.of(), true, ALL))
                        .items())
                .extracting(PlanRow::sku)
                .containsExactly("o-live");
        assertThat(plans.rows(plan.id(), new PlanQuery("QUOTED", Set.of(Finding.NEW_PRODUCT), Set.of(), false, ALL))
                        .total())
                .isEqualTo(1);
        assertThat(plans.rows(plan.id(), new PlanQuery("%", Set.of(), Set.of(), false, ALL))
                        .total())
                .as("a per cent sign is one")
                .isZero();
        Page<PlanRow> second = plans.rows(plan.id(), PlanQuery.all(new PageRequest(1, 1)));
        assertThat(second.total()).isEqualTo(3);
        assertThat(second.items()).hasSize(1);

        StringBuilder csv = new StringBuilder();
        plans.export(plan.id(), new PlanQuery("", Set.of(), Set.of(Change.UNCHANGED), false, ALL), csv);
        assertThat(csv.toString())
                .startsWith("sku,title,listing,")
                .contains("'=O-FORMULA,")
                .contains("\"o-\"\"quoted\"\", x\",")
                .doesNotContain("o-live");
        assertThat(csv.toString().split("\r\n")).hasSize(3);
    }

    // --- undoing
    // -------------------------------------------------------------------------------------------------------

    @Test
    void undoingTakesBackWhatWasPostedAndKeepsWhatWasSoldSince() {
        opened("live-16", "p-live", 50);
        FakeStore shop = store("shop-16");
        shop.lists("p-live", 7).lists("p-new", 20).lists("p-counted", 30);
        Plan plan = ready(shop);
        applied(plan.id());
        assertThat(shop.shows("p-live")).isEqualTo(50);
        time.pass(Duration.ofMinutes(5));
        shop.buy("p-live", 2);
        shop.buy("p-new", 3);
        refreshed(shop);
        count("p-counted", 28);
        refreshed(shop);

        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        assertThat(undo.undoes()).isEqualTo(plan.id());
        assertThat(rows(undo))
                .extracting(
                        PlanRow::sku, PlanRow::before, PlanRow::sold, PlanRow::there, PlanRow::gets, PlanRow::inStock)
                .containsExactly(
                        tuple("p-counted", 30L, 0L, 28L, 30L, null),
                        tuple("p-live", 7L, 2L, 48L, 5L, null),
                        tuple("p-new", 20L, 3L, 17L, 17L, 20L));
        assertThat(row(undo, "p-counted").findings()).contains(Finding.STAYS_OPEN);
        assertThat(row(undo, "p-counted").words()).contains("counted or set since");
        undo = plans.choose(undo.id(), PlanChoices.sku("p-counted", PlanChoices.Sku.HOLD), ACTOR);
        assertThat(row(undo, "p-counted").gets()).isNull();

        shop.buy("p-live", 1);
        applied(undo.id());
        assertThat(shop.shows("p-live"))
                .as("what was sold since it was confirmed is kept, too")
                .isEqualTo(4);
        assertThat(shop.shows("p-new")).isEqualTo(17);
        assertThat(shop.shows("p-counted")).as("left as it is").isEqualTo(28);
        assertThat(product("p-new").opened()).isFalse();
        assertThat(stock("p-new").inStock()).isZero();
        assertThat(stock("p-counted").inStock()).isEqualTo(28);
        assertThat(stock("p-live").inStock())
                .as("the ledger of the others is untouched")
                .isEqualTo(50);
        assertThat(movements("p-new").get(0).reverses()).isNotNull();
        assertThat(ledger.stores().find(shop.id).orElseThrow().syncOn()).isFalse();
        assertThat(plan(plan.id()).undoneBy()).isEqualTo(undo.id());
        assertThat(ledger.journal().audit()).isEmpty();
        assertThatThrownBy(() -> plans.undo(plan.id(), ACTOR)).hasMessageContaining("undone before");
        time.pass(Duration.ofMinutes(30));
        assertThat(shop.shows("p-live")).isEqualTo(4);
    }

    @Test
    void anUndoGoesOnWhereAPushFailed() {
        opened("live-17", "q-live", 50);
        FakeStore shop = store("shop-17");
        shop.lists("q-live", 7);
        Plan plan = ready(shop);
        applied(plan.id());
        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        shop.fault("push", effect -> {
            effect.run();
            throw new Host.Hangs();
        });
        applied(undo.id());
        assertThat(shop.shows("q-live")).isEqualTo(7);
        assertThat(ledger.stores().find(shop.id).orElseThrow().syncOn()).isFalse();
    }

    @Test
    void aStoreThatIsOffIsTurnedOnBeforeItIsUndone() {
        opened("live-18", "r-live", 50);
        FakeStore shop = store("shop-18");
        shop.lists("r-live", 7);
        Plan plan = ready(shop);
        applied(plan.id());
        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        off(shop);
        assertThatThrownBy(() -> plans.apply(undo.id(), ACTOR)).hasMessageContaining("turn it on first");
        assertThatThrownBy(() -> plans.undo(plan.id(), ACTOR)).hasMessageContaining("turn it on first");
        assertThat(plan(undo.id()).state()).isEqualTo(Plan.State.READY);

        ended(engine.sync().turnOn(shop.id, TurnOn.DEFAULT, ACTOR));
        applied(ready(plans.undo(plan.id(), ACTOR)).id());
        assertThat(shop.shows("r-live")).isEqualTo(7);
        assertThat(ledger.stores().find(shop.id).orElseThrow().syncOn()).isFalse();
    }

    @Test
    void aHeldStoreIsNotUndone() {
        opened("live-22", "v-live", 50);
        FakeStore shop = store("shop-22");
        shop.lists("v-live", 7);
        Plan plan = ready(shop);
        applied(plan.id());
        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        engine.sync().hold(Set.of(shop.id), "Looking.", ACTOR);
        assertThatThrownBy(() -> plans.apply(undo.id(), ACTOR)).hasMessageContaining("release it first");
        assertThatThrownBy(() -> plans.undo(plan.id(), ACTOR)).hasMessageContaining("release it first");
        assertThat(shop.shows("v-live")).isEqualTo(50);
        assertThat(plan(plan.id()).undoneBy()).isNull();
    }

    @Test
    void aMissedOrderThatIsCountedAlreadyStaysSoWhenTurningOnIsUndoneMidway() {
        FakeStore shop = opened("shop-23", "w-apple", 50);
        off(shop);
        time.pass(Duration.ofMinutes(5));
        String counted = shop.buy("w-apple", 2);
        time.pass(Duration.ofMinutes(5));
        Plan plan = ready(shop);
        plans.choose(plan.id(), PlanChoices.order(counted, MissedOrder.SKIP), ACTOR);
        failing(shop, "orders");
        ended(plans.apply(plan.id(), ACTOR));
        assertThat(ledger.orders().order(new OrderKey(shop.id, counted))).isEmpty();

        applied(ready(plans.undo(plan.id(), ACTOR)).id());
        assertThat(order(shop, counted).state()).isEqualTo(OrderView.State.RECORDED);
        assertThat(stock("w-apple").booked()).isZero();
    }

    @Test
    void anUndoIsForgottenOnlyAfterTheStoreIsOff() {
        FakeStore shop = store("shop-27");
        shop.lists("aa-apple", 7);
        Plan plan = ready(shop);
        applied(plan.id());
        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        AtomicReference<String> step = new AtomicReference<>();
        listener.set(change -> {
            if (!ledger.stores().find(shop.id).orElseThrow().syncOn()) {
                step.compareAndSet(null, String.valueOf(records.state(shop.id).planStep));
            }
            engine.changed(change);
        });
        try {
            applied(undo.id());
        } finally {
            listener.set(engine);
        }
        assertThat(step.get()).contains("UNDO");
        assertThat(records.state(shop.id).planStep).isNull();
        assertThat(records.state(shop.id).plan).isNull();
        assertThat(product("aa-apple").opened()).isFalse();
    }

    @Test
    void anUndoWhosePushFailedPullsOrdersBeforeTheNext() {
        opened("live-28", "ab-live", 50);
        FakeStore shop = store("shop-28");
        shop.lists("ab-live", 7);
        Plan plan = ready(shop);
        applied(plan.id());
        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        shop.calls.clear();
        shop.fault("push", effect -> {
            throw new TransientException("502 Bad Gateway");
        });
        applied(undo.id());
        assertThat(shop.shows("ab-live")).isEqualTo(7);
        assertThat(shop.calls.indexOf("push")).isNotNegative();
        assertThat(shop.calls.subList(shop.calls.indexOf("push"), shop.calls.lastIndexOf("push")))
                .contains("orders");
    }

    @Test
    void aStoreIsNotTurnedOnWhileItIsUndone() {
        opened("live-24", "x-live", 50);
        FakeStore shop = store("shop-24");
        shop.lists("x-live", 7);
        Plan plan = ready(shop);
        applied(plan.id());
        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        failing(shop, "orders");
        ended(plans.apply(undo.id(), ACTOR));
        assertThatThrownBy(() -> engine.sync().turnOn(shop.id, TurnOn.DEFAULT, ACTOR))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is being undone");
        refreshedHeld(shop);
        assertThat(shop.shows("x-live")).isEqualTo(7);
    }

    @Test
    void figuresOfOneProductThatDifferKeepNoUndoFromBeingApplied() {
        opened("live-20", "t-live", 50);
        FakeStore shop = store("shop-20");
        shop.lists("t-live", 7).lists("T-LIVE", 9);
        Plan plan = ready(shop);
        assertThat(plan.totals().conflicts()).as("the ledger wins").isZero();
        applied(plan.id());
        shop.edit("T-LIVE", 40);
        Plan undo = ready(plans.undo(plan.id(), ACTOR));
        assertThat(undo.unresolved()).isEmpty();
        assertThat(row(undo, "T-LIVE").there()).isEqualTo(40);
        applied(undo.id());
        assertThat(shop.shows("t-live")).isEqualTo(7);
        assertThat(shop.shows("T-LIVE"))
                .as("lower is never a sale listed again")
                .isEqualTo(9);
    }

    @Test
    void aPlanWhoseRunBeganBeforeItWasWrittenDownIsKnownAsApplied() {
        FakeStore shop = store("shop-21");
        shop.lists("u-apple", 7);
        Plan plan = ready(shop);
        applied(plan.id());
        records.plans().change(plan.id(), kept -> {
            kept.state = "READY";
            kept.run = null;
        });
        assertThat(plan(plan.id()).state()).isEqualTo(Plan.State.APPLIED);
        assertThat(plan(plan.id()).run()).isNotNull();
    }

    // --- releasing
    // -----------------------------------------------------------------------------------------------------

    @Test
    void aHeldStoreIsShownAndReleasedByAPlan() {
        FakeStore shop = opened("shop-19", "s-apple", 50);
        engine.sync().hold(Set.of(shop.id), "The database was restored.", ACTOR);
        count("s-apple", 60);
        time.pass(Duration.ofMinutes(30));
        assertThat(shop.shows("s-apple")).as("nothing is pushed").isEqualTo(50);
        String order = shop.buy("s-apple", 2);
        refreshedHeld(shop);
        shop.edit("s-apple", 44);

        Plan plan = ready(plans.begin(shop.id, Plan.Kind.RELEASE, ACTOR));
        PlanRow row = row(plan, "s-apple");
        assertThat(row.there()).isEqualTo(44);
        assertThat(row.believed()).isEqualTo(48);
        assertThat(row.gets()).isEqualTo(58);
        assertThat(orders(plan))
                .extracting(PlanOrder::id, PlanOrder::units, PlanOrder::choice)
                .containsExactly(tuple(order, 2L, null));
        assertThat(row.choice()).isNull();
        assertThatThrownBy(() -> plans.choose(plan.id(), PlanChoices.sku("s-apple", PlanChoices.Sku.HOLD), ACTOR))
                .hasMessageContaining("nothing to choose");
        applied(plan.id());
        assertThat(shop.shows("s-apple")).isEqualTo(58);
        assertThat(stock("s-apple").booked()).isEqualTo(2);
        assertThat(engine.sync().store(shop.id).orElseThrow().heldReason()).isEmpty();
    }

    @Test
    void aHoldThatComesAfterAReleaseStays() {
        FakeStore shop = opened("shop-25", "y-apple", 50);
        engine.sync().hold(Set.of(shop.id), "First.", ACTOR);
        Plan plan = ready(plans.begin(shop.id, Plan.Kind.RELEASE, ACTOR));
        failing(shop, "listings");
        ended(plans.apply(plan.id(), ACTOR));
        engine.sync().hold(Set.of(shop.id), "Second.", ACTOR);
        refreshedHeld(shop);
        assertThat(engine.sync().store(shop.id).orElseThrow().heldReason()).isNotEmpty();
    }

    @Test
    void aReleaseDoesNotWaitForAStoreThatIsTurnedOff() {
        FakeStore shop = opened("shop-26", "z-apple", 50);
        engine.sync().hold(Set.of(shop.id), "Looking.", ACTOR);
        Plan plan = ready(plans.begin(shop.id, Plan.Kind.RELEASE, ACTOR));
        off(shop);
        assertThatThrownBy(() -> plans.apply(plan.id(), ACTOR)).hasMessageContaining("turn it on first");
        ended(engine.sync().turnOn(shop.id, TurnOn.DEFAULT, ACTOR));
        assertThat(engine.sync().store(shop.id).orElseThrow().heldReason()).isNotEmpty();

        Plan failing = ready(plans.begin(shop.id, Plan.Kind.RELEASE, ACTOR));
        failing(shop, "listings");
        ended(plans.apply(failing.id(), ACTOR));
        off(shop);
        ended(engine.sync().turnOn(shop.id, TurnOn.DEFAULT, ACTOR));
        assertThat(engine.sync().store(shop.id).orElseThrow().heldReason()).isNotEmpty();
    }

    // --- helpers
    // -------------------------------------------------------------------------------------------------------

    /** The next such call stops the lane until somebody acts. */
    private static void failing(FakeStore shop, String operation) {
        shop.fault(operation, effect -> {
            throw new ConfigurationException("The token was revoked.");
        });
    }

    /** A store whose check has passed. */
    private FakeStore store(String id) {
        return store(new FakeStore(id, time, FakeStore.modern()));
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
        FakeStore shop = store(new FakeStore(id, time, FakeStore.modern()).lists(sku, figure));
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

    private Plan plan(long id) {
        return plans.plan(id).orElseThrow();
    }

    private List<PlanRow> rows(Plan plan) {
        return plans.rows(plan.id(), PlanQuery.all(ALL)).items();
    }

    private PlanRow row(Plan plan, String sku) {
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

    private void refreshed(FakeStore shop) {
        ended(engine.sync().refresh(shop.id, RefreshKind.NORMAL, ACTOR));
        await(() -> engine.sync().store(shop.id).orElseThrow().state() == StoreStatus.State.IDLE, "idle");
    }

    private void refreshedHeld(FakeStore shop) {
        ended(engine.sync().refresh(shop.id, RefreshKind.NORMAL, ACTOR));
    }

    private void off(FakeStore shop) {
        engine.sync().turnOff(shop.id, ACTOR);
        await(() -> engine.sync().store(shop.id).orElseThrow().currentRun() == null, "off");
    }

    private List<PlanOrder> orders(Plan plan) {
        return plans.orders(plan.id(), null, ALL).items();
    }

    private OrderView order(FakeStore shop, String id) {
        return ledger.orders().order(new OrderKey(shop.id, id)).orElseThrow();
    }

    private List<Movement> movements(String sku) {
        return ledger.journal()
                .movements(Journal.Query.of(product(sku).id()), ALL)
                .items();
    }

    private Product product(String sku) {
        return ledger.catalogue().productBySku(new Sku(sku)).orElseThrow();
    }

    private Stock stock(String sku) {
        return ledger.inventory().stock(product(sku).id());
    }

    private void count(String sku, long inStock) {
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
        if (!time.until(condition, Duration.ofHours(1))) {
            throw new AssertionError("Did not happen within an hour: " + what);
        }
    }

    private final class VirtualClock extends Clock {
        @Override
        public Instant instant() {
            return time.instant();
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
