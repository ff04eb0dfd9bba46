package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.junit.jupiter.api.Test;

/** From an order's placing to the last push elsewhere that it caused. */
class OversellWindowsTest {
    private static final StoreId SHOP = new StoreId("shop");
    private static final StoreId NORTH = new StoreId("north");
    private static final StoreId SOUTH = new StoreId("south");
    private static final ProductId A = new ProductId(1);
    private static final ProductId B = new ProductId(2);
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private Instant now = START;
    private final List<OversellWindows.Closed> closed = new ArrayList<>();
    private final OversellWindows windows = new OversellWindows(() -> now, closed::add);

    private void at(int second) {
        now = START.plusSeconds(second);
    }

    private OversellWindows.Open sold(int placedAt, Set<ProductId> products) {
        return windows.sold(SHOP, new Sale(START.plusSeconds(placedAt), products), Set.of(NORTH, SOUTH))
                .orElseThrow();
    }

    private List<Duration> lengths() {
        return closed.stream().map(OversellWindows.Closed::length).toList();
    }

    @Test
    void aWindowEndsWithTheLastPushThatTheOrderCaused() {
        at(5);
        sold(0, Set.of(A, B));
        at(6);
        windows.acknowledged(NORTH, Set.of(A, B));
        windows.acknowledged(SOUTH, Set.of(A));
        assertThat(closed).isEmpty();
        at(9);
        windows.acknowledged(SOUTH, Set.of(B));

        assertThat(lengths()).containsExactly(Duration.ofSeconds(9));
        assertThat(windows.oldest(SHOP)).isEmpty();
    }

    @Test
    void ordersThatOverlapHaveTheirOwnWindows() {
        sold(0, Set.of(A));
        at(3);
        windows.acknowledged(NORTH, Set.of(A));
        sold(2, Set.of(B));
        assertThat(windows.oldest(SHOP)).contains(START);
        at(4);
        windows.acknowledged(SOUTH, Set.of(A, B));
        at(7);
        windows.acknowledged(NORTH, Set.of(B));

        assertThat(lengths()).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void whatOtherProductsNeedDoesNotLengthenIt() {
        sold(0, Set.of(A));
        at(2);
        windows.acknowledged(NORTH, Set.of(A));
        windows.acknowledged(SOUTH, Set.of(A));
        at(60);
        windows.acknowledged(SOUTH, Set.of(B));

        assertThat(lengths()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void aStoreThatDoesNotSellItOrHasNothingDueIsNotWaitedFor() {
        OversellWindows.Open first = sold(0, Set.of(A));
        at(1);
        windows.acknowledged(NORTH, Set.of(A));
        windows.sellers(first, Set.of(NORTH));
        assertThat(lengths()).containsExactly(Duration.ofSeconds(1));

        long before = windows.mark();
        sold(1, Set.of(A));
        at(3);
        windows.acknowledged(NORTH, Set.of(A));
        windows.level(SOUTH, before);
        assertThat(closed).as("it was asked before the order was known").hasSize(1);
        windows.level(SOUTH, windows.mark());
        assertThat(lengths()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void whereNothingWasSentThereIsNoWindow() {
        sold(0, Set.of(A));
        windows.level(NORTH, windows.mark());
        windows.level(SOUTH, windows.mark());

        assertThat(closed).isEmpty();
        assertThat(windows.oldest(SHOP)).isEmpty();
    }

    @Test
    void aStoreThatGoesAwayIsNotWaitedFor() {
        sold(0, Set.of(A));
        at(2);
        windows.acknowledged(NORTH, Set.of(A));
        windows.away(SOUTH);

        assertThat(lengths()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void aStoreOfAnotherHostIsLevelByWhatTheLedgerSays() {
        sold(0, Set.of(A));
        long asked = windows.mark();
        sold(1, Set.of(A));
        windows.acknowledged(NORTH, Set.of(A));
        assertThat(windows.waiting(SOUTH::equals))
                .containsExactlyInAnyOrderEntriesOf(java.util.Map.of(A, Set.of(SOUTH)));

        windows.level(SOUTH, A, START.plusSeconds(4), asked);
        assertThat(lengths())
                .as("the second was sold after the ledger was asked")
                .containsExactly(Duration.ofSeconds(4));
        windows.unawaited(SOUTH);
        assertThat(windows.oldest(SHOP)).isEmpty();
    }

    @Test
    void whatLastsADayIsTakenAsHavingEnded() {
        sold(0, Set.of(A));
        now = START.plus(Duration.ofDays(1));
        assertThat(windows.oldest(SHOP)).contains(START);
        now = now.plusSeconds(1);
        assertThat(windows.oldest(SHOP)).isEmpty();
        assertThat(lengths()).containsExactly(Duration.ofDays(1).plusSeconds(1));
    }

    @Test
    void theMemoryIsBounded() {
        for (int i = 0; i < 10_001; i++) {
            sold(i, Set.of(A));
        }
        assertThat(windows.oldest(SHOP)).contains(START.plusSeconds(1));
    }
}
