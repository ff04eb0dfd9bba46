package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderSnapshot.Move;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.OrderView.State;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.UnmatchedLine;

/** Order lines that wait for their product. */
class InboxTest {
    private static final PageRequest FIRST = new PageRequest(0, 50);
    private static final OrderKey KEY = new OrderKey(TestLedger.SHOP, "1");

    private static AnOrder one(int version, LineCounts counts, Move... moves) {
        return AnOrder.of("1").version(version).line("a", "NEW", counts, moves);
    }

    private static List<UnmatchedLine> waiting(TestLedger ledger) {
        return ledger.orders().unmatched(FIRST).items();
    }

    @LedgerTest
    void aLineWithAnUnknownSkuWaitsAndIsBookedWhenItsProductAppears(TestLedger ledger) {
        ledger.apply(one(0, new LineCounts(4, 0, 0, 1, 0)).snapshot());
        assertThat(waiting(ledger)).singleElement().satisfies(line -> {
            assertThat(line.order()).isEqualTo(KEY);
            assertThat(line.sku()).isEqualTo("NEW");
            assertThat(line.candidate()).isNull();
        });
        assertThat(ledger.order("1").state()).isEqualTo(State.OPEN);

        ProductId product = ledger.product("new");
        assertThat(waiting(ledger)).isEmpty();
        assertThat(ledger.figures(product)).isEqualTo(List.of(-1L, 3L, -4L));
        assertThat(ledger.order("1").lines().get(0).match()).isEqualTo(Match.MATCHED);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aLineThatIsCancelledWaitsNoLonger(TestLedger ledger) {
        ledger.apply(one(0, ordered(4)).snapshot());
        ledger.apply(one(1, new LineCounts(4, 4, 0, 0, 0)).snapshot());
        assertThat(waiting(ledger)).isEmpty();
    }

    @LedgerTest
    void aPersonMapsALineAndItKeepsThatProduct(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4)).snapshot());
        OrderView order = ledger.orders().map(KEY, "a", product, "user:mapper");
        assertThat(ledger.journal()
                        .movements(new Journal.Query(product, null, null, KEY), FIRST)
                        .items())
                .extracting(Movement::actor)
                .containsExactly("user:mapper");
        assertThat(order.lines().get(0).product()).isEqualTo(product);
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 4L, 46L));

        ledger.product("NEW");
        ledger.apply(one(1, ordered(5)).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(50L, 5L, 45L));
        assertThatThrownBy(() -> ledger.orders().map(KEY, "a", product, TestLedger.ACTOR))
                .isInstanceOf(ConflictException.class);
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void mappingNamesWhatDoesNotExist(TestLedger ledger) {
        ProductId product = ledger.product("P", 50);
        ledger.apply(one(0, ordered(4)).snapshot());
        assertThatThrownBy(() -> ledger.orders().map(KEY, "b", product, TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ledger.orders().map(KEY, "a", new ProductId(999_999), TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() ->
                        ledger.orders().map(new OrderKey(TestLedger.SHOP, "none"), "a", product, TestLedger.ACTOR))
                .isInstanceOf(NotFoundException.class);
    }

    @LedgerTest
    void whereACountIsYoungerThanTheFulfilmentAPersonIsAsked(TestLedger ledger) {
        Instant sent = Instant.parse("2026-03-02T08:00:00Z");
        ledger.setTime(Instant.parse("2026-03-02T10:00:00Z"));
        LineCounts counts = new LineCounts(4, 0, 0, 3, 0);
        Move move = new Move(Move.Kind.FULFILLED, 3, null, sent);
        ledger.apply(one(0, counts, move).snapshot());
        ProductId product = ledger.product("P", 20);

        // The shelf was counted after three had left: taking them off once more would count them twice.
        ledger.orders().map(KEY, "a", product, TestLedger.ACTOR);
        assertThat(ledger.figures(product)).isEqualTo(List.of(20L, 1L, 19L));
        ledger.apply(one(1, new LineCounts(4, 0, 0, 4, 0), move).snapshot());
        assertThat(ledger.figures(product)).isEqualTo(List.of(19L, 0L, 19L));
        ledger.assertBooksAreRight();
    }

    @LedgerTest
    void aLineWhoseProductWasCountedSinceGoesOnWaitingWithItsCandidate(TestLedger ledger) {
        // The product is known by another code until it is counted; then a listing's code is corrected.
        Instant sent = Instant.parse("2026-03-02T08:00:00Z");
        LineCounts counts = new LineCounts(4, 0, 0, 3, 0);
        Move move = new Move(Move.Kind.FULFILLED, 3, null, sent);
        ledger.apply(one(0, counts, move).snapshot());
        ProductId product = ledger.product("OTHER", 20);
        ledger.sql("update product set sku = 'NEW', canonical = 'NEW', folded = 'new', claim = 'new'");

        ledger.apply(one(1, counts, move).unpaid().snapshot());
        assertThat(waiting(ledger))
                .singleElement()
                .satisfies(line -> assertThat(line.candidate()).isEqualTo(product));
        assertThat(ledger.figures(product)).isEqualTo(List.of(20L, 0L, 20L));

        // A count from before the units left asks nothing.
        Move later = new Move(
                Move.Kind.FULFILLED,
                3,
                null,
                Instant.parse("2026-03-02T09:00:00Z").plus(Duration.ofDays(1)));
        ledger.apply(one(2, counts, later).snapshot());
        assertThat(waiting(ledger)).isEmpty();
        assertThat(ledger.figures(product)).isEqualTo(List.of(17L, 1L, 16L));
    }

    @LedgerTest
    void aRecordedOrderAsksForNoProduct(TestLedger ledger) {
        ledger.apply(AnOrder.of("1")
                .placed(TestLedger.TURNED_ON.minus(Duration.ofDays(1)))
                .line("a", "NEW", ordered(4))
                .snapshot());
        assertThat(waiting(ledger)).isEmpty();
    }

    @LedgerTest
    void theInboxIsOldestFirst(TestLedger ledger) {
        ledger.apply(one(0, ordered(1)).snapshot());
        ledger.apply(AnOrder.of("2").line("a", "NEWER", ordered(1)).snapshot());
        assertThat(waiting(ledger)).extracting(UnmatchedLine::sku).containsExactly("NEW", "NEWER");
        assertThat(ledger.orders().unmatched(new PageRequest(1, 1)).items())
                .extracting(UnmatchedLine::sku)
                .containsExactly("NEWER");
    }
}
