package org.evenkeel.sync.internal;

import java.util.ArrayList;
import java.util.List;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.sync.internal.testing.RealBooks;
import org.evenkeel.sync.internal.testing.Story;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Stores of all kinds with buyers, edits, faults and late orders, and a host that crashes between any two effects, in virtual
 * time: whatever happened, in the end every order is booked once and every store is level. A seed decides everything; the
 * property {@code seed} runs one alone, {@code seeds} so many.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 300);
    private static final int REAL_SEEDS = Integer.getInteger("real.seeds", 4);
    private static final int PER_TEST = 50;

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

    /** The same stories on the real ledger; the property {@code real.seeds} tells how many. */
    @Test
    void soItIsOnTheRealLedger() {
        try (TestDatabase database = TestVendor.DERBY.open();
                RealBooks books = new RealBooks(database.database())) {
            for (int seed = 0; seed < REAL_SEEDS; seed++) {
                World world = new World(seed, books);
                books.time(world.time);
                books.effects(() -> {}, () -> {});
                new Story(seed, "-" + seed, world).run();
            }
        }
    }
}
