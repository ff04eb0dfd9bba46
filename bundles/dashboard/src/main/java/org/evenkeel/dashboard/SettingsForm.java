package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.StoreSettings;

/**
 * How a store is kept level, as it stands in a form: text, that may be wrong.
 *
 * @param values what stands in each field; a field that is left empty is as it is for all stores
 * @param shadow whether nothing is sent
 * @param refused what is wrong, by field; empty when nothing is
 */
public record SettingsForm(Map<String, String> values, boolean shadow, Map<String, String> refused) {
    private static final String INTERVAL = "interval";
    private static final String DRIFT = "drift";
    private static final String GUARD = "guardShare";
    private static final String ALARM = "windowAlarm";
    private static final int BASIS_POINTS = 100;

    static SettingsForm of(StoreSettings present) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                INTERVAL,
                present.interval() == null ? "" : decimal(present.interval().toSeconds(), 60));
        values.put(DRIFT, present.drift().name());
        values.put(GUARD, present.guardShare() == null ? "" : decimal(present.guardShare(), BASIS_POINTS));
        values.put(
                ALARM,
                present.windowAlarm() == null
                        ? ""
                        : decimal(present.windowAlarm().toMillis(), 1_000));
        return new SettingsForm(values, present.shadow(), Map.of());
    }

    private static String decimal(long parts, int whole) {
        return BigDecimal.valueOf(parts)
                .divide(BigDecimal.valueOf(whole), 3, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    static SettingsForm typed(HttpServletRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : new String[] {INTERVAL, DRIFT, GUARD, ALARM}) {
            values.put(field, Area.text(request, field));
        }
        return new SettingsForm(values, request.getParameter("shadow") != null, Map.of());
    }

    /** @throws InvalidInputException by the field that is wrong */
    StoreSettings settings() {
        Duration interval = number(INTERVAL, 60, "minutes", Duration::ofSeconds);
        Integer guard = number(GUARD, BASIS_POINTS, "per cent", Math::toIntExact);
        Duration alarm = number(ALARM, 1_000, "seconds", Duration::ofMillis);
        return new StoreSettings(interval, drift(), shadow, guard, alarm);
    }

    private Drift drift() {
        try {
            return Drift.valueOf(text(DRIFT));
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInputException(DRIFT, "Choose what becomes of figures that somebody changes there.");
        }
    }

    /** What stands in a field, in parts of its unit; null when nothing does. */
    private <T> T number(String field, int parts, String unit, LongFunction<T> type) {
        if (text(field).isEmpty()) {
            return null;
        }
        try {
            return type.apply(new BigDecimal(text(field).replace(',', '.'))
                    .multiply(BigDecimal.valueOf(parts))
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException malformed) {
            throw new InvalidInputException(
                    field, "'" + text(field) + "' is no number of " + unit + " that can be taken here.");
        }
    }

    /** The same form with what was wrong in it. */
    SettingsForm refused(InvalidInputException wrong) {
        return new SettingsForm(values, shadow, Map.of(wrong.field(), wrong.getMessage()));
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
