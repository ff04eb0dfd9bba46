package org.evenkeel.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The count on small batches. It checks by itself that every figure arrived. */
class PushCallsTest {
    @Test
    void whatWaitsGoesInFullBatches(@TempDir Path folder) throws Exception {
        try (TestDatabase database = TestDatabases.derby()) {
            List<PushCalls.Counted> all =
                    new PushCalls(List.of(1, PushCalls.BATCH + 1), words -> {}).run(database.database(), folder);

            assertThat(all)
                    .hasSize(6)
                    .allSatisfy(counted -> assertThat(counted.pushes())
                            .as(PushCalls.words(counted))
                            .isEqualTo(counted.least()));
        }
    }
}
