package org.evenkeel.ledger.impl.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RuleImports.Problem;
import org.evenkeel.ledger.RuleQuery.Kind;

/** Reads a file of rules, row by row. What is wrong with a row is told with it; what is wrong with the file is thrown. */
public final class RuleFileReader {
    private static final String FILE = "file";
    private static final int LONGEST_CELL = 255;
    private static final int LONGEST_HEADER = 4000;

    /** More than {@link RuleImports#MOST_ROWS} full rows; keeps what is no such file from filling the heap. */
    private static final long MOST_CHARACTERS = 200_000_000;

    private static final CsvMapper MAPPER = CsvMapper.csvBuilder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final MappingIterator<String[]> rows;
    private final Map<String, Integer> columns;
    private int read;
    private long line;

    /**
     * @param csv read as far as needed, and left open
     * @throws InvalidInputException when it does not begin with the names of the columns
     */
    public RuleFileReader(Reader csv) throws IOException {
        BufferedReader file = new BufferedReader(new Limited(csv));
        this.rows = MAPPER.readerFor(String[].class)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator(file)))
                .readValues(file);
        this.columns = columns(row());
    }

    /** The separator is the one that the first row has most of. */
    private static char separator(BufferedReader file) throws IOException {
        file.mark(LONGEST_HEADER + 1);
        char[] begin = new char[LONGEST_HEADER];
        int length = Math.max(0, file.read(begin));
        file.reset();
        String header = new String(begin, 0, length).lines().findFirst().orElse("");
        char separator = ',';
        for (char other : new char[] {';', '\t'}) {
            if (count(header, other) > count(header, separator)) {
                separator = other;
            }
        }
        return separator;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static Map<String, Integer> columns(String[] header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; header != null && i < header.length; i++) {
            String name = header[i]
                    .replace("\uFEFF", "")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replace(' ', '-')
                    .replace('_', '-');
            if (!name.isEmpty() && !RuleImports.COLUMNS.contains(name)) {
                throw new InvalidInputException(
                        FILE,
                        "There is no column '" + cut(name) + "'. The columns are: "
                                + String.join(", ", RuleImports.COLUMNS) + ".");
            }
            if (!name.isEmpty() && columns.put(name, i) != null) {
                throw new InvalidInputException(FILE, "The column '" + name + "' is there twice.");
            }
        }
        if (!columns.containsKey("scope")) {
            throw new InvalidInputException(
                    FILE,
                    "The first row names the columns, 'scope' among them: " + String.join(", ", RuleImports.COLUMNS)
                            + ".");
        }
        return columns;
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** The next row; empty at the end. @throws InvalidInputException when the file cannot be read on, or is too long */
    public Optional<RuleFileRow> next() throws IOException {
        String[] cells = row();
        if (cells == null) {
            return Optional.empty();
        }
        if (++read > RuleImports.MOST_ROWS) {
            throw new InvalidInputException(
                    FILE, "A file has at most " + RuleImports.MOST_ROWS + " rows. Send it in parts.");
        }
        return Optional.of(new Row(line, cells).parsed());
    }

    private String[] row() throws IOException {
        try {
            if (!rows.hasNextValue()) {
                return null;
            }
            // Once a row is read, the parser stands at the next one.
            line = rows.getCurrentLocation().getLineNr();
            return rows.nextValue();
        } catch (JsonProcessingException malformed) {
            throw new InvalidInputException(
                    FILE,
                    "Line " + malformed.getLocation().getLineNr() + " cannot be read as comma-separated values: "
                            + cut(malformed.getOriginalMessage()));
        }
    }

    /** The cells of a row on their way to what they mean. */
    private final class Row {
        private final long line;
        private final String[] cells;
        private final List<Problem> problems = new ArrayList<>();

        Row(long line, String[] cells) {
            this.line = line;
            this.cells = cells;
        }

        RuleFileRow parsed() {
            Kind kind = value("scope", null, this::kind);
            if (kind == null && problems.isEmpty()) {
                problem("scope", "What is the rule for? Write default, store or listing.");
            }
            String store = text("store").strip();
            String listing = text("listing");
            String variant = text("variant");
            String sku = text("sku");
            checkScope(kind, store, listing, sku);
            boolean remove = value("remove", false, Cells::truth);
            ListingRule rule = rule();
            return new RuleFileRow(line, kind, store, listing, variant, sku, remove ? null : rule, problems);
        }

        private Kind kind(String cell) {
            return switch (cell.toLowerCase(Locale.ROOT)) {
                case "default" -> Kind.DEFAULT;
                case "store" -> Kind.STORE;
                case "listing" -> Kind.LISTING;
                default -> throw new IllegalArgumentException("This is default, store or listing.");
            };
        }

        private void checkScope(Kind kind, String store, String listing, String sku) {
            if (kind == null) {
                return;
            }
            if (kind == Kind.DEFAULT ? !store.isEmpty() : store.isEmpty()) {
                problem("store", kind == Kind.DEFAULT ? "The default is of no store." : "Which store? Give its id.");
            }
            if (kind != Kind.LISTING && !listing.isEmpty()) {
                problem("listing", "Only a row of the scope 'listing' names one.");
            }
            if (kind == Kind.LISTING && listing.isEmpty() && sku.isEmpty()) {
                problem("listing", "Which listing? Give its id, or its SKU.");
            }
        }

        private ListingRule rule() {
            try {
                return new ListingRule(
                        value("buffer", 0L, Cells::units),
                        value("share", 10_000, Cells::basisPoints),
                        value("min", 0L, Cells::units),
                        value("max", Long.MAX_VALUE, Cells::manyUnits),
                        value("close-at", 0L, Cells::units),
                        value("paused", false, Cells::truth),
                        value("sell-without-stock", false, Cells::truth));
            } catch (InvalidInputException refused) {
                problem(refused.field().equals("closeAt") ? "close-at" : refused.field(), refused.getMessage());
                return null;
            }
        }

        private <T> T value(String column, T otherwise, Function<String, T> read) {
            String cell = text(column).strip();
            if (cell.isEmpty()) {
                return otherwise;
            }
            try {
                return read.apply(cell);
            } catch (IllegalArgumentException malformed) {
                problem(column, malformed.getMessage() + " It says: " + cut(cell));
                return otherwise;
            }
        }

        private String text(String column) {
            Integer index = columns.get(column);
            String cell = index == null || index >= cells.length || cells[index] == null ? "" : cells[index];
            if (cell.length() > LONGEST_CELL && !column.equals("title")) {
                problems.add(new Problem(line, column, "A cell has at most " + LONGEST_CELL + " characters."));
                return "";
            }
            return Cells.unguarded(cell);
        }

        private void problem(String column, String words) {
            problems.add(new Problem(line, column, words));
        }
    }

    /** A reader that ends with a reason. */
    private static final class Limited extends FilterReader {
        private long read;

        Limited(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            if (read > MOST_CHARACTERS) {
                throw new InvalidInputException(FILE, "The file is too large. Send it in parts.");
            }
            return count;
        }
    }
}
