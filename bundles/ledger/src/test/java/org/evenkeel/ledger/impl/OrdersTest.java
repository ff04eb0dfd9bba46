package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LedgerListener.Change.Kind;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.Movement.Reason;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderSnapshot.Line;
import org.evenkeel.ledger.OrderToPark;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.OrderView.State;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ParkedOrder;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;

/** Orders as snapshots. */
class OrdersTest {
    private static final PageRequest FIRST = new PageRequest(0, 50);

    private static LineCounts counts(long ordered, long cancelled, long lost, long fulfilled, long returned) {
        return new LineCounts(ordered, cancelled, lost, fulfilled, returned);
    }

    private static AnOrder one(int version, LineCounts counts) {
        return AnOrder.of("1").version(version).line("a", "P", counts);
    }

    // --- what counts do ----------------------------------------------------------------------------------------------

    @LedgerTest
    void cancelledUnitsGoBackOnSale(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4)).snapshot());
        ledger.apply(one(1, counts(4, 3, 0, 0, 0)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 1L, 49L));
        ledger.apply(one(2, counts(4, 4, 0, 0, 0)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 0L, 50L));
        assertThat(ledger.order("1").state()).isEqualTo(State.CANCELLED);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void lostUnitsAreOffTheShelf(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4)).snapshot());
        ledger.apply(one(1, counts(4, 0, 1, 0, 0)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(49L, 3L, 46L));
        assertThat(reasons(ledger, product)).startsWith(Reason.ORDER_LOST);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void returnedUnitsAreBackOnTheShelf(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, counts(4, 0, 0, 4, 0)).snapshot());
        ledger.apply(one(1, counts(4, 0, 0, 4, 2)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(48L, 0L, 48L));
        assertThat(ledger.order("1").state()).isEqualTo(State.FULFILLED);
        assertThat(reasons(ledger, product)).startsWith(Reason.ORDER_RETURNED, Reason.ORDER_FULFILLED);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aRefundWithoutRestockOfAFulfilledUnitChangesNothing(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, counts(4, 0, 0, 4, 0)).snapshot());
        // The store's version rises, the counts do not.
        ApplyResult result = ledger.apply(one(1, counts(4, 0, 0, 4, 0)).snapshot());
        assertThat(result.changed()).isZero();
        assertThat(ledger.figures(product)).isEqualTo(List.of(46L, 0L, 46L));
        assertThat(ledger.order("1").counter()).isEqualTo(1);
    }

    @LedgerTest
    void aFulfilmentThatIsTakenBackIsBookedAgain(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, counts(4, 0, 0, 4, 0)).snapshot());
        ledger.apply(one(1, counts(4, 0, 0, 1, 0)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(49L, 3L, 46L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void contradictingCountsAreFlaggedAndTheSmallerReadingIsApplied(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, counts(4, 3, 0, 4, 9)).snapshot());
        // Four were sent, so none can have been cancelled, and no more than four came back.
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 0L, 50L));
        assertThat(ledger.order("1").lines().get(0).flagged()).isTrue();
        assertThat(ledger.order("1").lines().get(0).counts()).isEqualTo(counts(4, 3, 0, 4, 9));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void sellingOneAndRestockingOneAreTwoEvents(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, counts(4, 0, 0, 1, 0)).snapshot());
        ledger.apply(one(1, counts(4, 0, 0, 2, 1)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(49L, 2L, 47L));
        assertThat(movements(ledger, product))
                .extracting(movement -> movement.reference().counter())
                .containsExactly(2L, 2L, 1L, 1L, 0L);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aLineThatVanishedFromANewerSnapshotIsCancelled(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ProductId other = ledger.product("Q", 50);
        ledger.apply(one(0, ordered(4)).line("b", "Q", counts(3, 0, 0, 1, 0)).snapshot());
        ledger.apply(one(1, ordered(4)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
        // What was sent was sent.
        assertThat(ledger.figures(other)).isEqualTo(List.of(49L, 0L, 49L));
        ledger.apply(one(2, ordered(4)).line("b", "Q", counts(3, 0, 0, 1, 0)).snapshot());
        assertThat(ledger.figures(other)).isEqualTo(List.of(49L, 2L, 47L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anOrderThatIsGoneIsCancelledAndLabelledDeleted(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, counts(4, 0, 0, 1, 0)).snapshot());
        ledger.reread(one(0, ordered(4)).withoutLines().gone().snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(49L, 0L, 49L));
        assertThat(ledger.order("1").state()).isEqualTo(State.DELETED);
        assertThat(ledger.reread(one(0, ordered(4)).withoutLines().gone().snapshot())
                        .changed())
                .isZero();
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aPendingOrderIsBookedAndMarked(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4)).unpaid().snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
        assertThat(ledger.order("1").pending()).isTrue();
        ledger.apply(one(1, ordered(4)).snapshot());
        assertThat(ledger.order("1").pending()).isFalse();
    }

    @LedgerTest
    void whatNobodyCanCoverIsBookedAndFlaggedAsOversold(TestLedger ledger) {
        ProductId product = ledger.product("P", 3);
        ledger.apply(one(0, ordered(4)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(3L, 4L, -1L));
        assertThat(ledger.order("1").lines().get(0).oversold()).isTrue();
        ledger.apply(one(1, counts(4, 4, 0, 0, 0)).snapshot());
        assertThat(ledger.order("1").lines().get(0).oversold()).isFalse();
    }

    @LedgerTest
    void twoLinesOfOneProductAreSummed(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4)).line("b", "p", ordered(3)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 7L, 43L));
        ledger.assertBooksAreRight();
    }

    // --- versions ----------------------------------------------------------------------------------------------------

    @LedgerTest
    void anOlderSnapshotIsIgnored(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(2, counts(4, 0, 0, 4, 0)).snapshot());
        ApplyResult result = ledger.apply(one(1, ordered(4)).snapshot());
        assertThat(result).isEqualTo(new ApplyResult(1, 0, 0, List.of(), java.util.Set.of()));
        assertThat(ledger.figures(product)).isEqualTo(List.of(46L, 0L, 46L));
    }

    @LedgerTest
    void anEqualAndIdenticalSnapshotChangesNothing(TestLedger ledger) {
        ledger.product("P", 50);
        ledger.apply(one(1, ordered(4)).snapshot());
        OrderView before = ledger.order("1");
        ApplyResult result = ledger.apply(one(1, ordered(4)).snapshot());
        assertThat(result.changed()).isZero();
        assertThat(result.reread()).isEmpty();
        assertThat(ledger.order("1")).isEqualTo(before);
    }

    @LedgerTest
    void anEqualButDifferentSnapshotIsReadAgainByIdAndThatIsApplied(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(1, ordered(4)).snapshot());
        ApplyResult result = ledger.apply(one(1, ordered(5)).snapshot());
        assertThat(result.reread()).containsExactly("1");
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));

        assertThat(ledger.reread(one(1, ordered(5)).snapshot()).changed()).isEqualTo(1);
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 5L, 45L));
    }

    @LedgerTest
    void aRevisionWinsOverATime(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(5, ordered(4)).revision(7).snapshot());
        ledger.apply(one(1, ordered(6)).revision(8).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 6L, 44L));
        ledger.apply(one(9, ordered(1)).revision(6).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 6L, 44L));
    }

    @LedgerTest
    void ofSeveralSnapshotsInAPageTheNewestCounts(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ApplyResult result = ledger.apply(
                one(1, ordered(4)).snapshot(),
                one(3, counts(4, 0, 0, 4, 0)).snapshot(),
                one(2, counts(4, 0, 0, 2, 0)).snapshot());
        assertThat(result.seen()).isEqualTo(3);
        assertThat(result.changed()).isEqualTo(1);
        assertThat(ledger.figures(product)).isEqualTo(List.of(46L, 0L, 46L));
        assertThat(ledger.apply(
                                one(4, ordered(4)).snapshot(),
                                one(4, ordered(5)).snapshot())
                        .reread())
                .containsExactly("1");
        assertThat(ledger.figures(product)).isEqualTo(List.of(46L, 0L, 46L));
    }

    // --- what a line is ----------------------------------------------------------------------------------------------

    @LedgerTest
    void theProductOfALineIsDecidedOnceAndKept(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ProductId other = ledger.product("Q", 50);
        ledger.apply(one(0, ordered(4)).snapshot());
        ledger.apply(AnOrder.of("1").version(1).line("a", "Q", ordered(5)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 5L, 45L));
        assertThat(ledger.figures(other)).isEqualTo(List.of(50L, 0L, 50L));
    }

    @LedgerTest
    void aSkuIsComparedWithoutRegardToCaseAndWhiteSpace(TestLedger ledger) {
        ProductId product = ledger.product("Red  Apple", 50);
        ledger.apply(one(0, ordered(1)).line("b", " RED apple ", ordered(4)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
        assertThat(ledger.order("1").lines().get(1).sku()).isEqualTo(" RED apple ");
    }

    @LedgerTest
    void aLineWithoutSkuIsKeptAsNotTracked(TestLedger ledger) {
        ledger.apply(AnOrder.of("1")
                .line(new Line("a", null, null, null, "Gift wrap", ordered(1), null, List.of()))
                .line(new Line("b", null, null, "   ", "Postage", ordered(1), null, List.of()))
                .snapshot());
        OrderView order = ledger.order("1");
        assertThat(order.lines()).extracting(OrderView.Line::match).containsOnly(Match.NOT_TRACKED);
        assertThat(order.state()).isEqualTo(State.RECORDED);
        assertThat(ledger.orders().unmatched(FIRST).total()).isZero();
    }

    // --- pages, cursor and open orders -------------------------------------------------------------------------------

    @LedgerTest
    void theCursorStaysWhileAnOrderOfThePageIsToBeReadAgain(TestLedger ledger) {
        ledger.product("P", 50);
        ApplyResult result = ledger.orders()
                .apply(new OrderPage(
                        TestLedger.SHOP,
                        List.of(
                                one(0, ordered(4)).snapshot(),
                                one(0, ordered(5)).snapshot()),
                        "cursor-1",
                        false));
        assertThat(result.reread()).containsExactly("1");
        assertThat(ledger.stores().find(TestLedger.SHOP).orElseThrow().orderCursor())
                .as("a crash now must not lose the order")
                .isNull();
        ledger.reread(one(0, ordered(5)).snapshot());
        ledger.orders().apply(new OrderPage(TestLedger.SHOP, List.of(), "cursor-1", false));
        assertThat(ledger.stores().find(TestLedger.SHOP).orElseThrow().orderCursor())
                .isEqualTo("cursor-1");
    }

    @LedgerTest
    void theCursorIsStoredWithThePage(TestLedger ledger) {
        ledger.product("P", 50);
        ledger.orders()
                .apply(new OrderPage(TestLedger.SHOP, List.of(one(0, ordered(4)).snapshot()), "cursor-1", false));
        assertThat(ledger.stores().find(TestLedger.SHOP).orElseThrow().orderCursor())
                .isEqualTo("cursor-1");
        ledger.orders().apply(new OrderPage(TestLedger.SHOP, List.of(), null, false));
        assertThat(ledger.stores().find(TestLedger.SHOP).orElseThrow().orderCursor())
                .isEqualTo("cursor-1");
        ledger.stores().turnOff(TestLedger.SHOP, TestLedger.ACTOR);
        ledger.stores().remove(TestLedger.SHOP, TestLedger.ACTOR);
        assertThat(ledger.stores().find(TestLedger.SHOP).orElseThrow().orderCursor())
                .isEqualTo("cursor-1");
    }

    @LedgerTest
    void aPageOfManyOrdersIsAppliedAtOnceAndItsRepetitionChangesNothing(TestLedger ledger) {
        List<ProductId> products = IntStream.range(0, 20)
                .mapToObj(n -> ledger.product("P" + n, 1_000))
                .toList();
        OrderEntry[] page = IntStream.range(0, 250)
                .mapToObj(n -> AnOrder.of("order-" + n)
                        .line("a", "P" + n % 20, ordered(1))
                        .line("b", "P" + (n + 7) % 20, counts(2, 0, 0, 1, 0))
                        .snapshot())
                .toArray(OrderEntry[]::new);
        ApplyResult result = ledger.apply(page);
        assertThat(result.changed()).isEqualTo(250);
        assertThat(result.products()).hasSize(20);
        assertThat(ledger.apply(page).changed()).isZero();
        long booked = products.stream()
                .mapToLong(product -> ledger.figures(product).get(1))
                .sum();
        long inStock = products.stream()
                .mapToLong(product -> ledger.figures(product).get(0))
                .sum();
        assertThat(booked).isEqualTo(500);
        assertThat(inStock).isEqualTo(20_000 - 250);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aStoreThatWasNeverTurnedOnBooksNothing(TestLedger ledger) {
        StoreId draft = new StoreId("draft");
        ledger.stores().register(draft, "Draft", "test.connector", TestLedger.ACTOR);
        assertThatThrownBy(() -> ledger.apply(draft, one(0, ordered(1)).snapshot()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("never turned on");
        assertThatThrownBy(() ->
                        ledger.apply(new StoreId("nobody"), one(0, ordered(1)).snapshot()))
                .isInstanceOf(NotFoundException.class);
    }

    @LedgerTest
    void openOrdersAreListedLongestUnreadFirst(TestLedger ledger) {
        ledger.product("P", 50);
        for (String id : List.of("1", "2", "3")) {
            ledger.apply(AnOrder.of(id).line("a", "P", ordered(1)).snapshot());
        }
        ledger.apply(
                AnOrder.of("2").version(1).line("a", "P", counts(1, 0, 0, 1, 0)).snapshot());
        // Read again, though nothing changed.
        ledger.reread(AnOrder.of("1").line("a", "P", ordered(1)).snapshot());
        assertThat(ledger.orders().openOrders(TestLedger.SHOP, 10)).containsExactly("3", "1");
        assertThat(ledger.orders().openOrders(TestLedger.SHOP, 1)).containsExactly("3");
    }

    @LedgerTest
    void ordersAreFoundByStoreStateTextAndProduct(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.product("Q_1", 50);
        ledger.apply(
                one(0, ordered(4)).snapshot(),
                AnOrder.of("2")
                        .placed(TestLedger.TURNED_ON.plus(Duration.ofDays(1)))
                        .version(0)
                        .line("a", "Q_1", counts(1, 0, 0, 1, 0))
                        .snapshot());
        assertThat(found(ledger, OrderQuery.all(FIRST))).containsExactly("2", "1");
        assertThat(found(ledger, new OrderQuery(TestLedger.SHOP, State.OPEN, "", null, FIRST)))
                .containsExactly("1");
        assertThat(found(ledger, new OrderQuery(null, null, "q_1", null, FIRST)))
                .containsExactly("2");
        assertThat(found(ledger, new OrderQuery(null, null, "q%", null, FIRST))).isEmpty();
        assertThat(found(ledger, new OrderQuery(null, null, "#1", null, FIRST))).containsExactly("1");
        assertThat(found(ledger, new OrderQuery(null, null, "", product, FIRST)))
                .containsExactly("1");
        assertThat(found(ledger, new OrderQuery(new StoreId("other"), null, "", null, FIRST)))
                .isEmpty();
    }

    private static List<String> found(TestLedger ledger, OrderQuery query) {
        return ledger.orders().orders(query).items().stream()
                .map(order -> order.key().id())
                .toList();
    }

    // --- orders that cannot be applied -------------------------------------------------------------------------------

    @LedgerTest
    void aPoisonOrderIsParkedAndItsPageGoesOn(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ApplyResult result = ledger.orders()
                .apply(new OrderPage(
                        TestLedger.SHOP,
                        List.of(
                                AnOrder.of("twice")
                                        .line("a", "P", ordered(1))
                                        .line("a", "P", ordered(2))
                                        .snapshot(),
                                one(0, ordered(4)).snapshot(),
                                new OrderToPark("fraction", "Line 7 has a quantity of 0.5.", "{\"quantity\":0.5}"),
                                AnOrder.of("huge")
                                        .line("a", "P", ordered(Long.MAX_VALUE))
                                        .snapshot(),
                                AnOrder.of("nul")
                                        .line("a", "P\u0000", ordered(1))
                                        .snapshot(),
                                AnOrder.of("\u0000").line("a", "P", ordered(1)).snapshot()),
                        "behind",
                        false));
        assertThat(result.parked()).isEqualTo(5);
        assertThat(result.changed()).isEqualTo(1);
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
        assertThat(ledger.stores().find(TestLedger.SHOP).orElseThrow().orderCursor())
                .isEqualTo("behind");
        List<ParkedOrder> parked = ledger.orders().parked(FIRST).items();
        assertThat(parked)
                .extracting(order -> order.key().id())
                .contains("twice", "fraction", "huge", "nul")
                .hasSize(5);
        assertThat(parked).filteredOn(order -> order.key().id().equals("twice")).allSatisfy(order -> {
            assertThat(order.reason()).contains("same id: a");
            assertThat(order.content()).contains("SKU P").doesNotContain("Title of");
        });
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anOrderThatOverflowsALevelIsParkedAndTheNextOneIsBooked(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        long most = 1_000_000_000_000L;
        long room = org.evenkeel.ledger.impl.posting.Figures.LIMIT - 10;
        ledger.apply(one(0, ordered(10)).snapshot());
        ledger.sql("update stock_level set booked = " + room + " where booked = 10");
        ApplyResult result = ledger.apply(
                AnOrder.of("2").line("a", "P", ordered(most)).snapshot(),
                AnOrder.of("3").line("a", "P", ordered(5)).snapshot());
        assertThat(result.parked()).isEqualTo(1);
        assertThat(result.changed()).isEqualTo(1);
        assertThat(ledger.figures(product).get(1)).isEqualTo(room + 5);
        assertThat(ledger.orders().order(new OrderKey(TestLedger.SHOP, "2"))).isEmpty();
        assertThat(ledger.orders().parked(FIRST).items().get(0).reason()).contains("cannot count");
    }

    @LedgerTest
    void aParkedOrderIsAppliedWithItsNextSnapshot(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        OrderToPark poison = new OrderToPark("1", "A fraction.", "0.5");
        ledger.apply(poison);
        ledger.apply(poison);
        ParkedOrder parked = ledger.orders().parked(FIRST).items().get(0);
        assertThat(parked.tries()).isEqualTo(2);
        ledger.apply(one(1, ordered(4)).snapshot());
        assertThat(ledger.orders().parked(FIRST).total()).isZero();
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
    }

    @LedgerTest
    void aParkedOrderCanBeLetGo(TestLedger ledger) {
        ledger.apply(new OrderToPark("1", "A fraction.", "0.5"));
        OrderKey key = new OrderKey(TestLedger.SHOP, "1");
        ledger.orders().dismissParked(key, TestLedger.ACTOR);
        assertThat(ledger.orders().parked(FIRST).total()).isZero();
        assertThatThrownBy(() -> ledger.orders().dismissParked(key, TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class);
    }

    @LedgerTest
    void anOlderPoisonSnapshotOfAnAppliedOrderIsIgnored(TestLedger ledger) {
        ledger.product("P", 50);
        ledger.apply(one(2, ordered(4)).snapshot());
        assertThat(ledger.apply(one(1, ordered(4)).line("a", "P", ordered(4)).snapshot())
                        .parked())
                .isZero();
    }

    // --- mirrors -----------------------------------------------------------------------------------------------------

    @LedgerTest
    void theOriginBooksAndItsMirrorDoesNot(TestLedger ledger) {
        StoreId mirror = new StoreId("mirror");
        ledger.turnOn(mirror, false);
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4)).snapshot());
        ledger.apply(
                mirror,
                AnOrder.of("m1")
                        .mirrors(new OrderKey(TestLedger.SHOP, "1"))
                        .line("x", "P", ordered(4))
                        .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
        OrderView mirrored = ledger.orders().order(new OrderKey(mirror, "m1")).orElseThrow();
        assertThat(mirrored.linkedTo()).isEqualTo(new OrderKey(TestLedger.SHOP, "1"));
        assertThat(mirrored.state()).isEqualTo(State.RECORDED);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aMirrorThatComesFirstBooksAndTheOriginIsLinked(TestLedger ledger) {
        StoreId mirror = new StoreId("mirror");
        ledger.turnOn(mirror, false);
        ProductId product = ledger.product("P", 50);
        AnOrder mirrored =
                AnOrder.of("m1").mirrors(new OrderKey(TestLedger.SHOP, "1")).line("x", "P", ordered(4));
        ledger.apply(mirror, mirrored.snapshot());
        ledger.apply(one(0, ordered(4)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
        assertThat(ledger.order("1").linkedTo()).isEqualTo(new OrderKey(mirror, "m1"));
    }

    @LedgerTest
    void anOriginThatIsNotConnectedIsNoReasonNotToBook(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4))
                .mirrors(new OrderKey(new StoreId("elsewhere"), "9"))
                .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
    }

    // --- told --------------------------------------------------------------------------------------------------------

    @LedgerTest
    void listenersAreToldOncePerCommitWhatChanged(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.told();
        ledger.apply(one(0, ordered(4)).snapshot());
        assertThat(ledger.told()).singleElement().satisfies(change -> {
            assertThat(change.kinds()).contains(Kind.LEVELS, Kind.ORDERS);
            assertThat(change.products()).containsExactly(product);
            assertThat(change.many()).isFalse();
        });
        ledger.apply(one(0, ordered(4)).snapshot());
        assertThatThrownBy(() -> ledger.set(new ProductId(999_999), 1)).isInstanceOf(NotFoundException.class);
        assertThat(ledger.told()).isEmpty();
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    private static List<Movement> movements(TestLedger ledger, ProductId product) {
        return ledger.journal().movements(Journal.Query.of(product), FIRST).items();
    }

    private static Reason[] reasonsOf(List<Movement> movements) {
        return movements.stream().map(Movement::reason).toArray(Reason[]::new);
    }

    private static List<Reason> reasons(TestLedger ledger, ProductId product) {
        return Arrays.asList(reasonsOf(movements(ledger, product)));
    }
}
