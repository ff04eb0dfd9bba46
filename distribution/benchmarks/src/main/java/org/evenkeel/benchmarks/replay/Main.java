package org.evenkeel.benchmarks.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.stream.Stream;
import org.evenkeel.database.testing.PostgresUnavailableException;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;

/** The replay as a program. */
public final class Main {
    private static final String USAGE = "Options: --lines <how many lines of the file at most; default all>"
            + "  --database <derby (in a temporary folder; the default) or postgresql (a server of its own)>";

    private int lines = Integer.MAX_VALUE;
    private boolean postgresql;

    private Main() {}

    /** Ends with 0 when everything is as the oracle says, with 1 when not, and with 2 when it could not be run. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Main main = new Main();
        String wrong = main.read(Arrays.asList(arguments).iterator());
        if (wrong != null) {
            System.err.println(wrong + "\n" + USAGE);
            System.exit(2);
        }
        Path file = OrderFile.find().orElse(null);
        if (file == null) {
            System.err.println(OrderFile.missing());
            System.exit(2);
        }
        try {
            System.exit(main.run(file, System.out) ? 0 : 1);
        } catch (PostgresUnavailableException e) {
            System.err.println("No PostgreSQL can be started here: " + e.getMessage());
            System.exit(2);
        }
    }

    /** @return what is wrong with the options; null when nothing is */
    private String read(Iterator<String> options) {
        while (options.hasNext()) {
            String option = options.next();
            if (!options.hasNext()) {
                return option + " names no value.";
            }
            String value = options.next();
            if (option.equals("--lines") && value.matches("[1-9]\\d{0,8}")) {
                lines = Integer.parseInt(value);
            } else if (option.equals("--database") && (value.equals("derby") || value.equals("postgresql"))) {
                postgresql = value.equals("postgresql");
            } else {
                return option + " " + value + " is unknown.";
            }
        }
        return null;
    }

    private boolean run(Path file, PrintStream out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("evenkeel-replay");
        try (TestDatabase database =
                postgresql ? TestDatabases.postgres() : TestDatabases.derby(folder.resolve("database"))) {
            Report report = new Replay(file, lines, out::println).run(database.database(), folder);
            out.println(report.words());
            return report.problems().isEmpty();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
