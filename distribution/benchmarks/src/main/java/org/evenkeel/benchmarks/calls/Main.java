package org.evenkeel.benchmarks.calls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.evenkeel.benchmarks.Folders;
import org.evenkeel.benchmarks.Machine;
import org.evenkeel.benchmarks.Options;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;

/** The count of push calls as a program. */
public final class Main {
    private static final double TARGET = 1.05;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options =
                new Options().numbers("sizes", "1,250,251,1000,5000,10000").words("database", "derby", "postgresql");
        try {
            options.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.out.println("Calls for figures that wait, in batches of " + PushCalls.BATCH + ". " + Machine.words());
        Path folder = Folders.temporary("calls");
        try (TestDatabase database = options.word("database").equals("postgresql")
                ? TestDatabases.postgres()
                : TestDatabases.derby(folder.resolve("database"))) {
            List<PushCalls.Counted> all =
                    new PushCalls(options.numbers("sizes"), System.out::println).run(database.database(), folder);
            double worst =
                    all.stream().mapToDouble(PushCalls.Counted::ratio).max().orElse(1);
            System.out.printf(
                    "Highest ratio to the least possible: %.3f (aim: at most %.2f). Load average at the end %s%n",
                    worst, TARGET, Machine.load());
        } finally {
            Folders.delete(folder);
        }
    }
}
