package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderSnapshot.Move;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.OrderView.State;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;

/** Orders placed before synchronizing was first turned on. */
class TurningOnTest {
    private static final StoreId TAKES = new StoreId("takes-open-orders");
    private static final Instant BEFORE = TestLedger.TURNED_ON.minus(Duration.ofDays(3));
    private static final Instant SINCE = TestLedger.TURNED_ON.plus(Duration.ofHours(1));
    private static final Instant AFTER = TestLedger.TURNED_ON.plus(Duration.ofDays(1));

    private static AnOrder old(int version, LineCounts counts, Move... moves) {
        return AnOrder.of("1").placed(BEFORE).version(version).line("a", "P", counts, moves);
    }

    private static Move move(Move.Kind kind, long quantity, Instant at) {
        return new Move(kind, quantity, null, at);
    }

    @LedgerTest
    void theMomentOfFirstTurningOnIsFixedForTheStoresLife(TestLedger ledger) {
        ledger.stores().turnOff(TestLedger.SHOP, TestLedger.ACTOR);
        Store on = ledger.stores().turnOn(TestLedger.SHOP, AFTER, true, TestLedger.ACTOR);
        assertThat(on.firstTurnedOnAt()).isEqualTo(TestLedger.TURNED_ON);
        assertThat(on.syncOn()).isTrue();
    }

    @LedgerTest
    void anOrderPlacedBeforeTurningOnIsRecordedAndNotBooked(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(old(0, ordered(4)).snapshot());
        ledger.apply(old(1, new LineCounts(4, 0, 0, 4, 0), move(Move.Kind.FULFILLED, 4, AFTER))
                .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 0L, 50L));
        OrderView order = ledger.order("1");
        assertThat(order.beforeTurnOn()).isTrue();
        assertThat(order.state()).isEqualTo(State.RECORDED);
        assertThat(ledger.orders().openOrders(TestLedger.SHOP, 10)).isEmpty();
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anOrderPlacedAtTheMomentOfTurningOnIsBooked(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(AnOrder.of("1")
                .placed(TestLedger.TURNED_ON)
                .line("a", "P", ordered(4))
                .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));
    }

    @LedgerTest
    void aRecordedOrdersLaterCancellationOrReturnIsAMovementOfItsOwn(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(old(0, new LineCounts(5, 0, 0, 2, 0)).snapshot());
        LineCounts later = new LineCounts(5, 1, 0, 2, 2);
        ledger.apply(old(
                        1,
                        later,
                        move(Move.Kind.CANCELLED, 1, AFTER),
                        move(Move.Kind.RETURNED, 1, AFTER),
                        move(Move.Kind.RETURNED, 1, BEFORE))
                .snapshot());
        // One cancelled and one returned after turning on; the other return is in the stock that was there.
        assertThat(ledger.figures(product)).isEqualTo(List.of(52L, 0L, 52L));
        assertThat(ledger.order("1").lines().get(0).undecided()).isZero();
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void theSameEndsInTheSameWhenOnlyTheLastStateWasSeen(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(old(
                        1,
                        new LineCounts(5, 1, 0, 2, 2),
                        move(Move.Kind.CANCELLED, 1, AFTER),
                        move(Move.Kind.RETURNED, 1, AFTER),
                        move(Move.Kind.RETURNED, 1, BEFORE))
                .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(52L, 0L, 52L));
    }

    /** The order was seen before its product was known; then its units left, then somebody counted. */
    @LedgerTest
    void aReturnOfARecordedOrderIsPostedThoughItsProductCameLateAndWasCountedSinceItWasSent(TestLedger ledger) {
        ledger.apply(old(0, ordered(3)).snapshot());
        ProductId product = ledger.product("P", 50);
        ledger.setTime(SINCE.plusSeconds(60));
        ledger.set(product, 47);
        ledger.apply(old(
                        1,
                        new LineCounts(3, 0, 0, 3, 3),
                        move(Move.Kind.FULFILLED, 3, SINCE),
                        move(Move.Kind.RETURNED, 3, AFTER))
                .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 0L, 50L));
        assertThat(ledger.order("1").lines().get(0).undecided()).isZero();
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void undatedOnesAreShownForADecision(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(old(0, new LineCounts(5, 2, 0, 3, 1), move(Move.Kind.CANCELLED, 1, AFTER))
                .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(51L, 0L, 51L));
        assertThat(ledger.order("1").lines().get(0).undecided()).isEqualTo(2);
    }

    @LedgerTest
    void aRecordedOrderThatVanishesIsShownForADecision(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(old(0, new LineCounts(5, 0, 0, 3, 0)).snapshot());
        ledger.reread(old(1, ordered(1)).withoutLines().gone().snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 0L, 50L));
        assertThat(ledger.order("1").lines().get(0).undecided()).isEqualTo(2);
        assertThat(ledger.order("1").state()).isEqualTo(State.DELETED);
    }

    @LedgerTest
    void turningOnCanTakeTheOpenOrdersIn(TestLedger ledger) {
        ledger.turnOn(TAKES, true);
        ProductId product = ledger.product("P", 50);
        // Of 5, 2 were sent and 1 was cancelled before: the opening stock has that in, and 2 are open.
        ledger.apply(TAKES, old(0, new LineCounts(5, 1, 0, 2, 0)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 2L, 48L));

        ledger.apply(TAKES, old(1, new LineCounts(5, 1, 0, 3, 1)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 1L, 49L));
        ledger.apply(TAKES, old(2, new LineCounts(5, 2, 0, 3, 1)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 0L, 50L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void whatHappenedToATakenInOrderAfterTurningOnIsPostedThoughItWasSeenLate(TestLedger ledger) {
        ledger.turnOn(TAKES, true);
        ProductId product = ledger.product("P", 50);
        ledger.apply(
                TAKES,
                old(
                                0,
                                new LineCounts(5, 0, 0, 5, 0),
                                move(Move.Kind.FULFILLED, 2, BEFORE),
                                move(Move.Kind.FULFILLED, 3, AFTER))
                        .snapshot());
        // Three were open at the moment of turning on, and are sent now.
        assertThat(ledger.figures(product)).isEqualTo(List.of(47L, 0L, 47L));
    }

    @LedgerTest
    void anOrderThatWasDoneBeforeTurningOnIsRecordedThoughOpenOnesAreTakenIn(TestLedger ledger) {
        ledger.turnOn(TAKES, true);
        ProductId product = ledger.product("P", 50);
        ledger.apply(TAKES, old(0, new LineCounts(5, 0, 0, 5, 0)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 0L, 50L));
        ledger.apply(
                TAKES,
                old(1, new LineCounts(5, 0, 0, 5, 1), move(Move.Kind.RETURNED, 1, AFTER))
                        .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(51L, 0L, 51L));
        assertThat(ledger.journal()
                        .movements(
                                org.evenkeel.ledger.Journal.Query.of(product),
                                new org.evenkeel.ledger.PageRequest(0, 1))
                        .items()
                        .get(0)
                        .reason())
                .isEqualTo(Movement.Reason.ORDER_RETURNED);
    }

    // --- orders that In Stock counts already
    // ---------------------------------------------------------------------------

    @LedgerTest
    void anOrderThatInStockCountsAlreadyIsRecordedAndNotBooked(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        Instant back = AFTER.plus(Duration.ofDays(1));
        AnOrder missed = AnOrder.of("1").placed(AFTER).line("a", "P", ordered(5));
        AnOrder other = AnOrder.of("2").placed(AFTER).line("a", "P", ordered(3));
        OrderPage.Counted counted = new OrderPage.Counted(Set.of("1"), back);
        ledger.orders()
                .apply(new OrderPage(
                        TestLedger.SHOP, List.of(missed.snapshot(), other.snapshot()), null, false, counted));
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 3L, 47L));
        assertThat(ledger.order("1").state()).isEqualTo(State.RECORDED);

        // Its later life: sent since, of which one came back; one cancelled before it was counted, one after.
        LineCounts later = new LineCounts(5, 2, 0, 3, 1);
        Move[] moves = {
            move(Move.Kind.CANCELLED, 1, back.minusSeconds(1)),
            move(Move.Kind.CANCELLED, 1, back.plusSeconds(1)),
            move(Move.Kind.FULFILLED, 3, back.plusSeconds(1)),
            move(Move.Kind.RETURNED, 1, back.plusSeconds(2))
        };
        ledger.apply(AnOrder.of("1")
                .placed(AFTER)
                .version(1)
                .line("a", "P", later, moves)
                .snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(52L, 3L, 49L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anOrderThatIsBookedStaysBookedThoughItIsSaidToBeCounted(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        AnOrder known = AnOrder.of("1").placed(AFTER).line("a", "P", ordered(5));
        ledger.apply(known.snapshot());
        ledger.orders()
                .apply(new OrderPage(
                        TestLedger.SHOP,
                        List.of(AnOrder.of("1")
                                .placed(AFTER)
                                .version(1)
                                .line("a", "P", ordered(6))
                                .snapshot()),
                        null,
                        false,
                        new OrderPage.Counted(Set.of("1"), AFTER.plusSeconds(1))));
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 6L, 44L));
    }
}
