package org.evenkeel.ledger.impl.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.NOON;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.OTHER;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.SHELF;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.STORE;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.active;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.seen;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.DueFigure;
import org.evenkeel.ledger.FigureGap;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingBook.DueCount;
import org.evenkeel.ledger.ListingBook.PullEnd;
import org.evenkeel.ledger.ListingBook.Reading;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.ListingView.Outcome;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.PushRecord;
import org.evenkeel.ledger.PushRecord.Kind;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules of listings, beliefs and pushes, each by its name. One suite for both databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ListingBookContract {
    private final TestVendor vendor;
    private ListingsLedger ledger;
    private ListingBook book;

    ListingBookContract(TestVendor vendor) {
        this.vendor = vendor;
    }

    @BeforeAll
    void open() {
        ledger = new ListingsLedger(vendor.open());
    }

    @BeforeEach
    void empty() {
        ledger.clear();
        book = ledger.book;
    }

    @AfterAll
    void close() {
        if (ledger != null) {
            ledger.close();
        }
    }

    // --- listings and products
    // -----------------------------------------------------------------------------------------

    @Test
    void aListingWithAnUnknownSkuCreatesItsProductUnopened() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));

        ProductId product = ledger.product(STORE, "a");
        assertThat(ledger.catalogue.product(product)).hasValueSatisfying(created -> {
            assertThat(created.sku().raw()).isEqualTo("APPLE");
            assertThat(created.name()).isEqualTo("Title of a");
            assertThat(created.opened()).isFalse();
        });
    }

    @Test
    void listingsWithOneSkuInManyStoresLinkToOneProductAndAreEachPushedItsFigure() {
        ProductId product = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.store(OTHER).pull(OTHER, active("x", "APPLE", 7), active("y", "APPLE", 50));

        assertThat(ledger.product(OTHER, "x")).isEqualTo(product);
        assertThat(ledger.due(OTHER)).singleElement().satisfies(due -> {
            assertThat(due.key().listing()).isEqualTo("x");
            assertThat(due.wanted()).isEqualTo(50);
            assertThat(due.belief()).isEqualTo(7);
            assertThat(due.sku()).isEqualTo("APPLE");
        });
        ledger.set(product, 12);
        assertThat(ledger.due(OTHER)).extracting(DueFigure::wanted).containsExactly(12L, 12L);
        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(12L);
    }

    @Test
    void anExactMatchBeatsAFoldedMatchWhichIsFlagged() {
        ledger.store(STORE).pull(STORE, active("a", "Apple", 1), active("b", "APPLE", 1), active("c", " Apple ", 1));

        assertThat(ledger.product(STORE, "b")).isEqualTo(ledger.product(STORE, "a"));
        assertThat(ledger.listing(STORE, "a").foldedMatch()).isFalse();
        assertThat(ledger.listing(STORE, "b").foldedMatch()).isTrue();
        assertThat(ledger.listing(STORE, "c").foldedMatch()).isFalse();
        assertThat(ledger.listing(STORE, "c").sku()).as("kept raw").isEqualTo(" Apple ");
        assertThat(ledger.catalogue
                        .products(ProductQuery.all(new PageRequest(0, 9)))
                        .total())
                .isEqualTo(1);
    }

    @Test
    void aListingWhoseSkuChangesMovesToTheOtherProduct() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, active("p", "PEAR", 9));
        book.open(STORE, Set.of(), "tester");
        ledger.due(STORE);

        ledger.pull(STORE, active("a", "PEAR", 50));

        assertThat(ledger.product(STORE, "a"))
                .isEqualTo(ledger.productOf("PEAR"))
                .isNotEqualTo(apple);
        assertThat(ledger.due(STORE)).singleElement().satisfies(due -> {
            assertThat(due.key().listing()).isEqualTo("a");
            assertThat(due.wanted()).isEqualTo(9);
        });
        ledger.set(apple, 3);
        assertThat(ledger.due(STORE, "a"))
                .hasValueSatisfying(due -> assertThat(due.wanted())
                        .as("the old product concerns it no more")
                        .isEqualTo(9));
    }

    @Test
    void anOutcomeForTheOldProductLeavesAMovedListingDue() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, active("p", "PEAR", 9));
        book.open(STORE, Set.of(), "tester");
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);

        ledger.pull(STORE, active("a", "PEAR", 50));
        ledger.sent(STORE, "k", due, Kind.ACKNOWLEDGED);

        assertThat(ledger.due(STORE, "a")).hasValueSatisfying(again -> {
            assertThat(again.wanted()).isEqualTo(9);
            assertThat(again.belief()).isEqualTo(40);
        });
    }

    @Test
    void onlyActiveTrackedListingsWithASkuArePushed() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(
                STORE,
                seen("draft", "APPLE", State.DRAFT, "c1", SHELF, 1),
                seen("old", "APPLE", State.ARCHIVED, "c2", SHELF, 2),
                seen("gift", "APPLE", State.NOT_TRACKED, "c3", SHELF, 3),
                seen("none", null, State.ACTIVE, "c4", SHELF, 4),
                seen("blank", "  ", State.ACTIVE, "c5", SHELF, 5),
                seen("broken", "APPLE", State.UNREADABLE, "c6"));

        ledger.set(apple, 49);

        assertThat(ledger.due(STORE)).extracting(due -> due.key().listing()).containsExactly("a");
        assertThat(ledger.listing(STORE, "draft").state()).isEqualTo(State.DRAFT);
        assertThat(ledger.listing(STORE, "none").state()).isEqualTo(State.NO_SKU);
        assertThat(ledger.listing(STORE, "blank").state()).isEqualTo(State.NO_SKU);
        assertThat(ledger.listing(STORE, "none").product()).isNull();
        assertThat(ledger.listing(STORE, "broken").state()).isEqualTo(State.UNREADABLE);
        assertThat(ledger.figure(STORE, "draft").wanted()).isNull();
        assertThat(ledger.figure(STORE, "draft").seen()).isEqualTo(1);
    }

    @Test
    void aListingThatTheStoreDoesNotTrackCreatesNoProduct() {
        ledger.store(STORE).pull(STORE, seen("gift", "GIFT", State.NOT_TRACKED, "c", SHELF, 3));
        assertThat(ledger.product(STORE, "gift")).isNull();

        ledger.pull(STORE, active("gift", "GIFT", 3));
        assertThat(ledger.product(STORE, "gift")).isNotNull();
        assertThat(ledger.listing(STORE, "gift").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void aSkuThatCannotBeKeptMakesItsListingUnreadableAndHoldsUpNoOther() {
        ledger.store(STORE)
                .pull(STORE, active("long", "L".repeat(300), 1), active("nul", "A\0B", 1), active("a", "APPLE", 2));

        assertThat(ledger.listing(STORE, "long").state()).isEqualTo(State.UNREADABLE);
        assertThat(ledger.listing(STORE, "long").stateReason()).contains("SKU", "255");
        assertThat(ledger.listing(STORE, "nul").state()).isEqualTo(State.UNREADABLE);
        assertThat(ledger.listing(STORE, "a").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void aListingThatBecomesActiveIsPushedAgain() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, seen("a", "APPLE", State.DRAFT, "counter-a", SHELF, 50));
        ledger.set(apple, 20);
        assertThat(ledger.due(STORE)).isEmpty();

        ledger.pull(STORE, active("a", "APPLE", 50));

        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(20L);
    }

    @Test
    void listingsThatShareACounterArePushedOnceAndTheNextTakesOver() {
        ledger.store(STORE);
        ledger.pull(
                STORE,
                seen("one", "APPLE", State.ACTIVE, "shared", SHELF, 50),
                seen("two", "APPLE", State.ACTIVE, "shared", SHELF, 50));
        book.open(STORE, Set.of(), "tester");
        ledger.due(STORE);
        ledger.set(ledger.product(STORE, "one"), 40);

        assertThat(ledger.due(STORE)).extracting(due -> due.key().listing()).containsExactly("one");
        assertThat(ledger.listing(STORE, "two").state()).isEqualTo(State.SHARED_COUNTER);
        assertThat(ledger.listing(STORE, "two").stateReason()).contains("one", "APPLE");
        assertThat(ledger.figureId(STORE, "two")).as("one figure").isEqualTo(ledger.figureId(STORE, "one"));

        ledger.push(STORE, "one", Kind.ACKNOWLEDGED);
        ledger.sell(STORE, "two", 3);
        assertThat(ledger.figure(STORE, "one").belief())
                .as("sold through the other")
                .isEqualTo(37);
        assertThat(ledger.due(STORE)).isEmpty();

        book.record(STORE, "last", NOON, List.of(seen("two", "APPLE", State.ACTIVE, "shared", SHELF, 37)));
        assertThat(book.endPull(STORE, "last", 10_000).gone()).isEqualTo(1);
        ledger.set(ledger.product(STORE, "two"), 30);

        assertThat(ledger.listing(STORE, "one").state()).isEqualTo(State.GONE);
        assertThat(ledger.listing(STORE, "two").state()).isEqualTo(State.ACTIVE);
        assertThat(ledger.due(STORE)).singleElement().satisfies(due -> {
            assertThat(due.key().listing()).isEqualTo("two");
            assertThat(due.belief()).isEqualTo(37);
            assertThat(due.wanted()).isEqualTo(27);
        });
    }

    @Test
    void aListingMissingFromACompletePullIsGoneAndComesBack() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, active("b", "PEAR", 1));
        book.record(STORE, "full", NOON, List.of(active("b", "PEAR", 1)));

        assertThat(book.endPull(STORE, "full", 5_000)).isEqualTo(new PullEnd(1, 1, 0));

        assertThat(ledger.listing(STORE, "a").state()).isEqualTo(State.GONE);
        assertThat(ledger.listing(STORE, "a").stateReason()).isNotEmpty();
        ledger.set(apple, 3);
        assertThat(ledger.due(STORE)).isEmpty();
        assertThat(book.endPull(STORE, "full", 5_000)).as("once").isEqualTo(new PullEnd(1, 0, 0));

        ledger.pull(STORE, active("a", "APPLE", 50));
        assertThat(ledger.listing(STORE, "a").state()).isEqualTo(State.ACTIVE);
        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(3L);
    }

    @Test
    void aPullThatMissesTooManyListingsIsHeldBack() {
        ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, active("b", "PEAR", 1), active("c", "PLUM", 1));
        book.record(STORE, "cut", NOON, List.of(active("b", "PEAR", 1)));

        assertThat(book.endPull(STORE, "cut", 6_600)).isEqualTo(new PullEnd(1, 0, 2));
        assertThat(ledger.listing(STORE, "a").state()).isEqualTo(State.ACTIVE);
        assertThat(book.endPull(STORE, "empty", 9_999)).as("an empty pull").isEqualTo(new PullEnd(0, 0, 3));
        assertThat(book.endPull(STORE, "cut", 6_667)).isEqualTo(new PullEnd(1, 2, 0));
    }

    @Test
    void aPageIsTakenInTwiceAsOnce() {
        ledger.store(STORE);
        for (int i = 0; i < 2; i++) {
            book.record(STORE, "p", NOON, List.of(active("a", "APPLE", 50), active("b", "PEAR", 1)));
        }
        assertThat(book.listings(new ListingQuery(STORE, null, null, false, "", new PageRequest(0, 10)))
                        .total())
                .isEqualTo(2);
        ledger.changes.clear();
        book.record(STORE, "p2", NOON.plusSeconds(60), List.of(active("a", "APPLE", 50), active("b", "PEAR", 1)));
        assertThat(ledger.changes).as("nothing changed, nobody is told").isEmpty();
        assertThat(ledger.figure(STORE, "a").seenAt()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void anUnknownStoreAndAnIdTooLongAreRefusedByName() {
        assertThatThrownBy(() -> ledger.pull(STORE, active("a", "APPLE", 1)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("berlin");
        ledger.store(STORE);
        assertThatThrownBy(() -> ledger.pull(STORE, active("x".repeat(256), "APPLE", 1)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).isEqualTo("listing"));
    }

    // --- opening -----------------------------------------------------------------------------------------------------

    @Test
    void anUnopenedProductIsNeverPushed() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        assertThat(ledger.due(STORE)).isEmpty();
        assertThat(ledger.figure(STORE, "a").wanted()).isNull();

        ledger.sell(STORE, "a", 4);
        assertThat(ledger.due(STORE)).as("an order does not open it").isEmpty();

        ledger.set(ledger.product(STORE, "a"), 10);
        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(6L);
    }

    @Test
    void openingTakesTheSellableFigureAndTheOpenUnitsOfThisStore() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 60));
        ledger.store(OTHER).pull(OTHER, active("x", "APPLE", 48));
        ledger.sell(STORE, "a", 4);
        ledger.sell(OTHER, "x", 2);
        ledger.pull(STORE, NOON.plusSeconds(1), active("a", "APPLE", 46));

        ListingBook.Opening opening = book.open(STORE, Set.of(), "tester");

        ProductId apple = ledger.product(STORE, "a");
        assertThat(opening).isEqualTo(new ListingBook.Opening(1, List.of()));
        assertThat(ledger.inStock(apple)).as("46 sellable + its own 4 open").isEqualTo(50);
        assertThat(ledger.inventory.stock(apple).available()).isEqualTo(44);
        assertThat(book.dueCount(STORE, NOON).unseen()).as("nobody looked yet").isEqualTo(1);
        assertThat(ledger.due(STORE))
                .extracting(DueFigure::wanted, DueFigure::belief)
                .containsExactly(tuple(44L, 46L));
        assertThat(book.dueCount(STORE, NOON).unseen()).isZero();
        assertThat(book.open(STORE, Set.of(), "tester")).as("once").isEqualTo(new ListingBook.Opening(0, List.of()));
    }

    @Test
    void openingWithoutAnyOtherStoreLeavesNothingToSend() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        ledger.sell(STORE, "a", 4);
        ledger.pull(STORE, NOON.plusSeconds(1), active("a", "APPLE", 46));

        book.open(STORE, Set.of(), "tester");

        assertThat(ledger.due(STORE)).isEmpty();
        assertThat(ledger.figure(STORE, "a").acknowledged())
                .as("acknowledged on the way")
                .isEqualTo(46);
        assertThat(ledger.figure(STORE, "a").due()).isFalse();
    }

    @Test
    void aFigureThatAnOrderMovedSinceItWasReadOpensNothingUntilItIsReadAgain() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        ledger.sell(STORE, "a", 4);

        ListingBook.Opening opening = book.open(STORE, Set.of(), "tester");

        ProductId apple = ledger.product(STORE, "a");
        assertThat(opening.opened()).as("are the 4 in the 50, or not?").isZero();
        assertThat(opening.moved()).singleElement().satisfies(figure -> {
            assertThat(figure.key()).isEqualTo(new ListingKey(STORE, "a", ""));
            assertThat(figure.seen()).isEqualTo(50);
            assertThat(figure.belief()).isEqualTo(46);
        });
        assertThat(ledger.catalogue.product(apple).orElseThrow().opened()).isFalse();

        book.read(
                STORE,
                NOON.plusSeconds(1),
                List.of(new ListingBook.Reading(opening.moved().get(0).id(), 46)));
        assertThat(book.open(STORE, Set.of(), "tester")).isEqualTo(new ListingBook.Opening(1, List.of()));
        assertThat(ledger.inStock(apple)).as("46 sellable + 4 open").isEqualTo(50);
        assertThat(ledger.due(STORE)).isEmpty();
    }

    @Test
    void aFigureOpensOnceOrdersThatComeLateAreKnown() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50), active("b", "PEAR", 3));
        assertThat(openedBy(NOON.minusSeconds(1)))
                .as("orders are known up to before the reading")
                .isEqualTo(new ListingBook.Opening(0, List.of(), List.of(), 2));
        ledger.sell(STORE, "a", 4);
        long apple = openedBy(NOON.minusSeconds(1)).moved().get(0).id();
        book.read(STORE, NOON.plusSeconds(60), List.of(new ListingBook.Reading(apple, 50)));

        assertThat(openedBy(NOON))
                .as("the pear stood still, the apple was moved by an order since")
                .isEqualTo(new ListingBook.Opening(1, List.of(), List.of(), 1));
        book.read(STORE, NOON.plusSeconds(120), List.of(new ListingBook.Reading(apple, 50)));
        assertThat(openedBy(NOON.plusSeconds(60)))
                .as("the same again does not begin anew")
                .isEqualTo(new ListingBook.Opening(1, List.of(), List.of(), 0));
        assertThat(ledger.inStock(ledger.productOf("APPLE")))
                .as("50 sellable + 4 open")
                .isEqualTo(54);
    }

    private ListingBook.Opening openedBy(Instant steadyBy) {
        return book.open(STORE, OpeningChoices.ADOPT_ALL, steadyBy, "tester");
    }

    @Test
    void openingPostsAMovementThatNamesTheStore() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        Movement movement = ledger.journal
                .movements(Journal.Query.of(apple), new PageRequest(0, 10))
                .items()
                .get(0);
        assertThat(movement.reason()).isEqualTo(Movement.Reason.OPENING);
        assertThat(movement.reference().id()).isEqualTo("berlin");
        assertThat(movement.deltaInStock()).isEqualTo(50);
    }

    @Test
    void openingZeroOpensToo() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 0);
        assertThat(ledger.catalogue.product(apple).orElseThrow().opened()).isTrue();
    }

    @Test
    void figuresThatDisagreeAreAConflictAndStayUnopened() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50), active("b", "APPLE", 49), active("c", "PEAR", 3));

        ListingBook.Opening opening = book.open(STORE, Set.of(), "tester");

        assertThat(opening).isEqualTo(new ListingBook.Opening(1, List.of(ledger.productOf("APPLE"))));
        assertThat(ledger.due(STORE)).isEmpty();
    }

    @Test
    void openingOnlySomeProductsLeavesTheOthers() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50), active("c", "PEAR", 3));
        book.open(STORE, Set.of(ledger.productOf("PEAR")), "tester");
        assertThat(ledger.catalogue
                        .product(ledger.productOf("APPLE"))
                        .orElseThrow()
                        .opened())
                .isFalse();
        assertThat(ledger.inStock(ledger.productOf("PEAR"))).isEqualTo(3);
    }

    @Test
    void aFigureOnHandIsOpenedAsItIsAndSentWithWhatTheStoreSubtracts() {
        ledger.store(STORE);
        ledger.registry.describe(STORE, "Berlin", true);
        ledger.pull(STORE, active("a", "APPLE", 50));
        ledger.sell(STORE, "a", 4);
        assertThat(ledger.figure(STORE, "a").belief())
                .as("a sale takes nothing from the shelf")
                .isEqualTo(50);

        book.open(STORE, Set.of(), "tester");
        ProductId apple = ledger.product(STORE, "a");
        assertThat(ledger.inStock(apple)).isEqualTo(50);
        assertThat(ledger.due(STORE))
                .as("46 sellable + 4 that it subtracts itself are 50")
                .isEmpty();

        ledger.store(OTHER).pull(OTHER, active("x", "APPLE", 46));
        ledger.sell(OTHER, "x", 6);
        assertThat(ledger.due(STORE)).singleElement().satisfies(due -> {
            assertThat(due.wanted()).isEqualTo(40);
            assertThat(due.onHandOffset()).as("its own open units alone").isEqualTo(4);
        });
        assertThat(ledger.figure(STORE, "a").wanted()).isEqualTo(44);
    }

    @Test
    void allFiguresAreDueWhenTheyCountSomethingElseThanBefore() {
        ledger.opened(STORE, "a", "APPLE", 50);
        ledger.sell(STORE, "a", 4);
        assertThat(ledger.due(STORE)).isEmpty();

        ledger.registry.describe(STORE, "Berlin", true);
        assertThat(ledger.due(STORE)).singleElement().satisfies(due -> {
            assertThat(due.wanted()).isEqualTo(46);
            assertThat(due.onHandOffset()).isEqualTo(4);
        });
        ledger.registry.describe(STORE, "Berlin 2", true);
    }

    // --- belief ------------------------------------------------------------------------------------------------------

    @Test
    void aBeliefMovesByWhatTheStoreItselfSold() {
        ledger.opened(STORE, "a", "APPLE", 50);

        ledger.sell(STORE, "a", 4);

        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(46);
        assertThat(ledger.figure(STORE, "a").wanted()).isEqualTo(46);
        assertThat(ledger.due(STORE)).as("the store did it itself").isEmpty();
        assertThat(ledger.figure(STORE, "a").acknowledged()).isEqualTo(46);
    }

    @Test
    void aBeliefMovesWithoutAnyBookingForOrdersThatAreOnlyRecorded() {
        ledger.opened(STORE, "a", "APPLE", 50);

        Instant yesterday = NOON.minusSeconds(86_400);
        OrderSnapshot.Line line = ledger.line("a", "APPLE", SHELF, ListingsLedger.ordered(2));
        ledger.order(STORE, "old", yesterday, yesterday, line);
        assertThat(ledger.figure(STORE, "a").belief())
                .as("sold before all this")
                .isEqualTo(50);

        ledger.order(STORE, "old", yesterday, NOON, ledger.counted(line, new LineCounts(2, 2, 0, 0, 0)));

        assertThat(ledger.due(STORE))
                .extracting(DueFigure::wanted, DueFigure::belief)
                .containsExactly(tuple(50L, 52L));
    }

    @Test
    void anEffectIsFoundByItsSkuOrItsOnlyFigureAndNeverGuessed() {
        ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, active("b", "PEAR", 5), active("c", "PEAR", 5));

        ledger.order(
                STORE,
                NOON,
                ledger.line(null, "APPLE", null, ListingsLedger.ordered(1)),
                ledger.line("unknown", "APPLE", null, ListingsLedger.ordered(1)),
                ledger.line(null, "PEAR", null, ListingsLedger.ordered(1)),
                ledger.line(null, null, null, ListingsLedger.ordered(1)),
                ledger.line("a", "APPLE", "elsewhere", ListingsLedger.ordered(1)));

        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(48);
        assertThat(ledger.figure(STORE, "b").belief()).as("one of two").isEqualTo(5);
        assertThat(ledger.figure(STORE, "c").belief()).isEqualTo(5);
    }

    @Test
    void aReadingBecomesTheBeliefUntilTheFirstAcknowledgementAndMovesItNeverAfter() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        ledger.pull(STORE, NOON.plusSeconds(1), active("a", "APPLE", 48));
        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(48);
        book.open(STORE, Set.of(), "tester");
        ledger.due(STORE);

        long figure = ledger.figureId(STORE, "a");
        book.read(STORE, NOON.plusSeconds(2), List.of(new Reading(figure, 40)));

        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(48);
        assertThat(ledger.figure(STORE, "a").seen()).isEqualTo(40);
        assertThat(book.gaps(STORE, 0, 10)).singleElement().satisfies(gap -> {
            assertThat(gap.id()).isEqualTo(figure);
            assertThat(gap.gap()).isEqualTo(-8);
            assertThat(gap.firstGap()).isNull();
        });
    }

    @Test
    void figuresAreFoundByTheirCounters() {
        ledger.opened(STORE, "a", "APPLE", 50);
        ledger.opened(STORE, "b", "PEAR", 7);
        book.read(STORE, NOON.plusSeconds(2), List.of(new Reading(ledger.figureId(STORE, "b"), 5)));
        String a = "counter-a";
        String b = "counter-b";

        assertThat(book.figures(STORE, Set.of(a, b, "nobody knows")))
                .extracting(FigureGap::id, gap -> gap.key().listing(), FigureGap::belief, FigureGap::gap)
                .containsExactly(
                        tuple(ledger.figureId(STORE, "a"), "a", 50L, 0L),
                        tuple(ledger.figureId(STORE, "b"), "b", 7L, -2L));
        assertThat(book.figures(STORE, Set.of(b)))
                .extracting(FigureGap::counter)
                .containsExactly(b);
        assertThat(book.figures(OTHER, Set.of(a))).isEmpty();
        assertThat(book.figures(STORE, Set.of())).isEmpty();
    }

    @Test
    void anOlderReadingSaysNothing() {
        ledger.opened(STORE, "a", "APPLE", 50);
        long figure = ledger.figureId(STORE, "a");
        book.read(STORE, NOON.plusSeconds(5), List.of(new Reading(figure, 50)));

        book.read(STORE, NOON.plusSeconds(4), List.of(new Reading(figure, 10)));

        assertThat(ledger.figure(STORE, "a").seen()).isEqualTo(50);
        assertThat(book.gaps(STORE, 0, 10)).isEmpty();
    }

    @Test
    void aReadingFromAheadOfTheClockCountsAsOld() {
        ledger.opened(STORE, "a", "APPLE", 50);
        long figure = ledger.figureId(STORE, "a");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
        Instant ahead = now.plus(Duration.ofHours(1));
        book.read(STORE, ahead, List.of(new Reading(figure, 46)));
        book.confirmGaps(STORE, book.gaps(STORE, 0, 10));

        // The host's clock is set back by an hour.
        book.read(STORE, now.plusSeconds(1), List.of(new Reading(figure, 46)));
        assertThat(ledger.figure(STORE, "a").seenAt()).isEqualTo(now.plusSeconds(1));
        book.confirmGaps(STORE, book.gaps(STORE, 0, 10));
        assertThat(book.gaps(STORE, 0, 10)).singleElement().satisfies(gap -> {
            assertThat(gap.firstGap()).isEqualTo(-4);
            assertThat(gap.firstGapAt()).as("begun anew").isEqualTo(now.plusSeconds(1));
        });
        book.read(STORE, ahead, List.of(new Reading(figure, 50)));
        ledger.pull(STORE, now.plusSeconds(2), active("a", "APPLE", 50));
        assertThat(ledger.figure(STORE, "a").seenAt())
                .as("a pull that finds it the same")
                .isEqualTo(now.plusSeconds(2));
    }

    @Test
    void aGapThatASaleExplainsVanishes() {
        ledger.opened(STORE, "a", "APPLE", 50);
        long figure = ledger.figureId(STORE, "a");
        book.read(STORE, NOON.plusSeconds(1), List.of(new Reading(figure, 46)));
        assertThat(book.gaps(STORE, 0, 10)).hasSize(1);

        ledger.sell(STORE, "a", 4);

        assertThat(book.gaps(STORE, 0, 10)).isEmpty();
    }

    @Test
    void twoReadingsWithTheSameGapAreSeenAsSuch() {
        ledger.opened(STORE, "a", "APPLE", 50);
        long figure = ledger.figureId(STORE, "a");
        book.read(STORE, NOON.plusSeconds(1), List.of(new Reading(figure, 45)));
        book.confirmGaps(STORE, book.gaps(STORE, 0, 10));

        book.read(STORE, NOON.plusSeconds(60), List.of(new Reading(figure, 45)));

        FigureGap gap = book.gaps(STORE, 0, 10).get(0);
        assertThat(gap.gap()).isEqualTo(-5);
        assertThat(gap.firstGap()).isEqualTo(-5);
        assertThat(gap.firstGapAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(gap.seenAt()).isEqualTo(NOON.plusSeconds(60));

        book.confirmGaps(STORE, List.of(gap));
        assertThat(book.gaps(STORE, 0, 10).get(0).firstGapAt()).as("kept").isEqualTo(NOON.plusSeconds(1));
        book.read(STORE, NOON.plusSeconds(90), List.of(new Reading(figure, 50)));
        book.read(STORE, NOON.plusSeconds(95), List.of(new Reading(figure, 45)));
        assertThat(book.gaps(STORE, 0, 10).get(0).firstGap())
                .as("forgotten when it vanished")
                .isNull();
        assertThat(book.gaps(STORE, figure, 10)).as("behind it").isEmpty();
    }

    @Test
    void decidingWhatTheStoreShowsMakesItDueIfThatIsNotWanted() {
        ledger.opened(STORE, "a", "APPLE", 50);
        long figure = ledger.figureId(STORE, "a");
        book.read(STORE, NOON.plusSeconds(1), List.of(new Reading(figure, 60)));

        book.believe(STORE, List.of(new Reading(figure, 60)), "drift overwritten");

        assertThat(book.gaps(STORE, 0, 10)).isEmpty();
        assertThat(ledger.due(STORE))
                .extracting(DueFigure::wanted, DueFigure::belief)
                .containsExactly(tuple(50L, 60L));
    }

    @Test
    void aGapThatChangedSinceItWasLookedAtIsNotDecided() {
        ledger.opened(STORE, "a", "APPLE", 50);
        long figure = ledger.figureId(STORE, "a");
        book.read(STORE, NOON.plusSeconds(1), List.of(new Reading(figure, 60)));
        List<FigureGap> looked = book.gaps(STORE, 0, 10);
        book.read(STORE, NOON.plusSeconds(2), List.of(new Reading(figure, 58)));

        assertThat(book.believeGaps(STORE, looked, "drift overwritten")).isEmpty();
        assertThat(book.gaps(STORE, 0, 10)).extracting(FigureGap::seen).containsExactly(58L);

        assertThat(book.believeGaps(STORE, book.gaps(STORE, 0, 10), "drift overwritten"))
                .containsExactly(figure);
        assertThat(book.gaps(STORE, 0, 10)).isEmpty();
        assertThat(ledger.due(STORE))
                .extracting(DueFigure::wanted, DueFigure::belief)
                .containsExactly(tuple(50L, 58L));
    }

    @Test
    void aStoresOwnFigureIsAdoptedAsAnAdjustment() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        long figure = ledger.figureId(STORE, "a");
        assertThatThrownBy(() -> book.adopt(STORE, figure, "tester")).isInstanceOf(ConflictException.class);
        book.read(STORE, NOON.plusSeconds(1), List.of(new Reading(figure, 53)));

        assertThat(book.adopt(STORE, figure, "tester").movements())
                .singleElement()
                .satisfies(movement -> {
                    assertThat(movement.deltaInStock()).isEqualTo(3);
                    assertThat(movement.reason()).isEqualTo(Movement.Reason.DRIFT_ADOPTED);
                });
        assertThat(ledger.inStock(apple)).isEqualTo(53);
        assertThat(book.gaps(STORE, 0, 10)).isEmpty();
        assertThat(ledger.due(STORE)).isEmpty();
        assertThatThrownBy(() -> book.adopt(STORE, 4711, "tester")).isInstanceOf(NotFoundException.class);
    }

    // --- what is due
    // ---------------------------------------------------------------------------------------------------

    @Test
    void onlyDifferencesAreSentAndWhatIsLevelIsAcknowledgedOnTheWay() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.add(apple, 5);
        ledger.subtract(apple, 5);

        assertThat(ledger.due(STORE)).isEmpty();

        assertThat(ledger.figure(STORE, "a").due()).isFalse();
        assertThat(ledger.row(ledger.figureId(STORE, "a"), "acknowledged_product_version"))
                .as("the version too, though the figure is the same")
                .containsValue(ledger.inventory.stock(apple).version());
    }

    @Test
    void decreasesComeFirst() {
        ledger.store(STORE).pull(STORE, active("a", "A", 10), active("b", "B", 10), active("c", "C", 10));
        book.open(STORE, Set.of(), "tester");
        ledger.due(STORE);
        ledger.add(ledger.productOf("A"), 1);
        ledger.subtract(ledger.productOf("B"), 1);
        ledger.add(ledger.productOf("C"), 1);

        assertThat(ledger.due(STORE)).extracting(due -> due.key().listing()).containsExactly("b", "a", "c");
        assertThat(book.due(STORE, NOON, 1))
                .extracting(due -> due.key().listing())
                .containsExactly("b");
    }

    @Test
    void whatIsForSaleIsTheSumOfWhatEachLocationHasLeft() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 5);
        LocationId attic = ledger.catalogue.createLocation("Attic", "tester").id();
        ledger.catalogue.mapStoreLocation(STORE, SHELF, Set.of(ledger.defaultLocation(), attic), "tester");
        ledger.inventory.adjust(new Adjustment(
                apple, attic, Adjustment.Kind.ADD, 7, null, "", "tester", new IdempotencyKey("test", "attic")));
        ledger.subtract(apple, 8);

        assertThat(ledger.due(STORE))
                .as("max(0, 5 − 8) + 7")
                .extracting(DueFigure::wanted)
                .containsExactly(7L);
    }

    @Test
    void anUnmappedOrUnwritableStoreLocationIsShownAndNeverWritten() {
        ledger.store(STORE).locations(STORE, SHELF, "loc-2");
        ledger.pull(STORE, seen("a", "APPLE", State.ACTIVE, "c", SHELF, 5, "loc-2", 9));
        book.open(STORE, Set.of(), "tester");
        ProductId apple = ledger.product(STORE, "a");
        assertThat(ledger.inStock(apple)).isEqualTo(5);
        ledger.set(apple, 3);

        assertThat(ledger.due(STORE)).extracting(DueFigure::storeLocation).containsExactly(SHELF);
        ListingView.Figure second = ledger.listing(STORE, "a").figures().get(1);
        assertThat(second.mapped()).isFalse();
        assertThat(second.seen()).isEqualTo(9);
        assertThat(second.wanted()).isNull();

        ledger.catalogue.mapStoreLocation(STORE, "loc-2", Set.of(ledger.defaultLocation()), "tester");
        assertThat(ledger.due(STORE)).extracting(DueFigure::storeLocation).containsExactlyInAnyOrder(SHELF, "loc-2");

        ledger.catalogue.reportStoreLocations(
                STORE,
                List.of(
                        new StoreLocationMapping(STORE, SHELF, SHELF, false, Set.of()),
                        new StoreLocationMapping(STORE, "loc-2", "loc-2", true, Set.of())));
        ledger.set(apple, 2);
        assertThat(ledger.due(STORE)).extracting(DueFigure::storeLocation).containsExactly("loc-2");
    }

    @Test
    void aChangedMappingMakesEveryListingOfTheStoreDue() {
        ledger.opened(STORE, "a", "APPLE", 5);
        LocationId attic = ledger.catalogue.createLocation("Attic", "tester").id();

        ledger.catalogue.mapStoreLocation(STORE, SHELF, Set.of(attic), "tester");

        assertThat(ledger.due(STORE)).singleElement().satisfies(due -> {
            assertThat(due.wanted()).isZero();
            assertThat(due.ruleVersion()).isPositive();
        });
    }

    @Test
    void aMappingChangedWhileAPushIsUnderWayLeavesItDue() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 5);
        ledger.set(apple, 4);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);
        LocationId attic = ledger.catalogue.createLocation("Attic", "tester").id();
        ledger.catalogue.mapStoreLocation(STORE, SHELF, Set.of(attic), "tester");

        ledger.sent(STORE, "k", due, Kind.ACKNOWLEDGED);

        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(0L);
    }

    @Test
    void aChangeWakesTheStoresConcernedAndNoOthers() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 5);
        ledger.opened(OTHER, "x", "PEAR", 5);
        ledger.changes.clear();

        ledger.set(apple, 4);

        assertThat(ledger.changes)
                .singleElement()
                .satisfies(change -> assertThat(change.stores()).containsExactly(STORE));
    }

    @Test
    void recheckingLeavesOutWhatIsNotDueAnyMore() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();

        ledger.sell(STORE, "a", 2);
        assertThat(book.recheck(STORE, Set.of(due.id()))).singleElement().satisfies(again -> {
            assertThat(again.wanted()).isEqualTo(38);
            assertThat(again.belief()).isEqualTo(48);
        });
        ledger.set(apple, 50);
        assertThat(book.recheck(STORE, Set.of(due.id()))).isEmpty();
    }

    // --- pushing -----------------------------------------------------------------------------------------------------

    @Test
    void anAcknowledgedPushIsBelievedAndDueNoMore() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);

        ledger.push(STORE, "a", Kind.ACKNOWLEDGED);

        ListingView.Figure figure = ledger.figure(STORE, "a");
        assertThat(figure.belief()).isEqualTo(40);
        assertThat(figure.acknowledged()).isEqualTo(40);
        assertThat(figure.acknowledgedAt()).isEqualTo(NOON);
        assertThat(figure.outcome()).isEqualTo(Outcome.ACKNOWLEDGED);
        assertThat(figure.due()).isFalse();
        assertThat(ledger.due(STORE)).isEmpty();
    }

    @Test
    void aChangeAfterTheSnapshotLeavesAnAcknowledgedFigureDue() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.set(apple, 30);
        ledger.sending(STORE, "k", due);
        ledger.sent(STORE, "k", due, Kind.ACKNOWLEDGED);

        assertThat(ledger.due(STORE))
                .extracting(DueFigure::wanted, DueFigure::belief)
                .containsExactly(tuple(30L, 40L));
    }

    @Test
    void aCrashBetweenSendAndRecordLeavesBothCandidates() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);
        ledger.restart();
        book = ledger.book;

        assertThat(ledger.candidates(due.id())).containsEntry("belief", 50L).containsEntry("sent_belief", 40L);
        assertThat(ledger.figure(STORE, "a").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(ledger.due(STORE)).as("a reading comes first").isEmpty();
        assertThat(book.unsettled(STORE, 10)).singleElement().satisfies(unsettled -> {
            assertThat(unsettled.id()).isEqualTo(due.id());
            assertThat(unsettled.unknown()).isTrue();
            assertThat(unsettled.wanted()).isEqualTo(40);
        });
        ledger.sell(STORE, "a", 3);
        assertThat(ledger.candidates(due.id()))
                .as("both move")
                .containsEntry("belief", 47L)
                .containsEntry("sent_belief", 37L);

        book.believe(STORE, List.of(new Reading(due.id(), 47)), "reading");
        assertThat(ledger.due(STORE))
                .extracting(DueFigure::wanted, DueFigure::belief)
                .containsExactly(tuple(37L, 47L));
        assertThat(book.unsettled(STORE, 10)).isEmpty();
    }

    @Test
    void anOutcomeIsRecordedOnce() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.push(STORE, "a", Kind.ACKNOWLEDGED);
        ledger.set(apple, 30);
        ledger.push(STORE, "a", Kind.ACKNOWLEDGED);

        ledger.sent(STORE, "push-of-another-time", due, Kind.REFUSED);

        assertThat(ledger.figure(STORE, "a").outcome()).isEqualTo(Outcome.ACKNOWLEDGED);
        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(30);
    }

    @Test
    void anUnknownOutcomeMayBeRepeatedUnderItsKeyAndThenCounts() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);
        ledger.sent(STORE, "k", due, Kind.UNKNOWN);
        ledger.sell(STORE, "a", 1);

        ledger.sending(STORE, "k", due);
        ledger.sent(STORE, "k", due, Kind.ACKNOWLEDGED);

        assertThat(ledger.figure(STORE, "a").belief())
                .as("what was sent, and what was sold since")
                .isEqualTo(39);
        assertThat(ledger.due(STORE)).isEmpty();
    }

    @Test
    void aStaleItemStaysDueWithWhatTheStoreTold() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        for (int i = 1; i <= 3; i++) {
            DueFigure due = ledger.due(STORE, "a").orElseThrow();
            ledger.sending(STORE, "k" + i, due);
            ledger.sent(STORE, "k" + i, new PushRecord.Outcome(due.id(), Kind.STALE, "changed", 48L, null, null));
        }
        assertThat(ledger.due(STORE)).singleElement().satisfies(due -> {
            assertThat(due.belief()).isEqualTo(48);
            assertThat(due.seen()).isEqualTo(48);
            assertThat(due.stales()).isEqualTo(3);
            assertThat(due.attempts()).isEqualTo(3);
        });
        ledger.push(STORE, "a", Kind.ACKNOWLEDGED);
        ledger.set(apple, 30);
        assertThat(ledger.due(STORE, "a").orElseThrow().stales()).isZero();
    }

    @Test
    void aStaleItemWithoutAWordVoidsTheBeliefUntilTheNextReading() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 60);
        DueFigure due = ledger.push(STORE, "a", Kind.STALE);

        assertThat(ledger.due(STORE, "a").orElseThrow().belief()).isNull();
        assertThat(book.gaps(STORE, 0, 10)).extracting(FigureGap::belief).containsExactly((Long) null);

        book.read(STORE, NOON.plusSeconds(1), List.of(new Reading(due.id(), 47)));
        assertThat(ledger.due(STORE, "a").orElseThrow().belief()).isEqualTo(47);
        assertThat(book.gaps(STORE, 0, 10)).isEmpty();
    }

    @Test
    void whatWasCertainlyNotSentIsAsIfItHadNeverBeenTried() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);

        ledger.push(STORE, "a", Kind.NOT_SENT);

        assertThat(ledger.due(STORE)).singleElement().satisfies(due -> {
            assertThat(due.attempts()).isZero();
            assertThat(due.belief()).isEqualTo(50);
        });
    }

    @Test
    void aRefusedItemIsParkedUntilSomethingItDependsOnChanges() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);
        ledger.sent(STORE, "k", PushRecord.Outcome.of(due.id(), Kind.REFUSED, "No such thing"));

        assertThat(ledger.due(STORE)).isEmpty();
        assertThat(book.dueCount(STORE, NOON).parked()).isEqualTo(1);
        assertThat(ledger.figure(STORE, "a").outcome()).isEqualTo(Outcome.PARKED);
        assertThat(ledger.figure(STORE, "a").message()).isEqualTo("No such thing");
        assertThat(ledger.figure(STORE, "a").belief())
                .as("nothing changed there")
                .isEqualTo(50);

        ledger.set(apple, 39);
        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(39L);
        assertThat(ledger.figure(STORE, "a").outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aRefusedItemGoesAgainByHand() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.push(STORE, "a", Kind.REFUSED);
        assertThat(ledger.due(STORE)).isEmpty();

        book.retry(STORE, Set.of(due.id()), "Ann");

        assertThat(ledger.due(STORE)).extracting(DueFigure::attempts).containsExactly(1);
        assertThat(ledger.figure(STORE, "a").message()).contains("Ann");
    }

    @Test
    void aRefusalOfAnOldFigureParksNothingThatChangedMeanwhile() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);
        ledger.set(apple, 30);
        ledger.sent(STORE, "k", due, Kind.REFUSED);

        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(30L);
    }

    @Test
    void aRetryingItemWaitsForItsTime() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);
        ledger.sent(
                STORE, "k", new PushRecord.Outcome(due.id(), Kind.RETRYING, "busy", null, null, NOON.plusSeconds(30)));

        assertThat(book.due(STORE, NOON.plusSeconds(29), 10)).isEmpty();
        assertThat(book.dueCount(STORE, NOON)).isEqualTo(new DueCount(0, 0, 1, 0, 0, NOON.plusSeconds(30)));
        assertThat(book.dueCount(STORE, NOON.plusSeconds(30))).isEqualTo(new DueCount(1, 0, 0, 0, 0, null));
        assertThat(ledger.figure(STORE, "a").retryAt()).isEqualTo(NOON.plusSeconds(30));
        ledger.set(apple, 35);
        assertThat(book.due(STORE, NOON.plusSeconds(29), 10))
                .as("a change does not hurry it")
                .isEmpty();
        assertThat(book.due(STORE, NOON.plusSeconds(30), 10))
                .extracting(DueFigure::wanted)
                .containsExactly(35L);
    }

    @Test
    void anAcceptedPushIsConfirmedLaterByItsToken() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k", due);
        ledger.sent(STORE, "k", new PushRecord.Outcome(due.id(), Kind.ACCEPTED, "queued", null, "feed-7", null));

        assertThat(book.accepted(STORE, 10)).containsExactly(new ListingBook.AcceptedPush(due.id(), "feed-7", "k"));
        assertThat(book.unsettled(STORE, 10)).extracting(DueFigure::unknown).containsExactly(false);
        assertThat(ledger.figure(STORE, "a").outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(ledger.candidates(due.id())).containsEntry("belief", 50L).containsEntry("sent_belief", 40L);
        assertThat(ledger.due(STORE)).isEmpty();

        ledger.sent(STORE, "k", due, Kind.ACKNOWLEDGED);
        assertThat(book.accepted(STORE, 10)).isEmpty();
        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(40);
        assertThat(ledger.due(STORE)).isEmpty();
    }

    @Test
    void anInterimFigureStaysDueAfterItsAcknowledgement() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        book.sending(new PushRecord(
                STORE, "k", List.of(new PushRecord.Item(due.id(), 38, due.productVersion(), due.ruleVersion(), true))));
        ledger.sent(STORE, "k", due, Kind.ACKNOWLEDGED);

        assertThat(ledger.due(STORE))
                .extracting(DueFigure::wanted, DueFigure::belief)
                .containsExactly(tuple(40L, 38L));
    }

    @Test
    void aFigureAtTheStoresOwnCapIsAcknowledgedWithoutAPush() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 999);
        ledger.set(apple, 5000);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();

        book.acknowledge(STORE, List.of(new PushRecord.Item(due.id(), 999, due.productVersion(), due.ruleVersion())));
        assertThat(ledger.due(STORE)).isEmpty();

        ledger.set(apple, 5001);
        DueFigure next = ledger.due(STORE, "a").orElseThrow();
        book.acknowledge(STORE, List.of(new PushRecord.Item(next.id(), 999, due.productVersion(), due.ruleVersion())));
        assertThat(ledger.due(STORE)).as("an older version says nothing").hasSize(1);
    }

    @Test
    void onePoisonItemNeverHoldsUpItsBatch() {
        ledger.store(STORE).pull(STORE, active("a", "A", 10), active("b", "B", 10));
        book.open(STORE, Set.of(), "tester");
        ledger.set(ledger.productOf("A"), 1);
        ledger.set(ledger.productOf("B"), 1);
        List<DueFigure> due = ledger.due(STORE);
        ledger.sending(STORE, "k", due.toArray(DueFigure[]::new));
        ledger.sent(
                STORE,
                "k",
                PushRecord.Outcome.of(due.get(0).id(), Kind.REFUSED, "no"),
                PushRecord.Outcome.of(due.get(1).id(), Kind.ACKNOWLEDGED, ""));

        assertThat(ledger.figure(STORE, "a").outcome()).isEqualTo(Outcome.PARKED);
        assertThat(ledger.figure(STORE, "b").outcome()).isEqualTo(Outcome.ACKNOWLEDGED);
        assertThat(book.dueCount(STORE, NOON)).isEqualTo(new DueCount(0, 0, 0, 0, 1, null));
    }

    @Test
    void aFigureOfAnotherStoreIsNotFound() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.store(OTHER);
        ledger.set(apple, 40);
        DueFigure due = ledger.due(STORE, "a").orElseThrow();
        assertThatThrownBy(() -> ledger.sending(OTHER, "k", due))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("paris");
    }

    @Test
    void sendingAnotherFigureOverAnUnknownOutcomeLeavesNothingToBelieve() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        DueFigure first = ledger.due(STORE, "a").orElseThrow();
        ledger.sending(STORE, "k1", first);
        ledger.set(apple, 30);
        DueFigure second = book.unsettled(STORE, 1).get(0);
        assertThat(second.wanted()).isEqualTo(30);

        ledger.sending(STORE, "k2", second);
        assertThat(ledger.candidates(first.id())).containsEntry("belief", null).containsEntry("sent_belief", 30L);
        ledger.sent(STORE, "k1", first, Kind.ACKNOWLEDGED);
        assertThat(ledger.figure(STORE, "a").outcome()).as("of the old batch").isEqualTo(Outcome.UNKNOWN);
        ledger.sent(STORE, "k2", second, Kind.ACKNOWLEDGED);
        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(30);
    }

    @Test
    void anOutcomeThatNeverCameStaysUnknown() {
        ledger.store(STORE).pull(STORE, active("a", "A", 10), active("b", "B", 10));
        book.open(STORE, Set.of(), "tester");
        ledger.set(ledger.productOf("A"), 1);
        ledger.set(ledger.productOf("B"), 1);
        List<DueFigure> due = ledger.due(STORE);
        ledger.sending(STORE, "k", due.toArray(DueFigure[]::new));

        ledger.sent(STORE, "k", due.get(0), Kind.ACKNOWLEDGED);

        assertThat(book.unsettled(STORE, 10))
                .extracting(DueFigure::id)
                .containsExactly(due.get(1).id());
        assertThat(book.dueCount(STORE, NOON)).isEqualTo(new DueCount(0, 0, 0, 1, 0, null));
    }

    @Test
    void aListingThatIsGoneWaitsForNoOutcome() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.set(apple, 40);
        ledger.sending(STORE, "k", ledger.due(STORE, "a").orElseThrow());
        book.endPull(STORE, "without", 10_000);

        assertThat(book.unsettled(STORE, 10)).isEmpty();
        ledger.pull(STORE, NOON.plusSeconds(1), active("a", "APPLE", 40));
        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(40);
    }

    @Test
    void anOrderLineIsMatchedByItsListingBeforeItsSku() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, active("p", "PEAR", 9));

        ledger.order(STORE, NOON, ledger.line("a", "PEAR", SHELF, ListingsLedger.ordered(2)));

        assertThat(ledger.inventory.stock(apple).booked()).isEqualTo(2);
        assertThat(ledger.figure(STORE, "a").belief()).isEqualTo(48);
        assertThat(ledger.figure(STORE, "p").belief()).isEqualTo(9);
    }

    @Test
    void linesThatWaitForAProductAreBookedWhenAListingBringsIt() {
        ledger.store(STORE);
        ledger.order(STORE, NOON, ledger.line(null, "APPLE", null, ListingsLedger.ordered(4)));
        assertThat(ledger.orders.unmatched(new PageRequest(0, 10)).total()).isEqualTo(1);

        ledger.pull(STORE, active("a", "apple", 46));

        assertThat(ledger.orders.unmatched(new PageRequest(0, 10)).total()).isZero();
        book.open(STORE, Set.of(), "tester");
        ProductId apple = ledger.product(STORE, "a");
        assertThat(ledger.inStock(apple)).isEqualTo(50);
        assertThat(ledger.inventory.stock(apple).available()).isEqualTo(46);
        assertThat(ledger.due(STORE)).isEmpty();
    }

    @Test
    void theWorkedExampleSendsNothingAfterTheFulfilment() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.store(OTHER).pull(OTHER, active("x", "APPLE", 50));
        ledger.due(OTHER);
        OrderSnapshot.Line line = ledger.line("a", "APPLE", SHELF, ListingsLedger.ordered(4));
        ledger.order(STORE, "o", NOON, NOON, line);
        assertThat(ledger.push(OTHER, "x", Kind.ACKNOWLEDGED).wanted()).isEqualTo(46);

        ledger.order(STORE, "o", NOON, NOON.plusSeconds(60), ledger.counted(line, new LineCounts(4, 0, 0, 4, 0)));

        assertThat(ledger.inStock(apple)).isEqualTo(46);
        assertThat(ledger.due(STORE)).isEmpty();
        assertThat(ledger.due(OTHER)).isEmpty();
    }

    // --- views and counts
    // ------------------------------------------------------------------------------------------------

    @Test
    void listingsAreFoundByStoreStateProductTextAndProblem() {
        ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, active("p", "Pear 100%", 3), seen("d", "PLUM", State.DRAFT, "cd", SHELF, 1));
        ledger.store(OTHER).pull(OTHER, active("x", "APPLE", 50));
        book.open(STORE, Set.of(), "tester");
        ledger.due(STORE);
        ledger.due(OTHER);

        assertThat(found(null, null, null, false, "")).containsExactly("a", "d", "p", "x");
        assertThat(found(STORE, null, null, false, "")).containsExactly("a", "d", "p");
        assertThat(found(null, ledger.productOf("APPLE"), null, false, "")).containsExactly("a", "x");
        assertThat(found(null, null, State.DRAFT, false, "")).containsExactly("d");
        assertThat(found(null, null, null, false, "EAR")).containsExactly("p");
        assertThat(found(null, null, null, false, "0%")).containsExactly("p");
        assertThat(found(null, null, null, false, "_")).isEmpty();
        assertThat(found(null, null, null, true, "")).isEmpty();
        ledger.set(ledger.productOf("APPLE"), 3);
        assertThat(found(null, null, null, true, "")).containsExactly("a", "x");
        assertThat(ledger.catalogue.productRow(ledger.productOf("APPLE")).orElseThrow())
                .satisfies(row -> {
                    assertThat(row.listings()).isEqualTo(2);
                    assertThat(row.behind()).isEqualTo(2);
                });
    }

    private List<String> found(StoreId store, ProductId product, State state, boolean problems, String text) {
        return book
                .listings(new ListingQuery(store, product, state, problems, text, new PageRequest(0, 50)))
                .items()
                .stream()
                .map(view -> view.key().listing())
                .toList();
    }

    @Test
    void pagesOfListingsFollowEachOther() {
        ledger.store(STORE);
        List<SeenListing> page = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            page.add(active("l" + i, "SKU-%03d".formatted(i), i));
        }
        ledger.pull(STORE, page.toArray(SeenListing[]::new));

        List<String> skus = new ArrayList<>();
        for (int from = 0; from < 300; from += 90) {
            var part = book.listings(new ListingQuery(STORE, null, null, false, "", new PageRequest(from, 90)));
            assertThat(part.total()).isEqualTo(300);
            part.items().forEach(view -> skus.add(view.sku()));
        }
        assertThat(skus).hasSize(300).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLocationThatTheStoreShowsNoMoreTakesNoPart() {
        ProductId apple = ledger.opened(STORE, "a", "APPLE", 50);
        ledger.pull(STORE, NOON.plus(Duration.ofMinutes(1)), seen("a", "APPLE", State.ACTIVE, "counter-a"));
        ledger.set(apple, 3);
        assertThat(ledger.due(STORE)).isEmpty();
        assertThat(ledger.listing(STORE, "a").figures()).isEmpty();

        ledger.pull(STORE, NOON.plus(Duration.ofMinutes(2)), active("a", "APPLE", 50));
        assertThat(ledger.due(STORE)).extracting(DueFigure::wanted).containsExactly(3L);
    }

    // --- concurrency
    // ---------------------------------------------------------------------------------------------------

    @Test
    void nothingIsLostWhileAdjustmentsAndOrdersMeetPushes() throws Exception {
        int listings = 12;
        ledger.store(STORE).store(OTHER);
        List<SeenListing> page = new ArrayList<>();
        for (int i = 0; i < listings; i++) {
            page.add(active("l" + i, "SKU-" + i, 100));
        }
        ledger.pull(STORE, page.toArray(SeenListing[]::new));
        ledger.pull(OTHER, page.toArray(SeenListing[]::new));
        book.open(STORE, Set.of(), "tester");
        Map<Long, Long> shelf = new ConcurrentHashMap<>();
        page.forEach(seen -> shelf.put(ledger.figureId(STORE, seen.listing()), 100L));

        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            AtomicBoolean changing = new AtomicBoolean(true);
            Future<?> lane = threads.submit(() -> {
                int key = 0;
                boolean last = false;
                while (!last) {
                    last = !changing.get();
                    key = pushAll(shelf, key);
                }
            });
            Future<?> pulls = threads.submit(() -> {
                while (changing.get()) {
                    ledger.pull(OTHER, page.toArray(SeenListing[]::new));
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                Random random = new Random(writer);
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        int which = random.nextInt(listings);
                        ledger.add(ledger.productOf("SKU-" + which), 1 + random.nextInt(3));
                    }
                }));
            }
            writers.add(threads.submit(() -> {
                Random random = new Random(7);
                for (int i = 0; i < 30; i++) {
                    ledger.sell(OTHER, "l" + random.nextInt(listings), 1 + random.nextInt(3));
                }
            }));
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            changing.set(false);
            lane.get(60, TimeUnit.SECONDS);
            pulls.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        for (int i = 0; i < listings; i++) {
            ListingView.Figure figure = ledger.figure(STORE, "l" + i);
            assertThat(shelf.get(figure.id()))
                    .as("shelf of l" + i)
                    .isEqualTo(
                            ledger.inventory.stock(ledger.productOf("SKU-" + i)).forSale())
                    .isEqualTo(figure.belief());
            assertThat(figure.due()).isFalse();
        }
        assertThat(ledger.journal.audit()).isEmpty();
    }

    private int pushAll(Map<Long, Long> shelf, int firstKey) {
        int key = firstKey;
        while (true) {
            List<DueFigure> due = book.due(STORE, NOON, 5);
            if (due.isEmpty()) {
                return key;
            }
            String batch = "batch-" + key++;
            ledger.sending(STORE, batch, due.toArray(DueFigure[]::new));
            due.forEach(each -> shelf.put(each.id(), each.wanted()));
            ledger.sent(
                    STORE,
                    batch,
                    due.stream()
                            .map(each -> PushRecord.Outcome.of(each.id(), Kind.ACKNOWLEDGED, ""))
                            .toArray(PushRecord.Outcome[]::new));
        }
    }
}
