package org.evenkeel.benchmarks.throughput;

import java.util.Locale;
import org.evenkeel.benchmarks.Machine;
import org.evenkeel.benchmarks.Options;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;

/** The throughput as a program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options()
                .numbers("stores", "3")
                .numbers("listings", "100000")
                .numbers("heap", "512")
                .words("database", "derby", "postgresql");
        try {
            options.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        int stores = options.number("stores");
        int listings = options.number("listings");
        System.out.printf(
                "Throughput: %d stores with %d listings each, %s, heap of the host %d MB. %s%n",
                stores, listings, options.word("database"), options.number("heap"), Machine.words());
        Throughput throughput = new Throughput(stores, listings, options.number("heap"), System.out::println);
        Throughput.Result result;
        if (options.word("database").equals("postgresql")) {
            try (TestDatabase database = TestDatabases.postgres()) {
                result = throughput.run(database);
            }
        } else {
            result = throughput.run(null);
        }
        System.out.println("  a hundredth changed, as a share of the first sync: "
                + result.changed().shareOf(result.first()));
        System.out.println("  nothing changed, as a share of the first sync:     "
                + result.unchanged().shareOf(result.first()));
        System.out.printf(
                Locale.ROOT,
                "  first sync: %.0f listings/s; %s; load average at the end %s%n",
                (double) stores * listings / result.first().wall().toMillis() * 1000,
                result.heap().words(),
                Machine.load());
    }
}
