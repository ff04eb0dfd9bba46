package org.evenkeel.ledger.impl.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.evenkeel.ledger.ListingRule;

/** What stands in the cells of a file of rules, for people and their spreadsheets. */
final class Cells {
    /** What spreadsheets take for the beginning of a formula, and the apostrophe that guards from it. */
    private static final String GUARDED = "=+-@\t\r\n'";

    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(100);

    private Cells() {}

    /** A text that no spreadsheet runs. */
    static String guarded(String text) {
        return !text.isEmpty() && GUARDED.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** The text behind a guard. */
    static String unguarded(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && GUARDED.indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell;
    }

    /** Basis points as percent. */
    static String percent(int basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString();
    }

    /** Percent as basis points. @throws IllegalArgumentException with words for it */
    static int basisPoints(String percent) {
        String number = (percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : percent).strip();
        try {
            int basisPoints = new BigDecimal(number)
                    .multiply(BASIS_POINTS)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .intValueExact();
            if (number.length() <= 10 && basisPoints >= 0 && basisPoints <= 10_000) {
                return basisPoints;
            }
        } catch (ArithmeticException | NumberFormatException malformed) {
            // Said below.
        }
        throw new IllegalArgumentException("A share is 0 to 100 percent with up to two decimals, such as 12.5.");
    }

    /** Whole units that the ledger counts. @throws IllegalArgumentException with words for it */
    static long units(String cell) {
        return units(cell, ListingRule.LARGEST);
    }

    /** Whole units, however many. @throws IllegalArgumentException with words for it */
    static long manyUnits(String cell) {
        return units(cell, Long.MAX_VALUE);
    }

    private static long units(String cell, long most) {
        try {
            long units = Long.parseLong(cell);
            if (units >= 0 && units <= most) {
                return units;
            }
        } catch (NumberFormatException malformed) {
            // Said below.
        }
        throw new IllegalArgumentException("This is a whole number of units, 0 to " + most + ", without separators.");
    }

    /** Yes or no. @throws IllegalArgumentException with words for it */
    static boolean truth(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1" -> true;
            case "no", "false", "0" -> false;
            default -> throw new IllegalArgumentException("This is yes or no.");
        };
    }
}
