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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.ForeseenListing;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView.State;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.PlannedOpening;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.SeenListing;
import org.evenkeel.ledger.StoreId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What plans ask of the ledger: what would be, openings as chosen, and how they are taken back. One suite for both databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlansContract {
    private static final String PLAN = "17";

    private final TestVendor vendor;
    private ListingsLedger ledger;
    private ListingBook book;

    PlansContract(TestVendor vendor) {
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

    // --- what recording would do
    // ---------------------------------------------------------------------------------------

    private ForeseenListing foresee(SeenListing listing) {
        return book.foresee(STORE, List.of(listing)).get(0);
    }

    @Test
    void foreseeingSaysWhatRecordingWouldDoAndChangesNothing() {
        ledger.opened(OTHER, "x", "APPLE", 50);
        ledger.store(STORE);
        ledger.changes.clear();

        List<ForeseenListing> foreseen = book.foresee(
                STORE,
                List.of(
                        active("a", "APPLE", 7),
                        active("b", "Apple ", 7),
                        active("c", "PEAR", 7),
                        active("d", null, 7),
                        seen("e", "PLUM", State.DRAFT, "counter-e", SHELF, 7),
                        seen("f", "FIG", State.NOT_TRACKED, "counter-f"),
                        seen("g", null, State.UNREADABLE, "")));

        assertThat(foreseen)
                .extracting(each -> each.key().listing())
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(foreseen)
                .extracting(ForeseenListing::state)
                .containsExactly(
                        State.ACTIVE,
                        State.ACTIVE,
                        State.ACTIVE,
                        State.NO_SKU,
                        State.DRAFT,
                        State.NOT_TRACKED,
                        State.UNREADABLE);
        assertThat(foreseen)
                .extracting(ForeseenListing::newProduct)
                .containsExactly(false, false, true, false, true, false, false);
        assertThat(foreseen)
                .extracting(ForeseenListing::foldedMatch)
                .containsExactly(false, true, false, false, false, false, false);
        assertThat(foreseen.get(1).productSku()).isEqualTo("APPLE");
        assertThat(foreseen.get(0).figures().get(0).available()).isEqualTo(50);
        assertThat(ledger.changes).isEmpty();
        assertThat(book.listings(new ListingQuery(STORE, null, null, false, "", new PageRequest(0, 10)))
                        .total())
                .isZero();
        assertThat(ledger.catalogue
                        .products(ProductQuery.all(new PageRequest(0, 10)))
                        .total())
                .as("no product was made")
                .isEqualTo(1);
    }

    @Test
    void whatIsForeseenIsWhatRecordingDoes() {
        ledger.opened(OTHER, "x", "APPLE", 50);
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 7), active("old", "OLD", 1));
        List<SeenListing> page = List.of(
                active("a", "CHERRY", 3),
                active("old", "OLD", 1),
                active("b", "apple", 9),
                seen("s", "SHARED", State.ACTIVE, "counter-old", SHELF, 1),
                active("n", "NEW", 4));

        List<ForeseenListing> foreseen = book.foresee(STORE, page);
        ledger.pull(STORE, page.toArray(SeenListing[]::new));

        for (ForeseenListing would : foreseen) {
            var is = ledger.listing(STORE, would.key().listing());
            assertThat(would.state()).as(would.sku()).isEqualTo(is.state());
            assertThat(would.foldedMatch()).as(would.sku()).isEqualTo(is.foldedMatch());
            assertThat(would.sku()).isEqualTo(is.sku());
            if (!would.newProduct()) {
                assertThat(would.product()).as(would.sku()).isEqualTo(is.product());
            }
        }
        assertThat(foreseen).extracting(ForeseenListing::newProduct).containsExactly(true, false, false, true, true);
    }

    @Test
    void aFigureIsForeseenWithAllThatMakesTheOneItWouldGet() {
        ProductId apple = ledger.opened(OTHER, "x", "APPLE", 50);
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        ledger.sell(STORE, "a", 4);
        ledger.sell(OTHER, "x", 1);

        ForeseenListing.Figure figure =
                foresee(active("a", "APPLE", 30)).figures().get(0);

        assertThat(figure.there()).isEqualTo(30);
        assertThat(figure.believed()).isEqualTo(46);
        assertThat(figure.available()).isEqualTo(45);
        assertThat(figure.openUnits()).isEqualTo(4);
        assertThat(figure.otherUnits()).isEqualTo(1);
        assertThat(figure.rule()).isEqualTo(ListingRule.ONE_TO_ONE);
        assertThat(figure.behind()).containsExactly(ledger.defaultLocation());
        assertThat(ledger.inStock(apple)).isEqualTo(50);
    }

    @Test
    void anUnmappedFigureIsForeseenAsSuch() {
        ledger.store(STORE).locations(STORE, SHELF, "second");
        ForeseenListing would = foresee(seen("a", "APPLE", State.ACTIVE, "c", SHELF, 5, "second", 6));
        assertThat(would.figures()).extracting(ForeseenListing.Figure::mapped).containsExactly(true, false);
    }

    @Test
    void whatOtherStoresShowOfAProductThatWasNeverCountedIsForeseen() {
        ledger.store(OTHER).pull(OTHER, active("x", "APPLE", 9));
        ledger.store(STORE);
        assertThat(foresee(active("a", "apple", 7)).elsewhere()).isEqualTo(Map.of(OTHER, List.of(9L)));
        ledger.set(ledger.productOf("APPLE"), 50);
        assertThat(foresee(active("a", "apple", 7)).elsewhere())
                .as("the ledger wins")
                .isEmpty();
    }

    @Test
    void aLongPageIsForeseenWholeAndOneOfAnUnknownStoreIsRefused() {
        ledger.store(STORE);
        List<SeenListing> page = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            page.add(active("l" + i, "SKU-" + i, i));
        }
        assertThat(book.foresee(STORE, page)).hasSize(700).allMatch(ForeseenListing::newProduct);
        assertThatThrownBy(() -> book.foresee(new StoreId("nowhere"), page)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theRuleVersionRisesWithTheMapping() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        long before = book.ruleVersion(STORE);
        ledger.catalogue.mapStoreLocation(STORE, SHELF, Set.of(), "tester");
        assertThat(book.ruleVersion(STORE)).isGreaterThan(before);
    }

    // --- opening as chosen
    // ---------------------------------------------------------------------------------------------

    private OpeningChoices choices(
            boolean others, Set<ProductId> adopt, Set<ProductId> hold, Map<ProductId, Long> set) {
        return new OpeningChoices(PLAN, others, adopt, hold, set);
    }

    @Test
    void justTheChosenProductsAreOpenedEachInItsWay() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 10), active("b", "PEAR", 20), active("c", "PLUM", 30));
        ProductId apple = ledger.productOf("APPLE");
        ProductId pear = ledger.productOf("PEAR");
        ProductId plum = ledger.productOf("PLUM");

        assertThat(book.open(STORE, choices(true, Set.of(), Set.of(pear), Map.of(plum, 35L)), "anna")
                        .opened())
                .isEqualTo(2);

        assertThat(ledger.inStock(apple)).isEqualTo(10);
        assertThat(ledger.inStock(plum)).isEqualTo(35);
        assertThat(ledger.catalogue.product(pear).orElseThrow().opened()).isFalse();
        Movement opening = ledger.journal
                .movements(Journal.Query.of(plum), new PageRequest(0, 10))
                .items()
                .get(0);
        assertThat(opening.reason()).isEqualTo(Movement.Reason.OPENING);
        assertThat(opening.reference()).isEqualTo(new Movement.Reference(Movement.Reference.Kind.PLAN, PLAN, 0));
        assertThat(opening.actor()).isEqualTo("anna");

        assertThat(book.open(STORE, choices(false, Set.of(pear), Set.of(), Map.of()), "anna")
                        .opened())
                .isEqualTo(1);
        assertThat(ledger.inStock(pear)).isEqualTo(20);
        assertThat(ledger.journal.audit()).isEmpty();
    }

    @Test
    void aPersonsStockSettlesFiguresThatDisagree() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 10), active("b", "APPLE", 20));
        ledger.sell(STORE, "a", 3);
        ProductId apple = ledger.productOf("APPLE");

        assertThat(book.open(STORE, choices(true, Set.of(), Set.of(), Map.of()), "anna")
                        .opened())
                .isZero();
        assertThat(book.open(STORE, choices(true, Set.of(), Set.of(), Map.of(apple, 15L)), "anna"))
                .isEqualTo(new ListingBook.Opening(1, List.of()));

        assertThat(ledger.inStock(apple)).as("as it lies on the shelf").isEqualTo(15);
        assertThat(ledger.inventory.stock(apple).available()).isEqualTo(12);
    }

    // --- taking back
    // ---------------------------------------------------------------------------------------------------

    @Test
    void whatAPlanOpenedIsTakenBackAndCountsAsNeverCounted() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        ProductId apple = ledger.productOf("APPLE");
        book.open(STORE, choices(true, Set.of(), Set.of(), Map.of()), "anna");
        ledger.sell(STORE, "a", 4);

        assertThat(book.openings(PLAN, Set.of(apple))).singleElement().satisfies(opening -> {
            assertThat(opening.inStock()).isEqualTo(50);
            assertThat(opening.reversible()).isTrue();
        });
        assertThat(book.openings("18", Set.of(apple))).as("another plan").isEmpty();
        assertThat(book.takeBack(PLAN, Set.of(apple), "ben")).containsExactly(apple);

        assertThat(ledger.inStock(apple)).isZero();
        assertThat(ledger.inventory.stock(apple).booked()).as("the order stays").isEqualTo(4);
        assertThat(ledger.catalogue.product(apple).orElseThrow().opened()).isFalse();
        assertThat(ledger.due(STORE)).as("nothing is pushed").isEmpty();
        assertThat(book.openings(PLAN, Set.of(apple))).isEmpty();
        assertThat(book.takeBack(PLAN, Set.of(apple), "ben")).as("once").isEmpty();
        assertThat(ledger.journal.audit()).isEmpty();

        ledger.pull(STORE, NOON.plusSeconds(1), active("a", "APPLE", 46));
        book.open(STORE, choices(true, Set.of(), Set.of(), Map.of()), "anna");
        assertThat(ledger.inStock(apple)).as("opened anew").isEqualTo(50);
    }

    @Test
    void anOpeningStaysWhereTheShelfWasCountedSince() {
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50), active("b", "PEAR", 5));
        ProductId apple = ledger.productOf("APPLE");
        ProductId pear = ledger.productOf("PEAR");
        book.open(STORE, choices(true, Set.of(), Set.of(), Map.of()), "anna");
        ledger.set(apple, 48);
        ledger.add(pear, 2);

        assertThat(book.openings(PLAN, Set.of(apple, pear)))
                .extracting(PlannedOpening::product, PlannedOpening::reversible)
                .containsExactly(tuple(apple, false), tuple(pear, true));
        assertThat(book.takeBack(PLAN, Set.of(apple, pear), "ben")).containsExactly(pear);
        assertThat(ledger.inStock(apple)).isEqualTo(48);
        assertThat(ledger.inStock(pear)).as("what was added stays").isEqualTo(2);
    }

    @Test
    void whatWasSoldSinceIsNetAndCountsWhateverStoreSoldIt() {
        ledger.opened(OTHER, "x", "APPLE", 50);
        ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
        ProductId apple = ledger.productOf("APPLE");
        Instant since = NOON;
        ledger.order(
                STORE,
                "early",
                since.minusSeconds(60),
                since,
                ledger.line("a", "APPLE", SHELF, new LineCounts(7, 0, 0, 0, 0)));
        ledger.order(
                OTHER,
                "late",
                since.minusSeconds(60),
                since,
                ledger.line("x", "APPLE", SHELF, new LineCounts(2, 0, 0, 0, 0)));
        var line = ledger.line("a", "APPLE", SHELF, new LineCounts(5, 0, 0, 0, 0));
        ledger.order(STORE, "new", since.plusSeconds(1), since.plusSeconds(1), line);
        ledger.order(
                STORE,
                "new",
                since.plusSeconds(1),
                since.plusSeconds(2),
                ledger.counted(line, new LineCounts(5, 1, 0, 4, 1)));

        // 2 elsewhere, and 5 − 1 cancelled − 1 returned here; the early one was out of this store's figure already.
        assertThat(book.sold(STORE, Set.of(apple), since)).isEqualTo(Map.of(apple, 5L));
        assertThat(book.sold(OTHER, Set.of(apple), since)).isEqualTo(Map.of(apple, 10L));
        assertThat(book.sold(STORE, Set.of(apple), Instant.now().plusSeconds(3600)))
                .isEmpty();
    }
}
