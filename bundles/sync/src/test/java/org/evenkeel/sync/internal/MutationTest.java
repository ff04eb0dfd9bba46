package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.evenkeel.sync.internal.simulation.Mutants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bugs that a sync is prone to, planted one by one: the simulation must find each within the seeds that {@link SimulationTest}
 * passes without them.
 */
class MutationTest {
    private static final int SEEDS = 60;

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFound(Mutants bug) {
        assertThat(bug.seeds().limit(SEEDS).filter(seed -> isFound(bug, seed)).findFirst())
                .as("%s is found within %s seeds", bug, SEEDS)
                .isPresent();
    }

    private static boolean isFound(Mutants bug, long seed) {
        Optional<String> said = bug.run(seed);
        said.ifPresent(words ->
                System.out.println(bug + " is found with seed " + seed + ": " + words.replaceAll("\\s+", " ")));
        return said.isPresent();
    }
}
