package org.evenkeel.benchmarks.window;

import java.time.Duration;
import java.util.Locale;
import org.evenkeel.benchmarks.Machine;
import org.evenkeel.benchmarks.Options;
import org.evenkeel.sync.internal.lane.Settings;

/** The oversell window as a program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options()
                .words("clock", "both", "protocol", "host")
                .numbers("stores", "3,20")
                .numbers("wishes", "14000")
                .numbers("products", "1000")
                .numbers("hours", "3")
                .numbers("host-products", "1000")
                .numbers("host-orders", "600")
                .numbers("host-millis", "1000")
                .numbers("seed", "1");
        try {
            options.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.out.println("Oversell window. " + Machine.words());
        for (int stores : options.numbers("stores")) {
            if (!options.word("clock").equals("host")) {
                protocol(options, stores);
            }
            if (!options.word("clock").equals("protocol")) {
                host(options, stores);
            }
        }
    }

    private static void host(Options options, int stores) throws Exception {
        Duration every = Duration.ofMillis(options.number("host-millis"));
        int orders = options.number("host-orders");
        System.out.printf(
                "%n%d stores, host time (the distribution as a process, an order every %d ms on average, load average"
                        + " %s):%n",
                stores, every.toMillis(), Machine.load());
        Outcome outcome = new SyncInHostTime(
                        stores, options.number("host-products"), orders, every, options.number("seed"))
                .run();
        System.out.println("  sync, webhooks           " + outcome.words());
        System.out.printf(
                Locale.ROOT,
                "    p99 to the aim of 1 s: %.3f; to the nine minutes of the naive loop: %.5f; load average %s%n",
                outcome.windows().percentile(99).toMillis() / 1000.0,
                (double) outcome.windows().percentile(99).toMillis() / NaiveLoop.EVERY.toMillis(),
                Machine.load());
    }

    private static void protocol(Options options, int stores) {
        long seed = options.number("seed");
        Demand demand = Demand.of(
                seed,
                stores,
                options.number("products"),
                options.number("wishes"),
                Duration.ofHours(options.number("hours")));
        System.out.printf("%n%d stores, protocol time (every message takes 20 to 220 ms; seed %d):%n", stores, seed);
        Outcome naive = new NaiveLoop(demand, stores, seed).run();
        System.out.println("  naive loop, every 9 min  " + naive.words());
        for (News news : News.values()) {
            long began = System.nanoTime();
            Outcome outcome = new SyncInVirtualTime(demand, stores, news, seed).run();
            System.out.printf(
                    Locale.ROOT,
                    "  %-24s %s%n    ratio to the naive loop: oversold units %.4f, p99 %.5f; took %d s, load average %s%n",
                    news.title,
                    outcome.words(),
                    naive.oversold() == 0 ? 0 : outcome.oversoldPer10000() / naive.oversoldPer10000(),
                    (double) outcome.windows().percentile(99).toMillis()
                            / naive.windows().percentile(99).toMillis(),
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    Machine.load());
            if (news != News.WEBHOOKS) {
                System.out.printf(
                        Locale.ROOT,
                        "    longest window to one poll interval: %.3f%n",
                        (double) outcome.windows().longest().toMillis()
                                / Settings.DEFAULT.interval().toMillis());
            }
        }
    }
}
