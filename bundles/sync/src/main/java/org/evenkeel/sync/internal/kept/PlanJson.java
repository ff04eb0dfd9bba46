package org.evenkeel.sync.internal.kept;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What of plans is kept as JSON, in shapes of its own. Names that a newer version knows more of are left to who reads them. */
public final class PlanJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private PlanJson() {}

    /**
     * A line of an order.
     *
     * @param listing the store's listing id; null when unknown
     * @param variant the store's variant id; null when unknown
     * @param sku raw; null when there is none
     * @param location where it is booked; null when the store does not tell
     * @param title as a buyer reads it
     * @param units what it books
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Line(String listing, String variant, String sku, String location, String title, long units) {}

    /** Totals, by the names of what is counted. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Totals(
            long listings,
            long rows,
            Map<String, Long> findings,
            Map<String, Long> changes,
            long conflicts,
            Map<String, Long> orders,
            long skipped) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Lines(List<Line> lines) {}

    public static byte[] lines(List<Line> lines) {
        return write(new Lines(lines));
    }

    public static List<Line> lines(byte[] json) {
        return read(json, Lines.class).lines();
    }

    public static byte[] totals(Totals totals) {
        return write(totals);
    }

    public static Totals totals(byte[] json) {
        return json.length == 0 ? new Totals(0, 0, Map.of(), Map.of(), 0, Map.of(), 0) : read(json, Totals.class);
    }

    private static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
