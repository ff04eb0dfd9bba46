package org.evenkeel.benchmarks.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A few orders through the distribution as a process: every other shop is told of each. How soon is not judged here. */
class HostTimeTest {
    @Test
    void everyOtherShopIsTold() throws Exception {
        int orders = 5;
        Outcome outcome = new SyncInHostTime(3, 3, orders, Duration.ofMillis(100), 1).run();

        assertThat(outcome.orders()).isEqualTo(orders);
        assertThat(outcome.windows().count()).isEqualTo(orders);
        assertThat(outcome.raised()).isZero();
    }
}
