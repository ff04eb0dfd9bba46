package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.util.List;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.Adjustment.Kind;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.MovementId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Posting;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Stock;
import org.evenkeel.ledger.impl.posting.Figures;

/** The four figures, what people do to them, and the journal. */
class LevelsTest {

    @LedgerTest
    void fiftyApplesOrderForFourThenFulfilled(TestLedger ledger) {
        ProductId apples = ledger.product("APPLE", 50);
        assertThat(ledger.figures(apples)).isEqualTo(List.of(50L, 0L, 50L));

        ledger.apply(AnOrder.of("1").line("a", "APPLE", ordered(4)).snapshot());
        assertThat(ledger.figures(apples)).isEqualTo(List.of(50L, 4L, 46L));

        ledger.apply(AnOrder.of("1")
                .version(1)
                .line("a", "APPLE", new LineCounts(4, 0, 0, 4, 0))
                .snapshot());
        assertThat(ledger.figures(apples)).isEqualTo(List.of(46L, 0L, 46L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aLevelThatNeverMovedIsZeroAtVersionZero(TestLedger ledger) {
        ProductId product = ledger.product("NEW");
        assertThat(ledger.inventory().level(product, ledger.main()).version()).isZero();
        assertThat(ledger.inventory().stock(product).levels()).isEmpty();
        assertThat(ledger.catalogue().product(product).orElseThrow().opened()).isFalse();
    }

    @LedgerTest
    void unknownProductsAndLocationsAreNotFound(TestLedger ledger) {
        ProductId product = ledger.product("P");
        assertThatThrownBy(() -> ledger.inventory().stock(new ProductId(999_999)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ledger.inventory().level(product, new LocationId(999_999)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("location 999999");
        assertThatThrownBy(() -> ledger.set(new ProductId(999_999), 1)).isInstanceOf(NotFoundException.class);
        assertThat(ledger.inventory().stocks(List.of(product, new ProductId(999_999))))
                .containsOnlyKeys(product);
    }

    @LedgerTest
    void setAddAndSubtractMoveInStockAndRaiseTheVersion(TestLedger ledger) {
        ProductId product = ledger.product("P");
        ledger.set(product, 10);
        ledger.add(product, 5);
        Posting posting = ledger.adjust(product, ledger.main(), Kind.SUBTRACT, 7);

        Movement movement = posting.movements().get(0);
        assertThat(movement.deltaInStock()).isEqualTo(-7);
        assertThat(movement.inStock()).isEqualTo(8);
        assertThat(movement.version()).isEqualTo(3);
        assertThat(movement.reason()).isEqualTo(Movement.Reason.ADJUSTMENT);
        assertThat(movement.note()).isEqualTo("test");
        assertThat(movement.actor()).isEqualTo(TestLedger.ACTOR);
        assertThat(ledger.inventory().level(product, ledger.main()).version()).isEqualTo(3);
        assertThat(ledger.inventory().stock(product).version()).isEqualTo(3);
    }

    @LedgerTest
    void settingToZeroOpensAProductOnceAndThenPostsNothing(TestLedger ledger) {
        ProductId product = ledger.product("P");
        Posting first = ledger.set(product, 0);
        assertThat(first.movements()).hasSize(1);
        assertThat(first.movements().get(0).reason()).isEqualTo(Movement.Reason.OPENING);
        assertThat(ledger.catalogue().product(product).orElseThrow().opened()).isTrue();

        assertThat(ledger.set(product, 0).movements()).isEmpty();
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anOrderDoesNotOpenAProduct(TestLedger ledger) {
        ProductId product = ledger.product("P");
        ledger.apply(AnOrder.of("1").line("a", "P", ordered(2)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(0L, 2L, -2L));
        assertThat(ledger.catalogue().product(product).orElseThrow().opened()).isFalse();
        assertThat(ledger.order("1").lines().get(0).oversold()).isFalse();
    }

    @LedgerTest
    void aSetAppliesTheDifferenceToWhatItsAuthorSaw(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        long seen = ledger.inventory().level(product, ledger.main()).version();
        // Meanwhile three are sent: the shelf that was counted still had them.
        ledger.apply(
                AnOrder.of("1").line("a", "P", new LineCounts(3, 0, 0, 3, 0)).snapshot());

        Posting posting = ledger.inventory().adjust(set(ledger, product, 48, seen));
        assertThat(posting.movements().get(0).deltaInStock()).isEqualTo(-2);
        assertThat(ledger.figures(product)).isEqualTo(List.of(45L, 0L, 45L));
    }

    @LedgerTest
    void aSetConflictsOnlyWhenAnotherCountCameBetween(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        long seen = ledger.inventory().level(product, ledger.main()).version();
        ledger.add(product, 10);
        ledger.inventory().adjust(set(ledger, product, 49, seen));
        assertThat(ledger.figures(product).get(0)).isEqualTo(59);

        assertThatThrownBy(() -> ledger.inventory().adjust(set(ledger, product, 48, seen)))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConflictException.Reason.COUNTED_MEANWHILE));
        assertThat(ledger.figures(product).get(0)).isEqualTo(59);
    }

    @LedgerTest
    void aSetAgainstAVersionThatNeverWasIsRefused(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        assertThatThrownBy(() -> ledger.inventory().adjust(set(ledger, product, 48, 99L)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("version 99");
    }

    private static Adjustment set(TestLedger ledger, ProductId product, long quantity, Long seen) {
        return new Adjustment(product, ledger.main(), Kind.SET, quantity, seen, "", TestLedger.ACTOR, ledger.key());
    }

    @LedgerTest
    void theSameKeyAndInputAnswersTheSameAndPostsNothing(TestLedger ledger) {
        ProductId product = ledger.product("P", 1);
        Adjustment add = new Adjustment(
                product, ledger.main(), Kind.ADD, 5, null, "found", TestLedger.ACTOR, new IdempotencyKey("u", "k"));
        Posting first = ledger.inventory().adjust(add);
        Posting again = ledger.inventory().adjust(add);
        assertThat(first.repeated()).isFalse();
        assertThat(again.repeated()).isTrue();
        assertThat(again.movements()).isEqualTo(first.movements());
        assertThat(ledger.figures(product).get(0)).isEqualTo(6);
    }

    @LedgerTest
    void theSameKeyWithAnotherInputIsAConflict(TestLedger ledger) {
        ProductId product = ledger.product("P", 1);
        IdempotencyKey key = new IdempotencyKey("u", "k");
        ledger.inventory().adjust(new Adjustment(product, ledger.main(), Kind.ADD, 5, null, "", TestLedger.ACTOR, key));
        assertThatThrownBy(() -> ledger.inventory()
                        .adjust(new Adjustment(product, ledger.main(), Kind.ADD, 6, null, "", TestLedger.ACTOR, key)))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConflictException.Reason.KEY_REUSED));
        // Another scope is another key.
        ledger.inventory()
                .adjust(new Adjustment(
                        product, ledger.main(), Kind.ADD, 6, null, "", TestLedger.ACTOR, new IdempotencyKey("v", "k")));
        assertThat(ledger.figures(product).get(0)).isEqualTo(12);
    }

    @LedgerTest
    void anUndoIsANewMovementThatPointsAtWhatItReverses(TestLedger ledger) {
        ProductId product = ledger.product("P", 10);
        MovementId added = ledger.add(product, 7).movements().get(0).id();
        ledger.apply(AnOrder.of("1").line("a", "P", ordered(2)).snapshot());

        Movement undo = ledger.inventory()
                .undo(added, TestLedger.ACTOR, ledger.key())
                .movements()
                .get(0);
        assertThat(undo.deltaInStock()).isEqualTo(-7);
        assertThat(undo.reverses()).isEqualTo(added);
        assertThat(ledger.journal().movement(added).orElseThrow().reversedBy()).isEqualTo(undo.id());
        assertThat(ledger.figures(product)).isEqualTo(List.of(10L, 2L, 8L));

        assertThatThrownBy(() -> ledger.inventory().undo(added, TestLedger.ACTOR, ledger.key()))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConflictException.Reason.NOT_UNDOABLE));
        ledger.inventory().undo(undo.id(), TestLedger.ACTOR, ledger.key());
        assertThat(ledger.figures(product).get(0)).isEqualTo(17);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void whatAnOrderPostedIsUndoneOnlyThroughTheOrder(TestLedger ledger) {
        ProductId product = ledger.product("P", 10);
        ledger.apply(AnOrder.of("1").line("a", "P", ordered(2)).snapshot());
        Movement booked = newest(ledger, product);
        assertThat(booked.reason()).isEqualTo(Movement.Reason.ORDER_BOOKED);
        assertThatThrownBy(() -> ledger.inventory().undo(booked.id(), TestLedger.ACTOR, ledger.key()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("shop/1/a");
        assertThatThrownBy(() -> ledger.inventory().undo(new MovementId(999_999_999), TestLedger.ACTOR, ledger.key()))
                .isInstanceOf(NotFoundException.class);
    }

    @LedgerTest
    void anOverflowIsAnErrorNeverAWrap(TestLedger ledger) {
        ProductId product = ledger.product("P", 5);
        ledger.sql("update movement set in_stock = " + Figures.LIMIT + ", delta_in_stock = " + Figures.LIMIT);
        ledger.sql("update stock_level set in_stock = " + Figures.LIMIT);
        assertThatThrownBy(() -> ledger.add(product, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("would leave");
        assertThat(ledger.figures(product).get(0)).isEqualTo(Figures.LIMIT);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void whatIsForSaleIsTheSumOfWhatIsAvailableSomewhere(TestLedger ledger) {
        ProductId product = ledger.product("P", 5);
        LocationId second = ledger.location("Second");
        ledger.mapped(TestLedger.SHOP, List.of(ledger.main(), second));
        ledger.apply(AnOrder.of("1").line("a", "P", ordered(3), "at-" + second).snapshot());

        Stock stock = ledger.inventory().stock(product);
        assertThat(stock.available()).isEqualTo(2);
        assertThat(stock.forSale()).isEqualTo(5);
        assertThat(stock.shortage()).isEqualTo(3);
        assertThat(ledger.catalogue().productRow(product).orElseThrow().forSale())
                .isEqualTo(5);
        assertThat(ledger.order("1").lines().get(0).oversold()).isTrue();
    }

    @LedgerTest
    void theJournalIsNewestFirstAndFiltered(TestLedger ledger) {
        ProductId product = ledger.product("P", 10);
        ProductId other = ledger.product("Q", 10);
        ledger.add(product, 1);
        ledger.apply(AnOrder.of("1")
                .line("a", "P", ordered(2))
                .line("b", "Q", ordered(3))
                .snapshot());

        var all = ledger.journal().movements(Journal.Query.of(product), new PageRequest(0, 2));
        assertThat(all.total()).isEqualTo(3);
        assertThat(all.items()).extracting(Movement::deltaBooked).containsExactly(2L, 0L);
        var ofOrder = ledger.journal()
                .movements(new Journal.Query(null, null, null, ledger.order("1").key()), new PageRequest(0, 10));
        assertThat(ofOrder.items()).extracting(Movement::product).containsExactlyInAnyOrder(product, other);
        assertThat(ofOrder.items()).allSatisfy(movement -> {
            assertThat(movement.reference().kind()).isEqualTo(Movement.Reference.Kind.ORDER_LINE);
            assertThat(movement.reference().counter()).isEqualTo(1);
        });
        var openings = ledger.journal()
                .movements(
                        new Journal.Query(null, ledger.main(), Movement.Reason.OPENING, null), new PageRequest(0, 10));
        assertThat(openings.total()).isEqualTo(2);
    }

    private static Movement newest(TestLedger ledger, ProductId product) {
        return ledger.journal()
                .movements(Journal.Query.of(product), new PageRequest(0, 1))
                .items()
                .get(0);
    }
}
