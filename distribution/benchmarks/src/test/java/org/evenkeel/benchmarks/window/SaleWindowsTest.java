package org.evenkeel.benchmarks.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SaleWindowsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SaleWindows windows = new SaleWindows(3, new long[] {5});

    private static Instant after(int seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void aWindowEndsWhenTheLastOtherStoreWasTold() {
        windows.sold(0, 0, 1, START);
        windows.told(1, 0, 1, after(2));
        assertThat(windows.open()).isEqualTo(1);
        windows.told(2, 0, 1, after(7));

        assertThat(windows.open()).isZero();
        assertThat(windows.lengths().longest()).isEqualTo(Duration.ofSeconds(7));
        assertThat(windows.figure(1, 0)).isEqualTo(4);
    }

    @Test
    void whatAStoreSoldItselfIsNotTakenForWhatItWasTold() {
        windows.sold(0, 0, 1, START);
        windows.sold(1, 0, 1, after(1));
        windows.told(2, 0, 2, after(2));
        assertThat(windows.open()).isEqualTo(2);
        windows.told(0, 0, 1, after(3));
        windows.told(1, 0, 1, after(4));

        assertThat(windows.lengths().count()).isEqualTo(2);
        assertThat(windows.lengths().longest()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whereNothingIsOnSaleNobodyNeedsToBeTold() {
        windows.sold(0, 0, 5, START);
        windows.sold(1, 0, 5, after(1));
        windows.told(2, 0, 5, after(2));

        assertThat(windows.open()).isZero();
        assertThat(windows.oversold()).isEqualTo(5);
        assertThat(windows.lengths().count()).isEqualTo(2);
    }

    @Test
    void aFigureThatIsRaisedThoughNothingCameInIsCounted() {
        windows.sold(0, 0, 2, START);
        windows.told(0, 0, -2, after(1));

        assertThat(windows.unitsRaised()).isEqualTo(2);
        assertThat(windows.figure(0, 0)).isEqualTo(5);
    }
}
