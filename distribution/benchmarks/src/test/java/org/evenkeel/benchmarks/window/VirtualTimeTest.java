package org.evenkeel.benchmarks.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short demand. Each run checks by itself that all stores end level and that the books add up. */
class VirtualTimeTest {
    private static final int STORES = 3;

    private final Demand demand = Demand.of(1, STORES, 5, 60, Duration.ofMinutes(40));

    @Test
    void oneSeedIsOneDemand() {
        assertThat(Demand.of(1, STORES, 5, 60, Duration.ofMinutes(40)).wishes()).isEqualTo(demand.wishes());
        assertThat(Demand.of(2, STORES, 5, 60, Duration.ofMinutes(40)).wishes()).isNotEqualTo(demand.wishes());
    }

    @Test
    void theLoopTellsAllStoresInTheEnd() {
        Outcome outcome = new NaiveLoop(demand, STORES, 1).run();

        assertThat(outcome.orders()).isPositive();
        assertThat(outcome.windows().count()).isPositive();
    }

    @Test
    void theSyncNeverPutsBackOnSaleWhatWasSoldAndIsLevelWithWebhooksAndWithout() {
        Outcome hinted = new SyncInVirtualTime(demand, STORES, News.WEBHOOKS, 1).run();
        Outcome polled = new SyncInVirtualTime(demand, STORES, News.RUNS, 1).run();

        assertThat(hinted.raised() + polled.raised()).isZero();
        assertThat(hinted.windows().count()).isPositive();
        assertThat(polled.windows().count()).isPositive();
        // Not a time of this machine: the messages are given theirs.
        assertThat(hinted.windows().longest()).isLessThan(Duration.ofSeconds(10));
    }
}
