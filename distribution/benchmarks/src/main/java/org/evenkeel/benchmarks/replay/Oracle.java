package org.evenkeel.benchmarks.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What must come out, straight from the text of the file. It shares no code with the replay on purpose, and knows nothing of
 * orders, returns and shops: only that In Stock at the end is what lay there in the beginning less the sum of all quantities.
 */
final class Oracle {
    /** Invoice, code, description (which alone may hold commas), quantity, date, country. */
    private static final Pattern ROW = Pattern.compile("[^,]*,([^,]*),.*,(-?\\d+),([^T,]*)T[^,]*,[^,]*");

    /** Goods are numbered, or are of the few that have letters. */
    private static final Pattern GOODS = Pattern.compile("\\d{5}[A-Z]*|DCGS[A-Z0-9]+|PADS");

    private final Map<String, Long> demand = new TreeMap<>();
    private final NavigableMap<String, Map<String, Long>> sumsByDay = new TreeMap<>();
    private int lines;

    private Oracle() {}

    /** Reads the first lines of the file, at most {@code limit}. */
    static Oracle read(Path file, int limit) throws IOException {
        Oracle oracle = new Oracle();
        try (BufferedReader text = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            text.readLine();
            String row = text.readLine();
            while (row != null && oracle.lines < limit) {
                oracle.add(row);
                row = text.readLine();
            }
        }
        return oracle;
    }

    private void add(String row) {
        Matcher parts = ROW.matcher(row);
        if (!parts.matches()) {
            throw new IllegalArgumentException("This is no row of the file: " + row);
        }
        lines++;
        String code = parts.group(1).toUpperCase(Locale.ROOT);
        long quantity = Long.parseLong(parts.group(2));
        if (GOODS.matcher(code).matches()) {
            demand.merge(code, quantity > 0 ? quantity : 0, Long::sum);
            sumsByDay.computeIfAbsent(parts.group(3), day -> new TreeMap<>()).merge(code, quantity, Long::sum);
        }
    }

    /** In Stock at the end, by code without regard to case; of every code that is goods. */
    Map<String, Long> inStock() {
        return availableAfter(sumsByDay.lastKey());
    }

    /** Available when all that happened up to the end of a day is known, whatever of it was sent. @param day as 2010-12-31 */
    Map<String, Long> availableAfter(String day) {
        Map<String, Long> available = new TreeMap<>();
        demand.forEach((code, units) -> available.put(code, units * 3 / 5));
        sumsByDay
                .headMap(day, true)
                .values()
                .forEach(sums -> sums.forEach((code, sum) -> available.merge(code, -sum, Long::sum)));
        return available;
    }

    /** How many codes are sold beyond what there is at the end. */
    int oversold() {
        return (int) inStock().values().stream().filter(units -> units < 0).count();
    }

    int lines() {
        return lines;
    }
}
