package org.evenkeel.benchmarks.window;

import java.util.Locale;
import org.evenkeel.benchmarks.Lengths;

/**
 * What came of a demand.
 *
 * @param windows how long sold units stayed on sale elsewhere
 * @param orders how many orders buyers placed
 * @param oversold units that were sold and that nobody has
 * @param raised units by which pushes raised figures, though nothing ever came in
 */
record Outcome(Lengths windows, long orders, long oversold, long raised) {
    static Outcome of(SaleWindows windows) {
        return new Outcome(windows.lengths(), windows.orders(), windows.oversold(), windows.unitsRaised());
    }

    double oversoldPer10000() {
        return orders == 0 ? 0 : oversold * 10_000.0 / orders;
    }

    String words() {
        return String.format(
                Locale.ROOT,
                "%s; %d orders, %d units oversold (%.1f per 10,000 orders), %d units put back on sale by pushes",
                windows.words(),
                orders,
                oversold,
                oversoldPer10000(),
                raised);
    }
}
