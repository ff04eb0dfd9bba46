package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.Adjustment.Kind;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.Location;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderSnapshot.Move;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreLocationMapping;

/** Where orders are booked, and what stands behind a store's locations. */
class PlacesTest {

    /** A product with stock at two locations that the shop maps one to one. */
    private record Two(ProductId product, LocationId main, LocationId second) {
        static Two of(TestLedger ledger, long atMain, long atSecond) {
            LocationId main = ledger.main();
            LocationId second = ledger.location("Second");
            ledger.mapped(TestLedger.SHOP, List.of(main, second));
            ProductId product = ledger.product("P");
            ledger.adjust(product, main, Kind.SET, atMain);
            if (atSecond > 0) {
                ledger.adjust(product, second, Kind.SET, atSecond);
            }
            return new Two(product, main, second);
        }

        List<List<Long>> figures(TestLedger ledger) {
            return List.of(ledger.figures(product, main), ledger.figures(product, second));
        }

        String atSecond() {
            return "at-" + second;
        }
    }

    private static AnOrder one(int version, LineCounts counts, String location, Move... moves) {
        return AnOrder.of("1").version(version).line("a", "P", counts, location, moves);
    }

    @LedgerTest
    void anOrderIsBookedAtTheMappedLocationThatTheStoreNames(TestLedger ledger) {
        Two two = Two.of(ledger, 10, 10);
        ledger.apply(one(0, ordered(4), two.atSecond()).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(10L, 0L, 10L), List.of(10L, 4L, 6L)));
        assertThat(ledger.order("1").lines().get(0).location()).isEqualTo(two.second());
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void elseAtTheFirstLocationThatHasEverything(TestLedger ledger) {
        Two two = Two.of(ledger, 3, 10);
        ProductId other = ledger.product("Q");
        ledger.adjust(other, two.main(), Kind.SET, 10);
        ledger.adjust(other, two.second(), Kind.SET, 10);
        // The first location has everything of line b, but not of the order.
        ledger.apply(one(0, ordered(4), null).line("b", "Q", ordered(1)).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(3L, 0L, 3L), List.of(10L, 4L, 6L)));
        assertThat(ledger.figures(other, two.second())).isEqualTo(List.of(10L, 1L, 9L));
    }

    @LedgerTest
    void elseSplit(TestLedger ledger) {
        Two two = Two.of(ledger, 3, 2);
        ledger.apply(one(0, ordered(4), null).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(3L, 3L, 0L), List.of(2L, 1L, 1L)));
        assertThat(ledger.order("1").lines().get(0).oversold()).isFalse();

        ledger.apply(one(1, new LineCounts(4, 0, 0, 4, 0), null).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(0L, 0L, 0L), List.of(1L, 0L, 1L)));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void whatNobodyCanCoverIsBookedWhereMostStockIs(TestLedger ledger) {
        Two two = Two.of(ledger, 2, 3);
        ledger.apply(one(0, ordered(9), null).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(2L, 2L, 0L), List.of(3L, 7L, -4L)));
        OrderView.Line line = ledger.order("1").lines().get(0);
        assertThat(line.oversold()).isTrue();
        assertThat(ledger.inventory().stock(two.product()).forSale()).isZero();
    }

    @LedgerTest
    void unitsAreFreedWhereTheyWerePlacedLast(TestLedger ledger) {
        Two two = Two.of(ledger, 3, 2);
        ledger.apply(one(0, ordered(5), null).snapshot());
        ledger.apply(one(1, new LineCounts(5, 2, 0, 0, 0), null).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(3L, 3L, 0L), List.of(2L, 0L, 2L)));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void unitsLeaveAndComeBackWhereTheStoreSays(TestLedger ledger) {
        Two two = Two.of(ledger, 10, 10);
        ledger.apply(one(0, ordered(4), "at-" + two.main()).snapshot());
        Move sent = new Move(Move.Kind.FULFILLED, 3, two.atSecond(), null);
        ledger.apply(
                one(1, new LineCounts(4, 0, 0, 3, 0), "at-" + two.main(), sent).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(10L, 1L, 9L), List.of(7L, 0L, 7L)));

        Move back = new Move(Move.Kind.RETURNED, 1, "at-" + two.main(), null);
        ledger.apply(one(2, new LineCounts(4, 0, 0, 3, 2), "at-" + two.main(), sent, back)
                .snapshot());
        // One where the store says, the other from where it was sent.
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(11L, 1L, 10L), List.of(8L, 0L, 8L)));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void anOrderThatTheStoreAssignsElsewhereMovesItsBooking(TestLedger ledger) {
        Two two = Two.of(ledger, 10, 10);
        ledger.apply(one(0, ordered(4), "at-" + two.main()).snapshot());
        ledger.apply(one(1, ordered(4), two.atSecond()).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(10L, 0L, 10L), List.of(10L, 4L, 6L)));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aLocationThatIsNotMappedIsAsGoodAsNone(TestLedger ledger) {
        Two two = Two.of(ledger, 10, 10);
        ledger.catalogue().mapStoreLocation(TestLedger.SHOP, two.atSecond(), Set.of(), TestLedger.ACTOR);
        ledger.apply(one(0, ordered(4), two.atSecond()).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(10L, 4L, 6L), List.of(10L, 0L, 10L)));
    }

    @LedgerTest
    void aStoreLocationThatStandsForSeveralIsBookedAtTheFirstThatHasEverything(TestLedger ledger) {
        Two two = Two.of(ledger, 3, 10);
        ledger.catalogue()
                .mapStoreLocation(
                        TestLedger.SHOP, "at-" + two.main(), Set.of(two.main(), two.second()), TestLedger.ACTOR);
        ledger.apply(one(0, ordered(4), "at-" + two.main()).snapshot());
        assertThat(two.figures(ledger)).isEqualTo(List.of(List.of(3L, 0L, 3L), List.of(10L, 4L, 6L)));
    }

    @LedgerTest
    void applyingTheSameStateAgainMovesNothingThoughStockMovedMeanwhile(TestLedger ledger) {
        Two two = Two.of(ledger, 3, 2);
        ledger.apply(one(0, ordered(5), null).snapshot());
        List<List<Long>> before = two.figures(ledger);
        // A newer version with the same counts, and another title: nothing is allotted anew.
        ledger.adjust(two.product(), two.main(), Kind.ADD, 100);
        ledger.apply(one(1, ordered(5), null).unpaid().snapshot());
        assertThat(ledger.figures(two.product(), two.main()))
                .isEqualTo(List.of(103L, before.get(0).get(1), 100L));
        assertThat(ledger.figures(two.product(), two.second())).isEqualTo(before.get(1));
    }

    // --- mapping -----------------------------------------------------------------------------------------------------

    private static StoreLocationMapping reported(String code) {
        return new StoreLocationMapping(TestLedger.SHOP, code, "Place " + code, true, Set.of());
    }

    @LedgerTest
    void aStoresFirstLocationIsMappedToTheDefaultOneAndOthersStayUnmapped(TestLedger ledger) {
        ledger.catalogue().reportStoreLocations(TestLedger.SHOP, List.of(reported("x"), reported("y")));
        assertThat(ledger.catalogue().storeLocations(TestLedger.SHOP))
                .extracting(StoreLocationMapping::storeLocation, StoreLocationMapping::locations)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("x", Set.of(ledger.main())),
                        org.assertj.core.groups.Tuple.tuple("y", Set.of()));
        ledger.told();
        ledger.catalogue().reportStoreLocations(TestLedger.SHOP, List.of(reported("x"), reported("y")));
        assertThat(ledger.told()).isEmpty();
    }

    @LedgerTest
    void aLocationThatIsNoLongerReportedKeepsItsMappingForItsReturn(TestLedger ledger) {
        ledger.catalogue().reportStoreLocations(TestLedger.SHOP, List.of(reported("x"), reported("y")));
        ledger.catalogue().reportStoreLocations(TestLedger.SHOP, List.of(reported("y")));
        assertThat(ledger.catalogue().storeLocations(TestLedger.SHOP))
                .extracting(StoreLocationMapping::storeLocation)
                .containsExactly("y");
        ledger.catalogue().reportStoreLocations(TestLedger.SHOP, List.of(reported("x"), reported("y")));
        assertThat(ledger.catalogue().storeLocations(TestLedger.SHOP).get(0).locations())
                .containsExactly(ledger.main());
    }

    @LedgerTest
    void mappingNamesWhatDoesNotExist(TestLedger ledger) {
        ledger.catalogue().reportStoreLocations(TestLedger.SHOP, List.of(reported("x")));
        assertThatThrownBy(() ->
                        ledger.catalogue().mapStoreLocation(TestLedger.SHOP, "nowhere", Set.of(), TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> ledger.catalogue()
                        .mapStoreLocation(TestLedger.SHOP, "x", Set.of(new LocationId(999_999)), TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("999999");
    }

    @LedgerTest
    void thereIsAlwaysADefaultLocationAndItIsListedFirst(TestLedger ledger) {
        LocationId attic = ledger.location("Attic");
        assertThat(ledger.catalogue().locations()).extracting(Location::id).containsExactly(ledger.main(), attic);
        assertThatThrownBy(() -> ledger.location(" ATTIC "))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConflictException.Reason.EXISTS));
    }
}
