package org.evenkeel.benchmarks.plans;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.evenkeel.benchmarks.Folders;
import org.evenkeel.benchmarks.Machine;
import org.evenkeel.benchmarks.Options;
import org.evenkeel.benchmarks.plans.PlanTimes.Phase;
import org.evenkeel.benchmarks.plans.PlanTimes.Taken;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;

/** The times of plans as a program: a small store and a tenth of the large one are the baselines. */
public final class Main {
    private static final int SMALL = 1_000;
    private static final int TENTH = 10;
    private static final int HUNDRED = 100;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options().numbers("listings", "100000").words("database", "derby", "postgresql");
        try {
            options.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        int most = Math.max(SMALL, options.number("listings") / HUNDRED * HUNDRED);
        System.out.printf(
                "Plans of stores with up to %d listings, %s. %s%n", most, options.word("database"), Machine.words());
        // Once before it counts, so that the small store does not pay for what is compiled.
        take(SMALL, options, words -> {});
        List<Taken> all = new ArrayList<>();
        for (int listings : new TreeSet<>(List.of(SMALL, Math.max(SMALL, most / TENTH / HUNDRED * HUNDRED), most))) {
            UsedHeap.startAnew();
            System.out.println(listings + " listings");
            all.add(take(listings, options, words -> System.out.println("  " + words)));
            System.out.println("  " + UsedHeap.words());
        }
        ratios(all);
        System.out.println("Load average at the end " + Machine.load());
    }

    private static Taken take(int listings, Options options, Consumer<String> told) throws Exception {
        Path folder = Folders.temporary("plans");
        try (TestDatabase database = options.word("database").equals("postgresql")
                ? TestDatabases.postgres()
                : TestDatabases.derby(folder.resolve("database"))) {
            return new PlanTimes(listings, told).run(database.database(), folder);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void ratios(List<Taken> all) {
        Taken large = all.get(all.size() - 1);
        for (Taken small : all.subList(0, all.size() - 1)) {
            StringBuilder line = new StringBuilder(
                    "Cost of a listing at " + large.listings() + " over that at " + small.listings() + ":");
            for (Phase phase : Phase.values()) {
                if (phase.ofAll()) {
                    line.append(String.format(
                            Locale.ROOT, " %s %.2f;", phase.words, large.each(phase) / small.each(phase)));
                }
            }
            System.out.println(line);
        }
    }
}
