package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.ListingRule;

/**
 * A rule as it stands in a form: text, that may be wrong.
 *
 * @param values what stands in each field
 * @param paused whether nothing is sent
 * @param sellWithoutStock whether min also lifts 0
 * @param refused what is wrong, by field; empty when nothing is
 */
public record RuleForm(
        Map<String, String> values, boolean paused, boolean sellWithoutStock, Map<String, String> refused) {
    private static final String[] FIELDS = {"buffer", "share", "min", "max", "closeAt"};

    static RuleForm of(ListingRule rule) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("buffer", Long.toString(rule.buffer()));
        values.put("share", RuleWords.percent(rule.share()));
        values.put("min", Long.toString(rule.min()));
        values.put("max", rule.max() == Long.MAX_VALUE ? "" : Long.toString(rule.max()));
        values.put("closeAt", Long.toString(rule.closeAt()));
        return new RuleForm(values, rule.paused(), rule.sellWithoutStock(), Map.of());
    }

    static RuleForm typed(HttpServletRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : FIELDS) {
            values.put(field, Area.text(request, field));
        }
        return new RuleForm(
                values, request.getParameter("paused") != null, request.getParameter("without") != null, Map.of());
    }

    /** @throws InvalidInputException by the field that is wrong */
    ListingRule rule() {
        return new ListingRule(
                units("buffer", 0),
                share(),
                units("min", 0),
                units("max", Long.MAX_VALUE),
                units("closeAt", 0),
                paused,
                sellWithoutStock);
    }

    private long units(String field, long otherwise) {
        try {
            return text(field).isEmpty() ? otherwise : Long.parseLong(text(field));
        } catch (NumberFormatException malformed) {
            throw new InvalidInputException(field, "'" + text(field) + "' is no whole number of units.");
        }
    }

    private int share() {
        try {
            return text("share").isEmpty()
                    ? 10_000
                    : new BigDecimal(text("share")
                                    .replace(',', '.')
                                    .replace("%", "")
                                    .strip())
                            .movePointRight(2)
                            .intValueExact();
        } catch (ArithmeticException | NumberFormatException malformed) {
            throw new InvalidInputException(
                    "share", "'" + text("share") + "' is no share: 0 to 100 per cent, with up to two decimals.");
        }
    }

    /** The same form with what was wrong in it. */
    RuleForm refused(InvalidInputException wrong) {
        return new RuleForm(values, paused, sellWithoutStock, Map.of(wrong.field(), wrong.getMessage()));
    }

    /** All of it in one text, by which a form knows whether it was changed since its preview. */
    public String text() {
        return values + " " + paused + " " + sellWithoutStock;
    }

    /** What stands in a field. */
    public String text(String field) {
        return values.getOrDefault(field, "");
    }

    /** What is wrong with a field; empty when nothing is. */
    public String wrong(String field) {
        return refused.getOrDefault(field, "");
    }
}
