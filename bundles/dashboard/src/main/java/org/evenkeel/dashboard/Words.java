package org.evenkeel.dashboard;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.evenkeel.ledger.Movement;

/** Things of the ledger and the sync as a person reads them. */
public final class Words {
    /** The beginning that all ids of a protocol share, such as {@code gid://shopify/}. */
    private static final Pattern PROTOCOL = Pattern.compile("[a-z][a-z0-9+.-]*://[^/]*/");

    private static final long TENTHS_BELOW_MILLIS = 9_950;
    private static final long SECONDS_BELOW = 120;
    private static final long MINUTES_BELOW = 120;
    private static final long HOURS_BELOW = 48;

    private Words() {}

    /** What a movement belongs to: the same ids, without what is the same in all of them. */
    public static String reference(Movement.Reference reference) {
        return PROTOCOL.matcher(reference.id()).replaceAll("").replace("/", " / ");
    }

    /** A constant's name as words: {@code READ_BACK} is "read back". */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A time that something took, in two units at most: 0.4 s, 45 s, 3 min 20 s, 5 h 10 min, 3 d 4 h. */
    public static String of(Duration took) {
        if (took.toMillis() < TENTHS_BELOW_MILLIS) {
            long tenths = (took.toMillis() + 50) / 100;
            String whole = tenths == 0 && !took.isZero() ? "under 0.1" : Long.toString(tenths / 10);
            return whole + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
        }
        if (took.toSeconds() < SECONDS_BELOW) {
            return took.plusMillis(500).toSeconds() + " s";
        }
        if (took.toMinutes() < MINUTES_BELOW) {
            return both(took.toMinutes(), "min", took.toSecondsPart(), "s");
        }
        return took.toHours() < HOURS_BELOW
                ? both(took.toHours(), "h", took.toMinutesPart(), "min")
                : both(took.toDays(), "d", took.toHoursPart(), "h");
    }

    private static String both(long whole, String unit, int rest, String smaller) {
        return rest == 0 ? whole + " " + unit : whole + " " + unit + " " + rest + " " + smaller;
    }

    /** A share of 10,000 as per cent: 20 %, 12.5 %. */
    public static String share(int basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + " %";
    }

    /** A number with its thing, in the singular for one. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
