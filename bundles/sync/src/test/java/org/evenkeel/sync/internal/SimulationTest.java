package org.evenkeel.sync.internal;

import java.util.ArrayList;
import java.util.List;
import org.evenkeel.sync.internal.testing.Story;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Stores of all kinds with buyers, edits, faults and late orders, and a host that crashes between any two effects, in virtual
 * time: whatever happened, in the end every order is booked once and every store is level. A seed decides everything; the
 * property {@code seed} runs one alone, {@code seeds} so many.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 20);
    private static final int PER_TEST = 10;

    @TestFactory
    List<DynamicTest> everyOrderIsBookedOnceAndEveryStoreIsLevelOnceQuiet() {
        Long one = Long.getLong("seed");
        if (one != null) {
            return List.of(DynamicTest.dynamicTest("seed " + one, () -> new Story(one).run()));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (int from = 0; from < SEEDS; from += PER_TEST) {
            int first = from;
            int last = Math.min(SEEDS, from + PER_TEST) - 1;
            tests.add(DynamicTest.dynamicTest("seeds " + first + " to " + last, () -> {
                for (long seed = first; seed <= last; seed++) {
                    new Story(seed).run();
                }
            }));
        }
        return tests;
    }
}
