package org.evenkeel.benchmarks.throughput;

import java.time.Duration;
import java.util.Locale;

/**
 * What a part of a run took.
 *
 * @param wall time of the clock on the wall
 * @param host processor time of the host's process
 * @param shops processor time of the process with the simulated shops
 * @param figures how many figures were set in shops
 * @param pushes calls that set figures
 * @param calls all calls to the shops
 * @param transactions of the database, committed; -1 where it does not tell
 */
record Measured(
        Duration wall, Duration host, Duration shops, long figures, long pushes, long calls, long transactions) {

    Measured minus(Measured before) {
        return new Measured(
                wall.minus(before.wall),
                host.minus(before.host),
                shops.minus(before.shops),
                figures - before.figures,
                pushes - before.pushes,
                calls - before.calls,
                transactions < 0 ? -1 : transactions - before.transactions);
    }

    String words() {
        return String.format(
                Locale.ROOT,
                "%.1f s (processor: host %.1f s, simulated shops %.1f s); %d figures set by %d calls, %d calls in all%s",
                wall.toMillis() / 1000.0,
                host.toMillis() / 1000.0,
                shops.toMillis() / 1000.0,
                figures,
                pushes,
                calls,
                transactions < 0 ? "" : ", " + transactions + " transactions");
    }

    /** Each figure as a share of another's. */
    String shareOf(Measured all) {
        return String.format(
                Locale.ROOT,
                "time %.4f, processor time of the host %.4f, figures %.4f, push calls %.4f, calls %.4f%s",
                share(wall.toNanos(), all.wall.toNanos()),
                share(host.toNanos(), all.host.toNanos()),
                share(figures, all.figures),
                share(pushes, all.pushes),
                share(calls, all.calls),
                transactions < 0
                        ? ""
                        : String.format(Locale.ROOT, ", transactions %.4f", share(transactions, all.transactions)));
    }

    private static double share(long part, long all) {
        return all == 0 ? 0 : (double) part / all;
    }
}
