package org.evenkeel.benchmarks.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with few listings. It checks by itself what is planned, applied and undone. */
class PlanTimesTest {
    @Test
    void aStoreIsTurnedOnAndUndonePhaseByPhase(@TempDir Path folder) throws Exception {
        try (TestDatabase database = TestDatabases.derby()) {
            PlanTimes.Taken taken = new PlanTimes(600, words -> {}).run(database.database(), folder);

            assertThat(taken.millis()).containsOnlyKeys(PlanTimes.Phase.values());
        }
    }
}
