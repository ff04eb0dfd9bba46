package org.evenkeel.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The beginning of the file, played through shops, connector, sync and ledger and back into every shop. */
class ReplayTest {
    /** Two days: with returns, corrections, oversold products, and lines that are no goods. */
    private static final int LINES = 4_000;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void afterTwoDaysEveryShopIsLevelAndTheLedgerIsAsTheFileSays(@TempDir Path folder) throws Exception {
        Path file = RealOrders.file();

        try (TestDatabase database = TestDatabases.derby(folder.resolve("database"))) {
            Report report = new Replay(file, LINES, System.out::println).run(database.database(), folder);

            System.out.println(report.words());
            assertThat(report.problems()).isEmpty();
            assertThat(report.lines()).isEqualTo(LINES);
            assertThat(report.orders()).isPositive();
            assertThat(report.returns()).isPositive();
            assertThat(report.corrections()).isPositive();
            assertThat(report.oversold()).isPositive();
        }
    }
}
