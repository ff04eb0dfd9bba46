package org.evenkeel.sync;

import java.time.Duration;
import java.util.Objects;
import org.evenkeel.ledger.InvalidInputException;

/**
 * How one store is kept level, where that differs from the others.
 *
 * @param interval between two scheduled runs, before jitter, one minute to one day; null for the configuration's
 * @param drift what becomes of figures that somebody changed in the store
 * @param shadow whether all is pulled, computed and shown, and nothing is sent
 * @param guardShare the largest share of the store's listings that may vanish or fall to 0 at once, in basis points, 1 to
 *     10 000; null for the configuration's
 * @param windowAlarm an oversell window above this is an alarm, one second to one day; null for {@link
 *     #WINDOW_ALARM}
 */
public record StoreSettings(Duration interval, Drift drift, boolean shadow, Integer guardShare, Duration windowAlarm) {
    private static final Duration DAY = Duration.ofDays(1);

    /** Above this an oversell window is an alarm where a store says nothing else: more than a round of the schedule. */
    public static final Duration WINDOW_ALARM = Duration.ofMinutes(15);

    /** As every store is kept before somebody says otherwise. */
    public static final StoreSettings DEFAULT = new StoreSettings(null, Drift.OVERWRITE, false, null, null);

    /** @throws InvalidInputException when a value is out of its range; it names the value and the range */
    public StoreSettings {
        Objects.requireNonNull(drift, "drift");
        within("interval", "The time between two runs", interval, Duration.ofMinutes(1), "one minute");
        within("windowAlarm", "The bound of the oversell window", windowAlarm, Duration.ofSeconds(1), "one second");
        if (guardShare != null && (guardShare < 1 || guardShare > 10_000)) {
            throw new InvalidInputException(
                    "guardShare",
                    "The guard's share is 1 to 10000 basis points (0.01 % to 100 %), not " + guardShare + ".");
        }
    }

    /** Above this an oversell window is an alarm: the store's own bound, or the one of all stores. Never null. */
    public Duration windowBound() {
        return windowAlarm == null ? WINDOW_ALARM : windowAlarm;
    }

    private static void within(String field, String name, Duration value, Duration least, String words) {
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(DAY) > 0)) {
            throw new InvalidInputException(
                    field, name + " is " + words + " to one day, not " + value.toSeconds() + " s.");
        }
    }
}
