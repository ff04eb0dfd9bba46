package org.evenkeel.benchmarks.replay;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The file of real orders, where this machine has it. */
final class OrderFile {
    /** Names the file: a system property, or in capitals and with underscores an environment variable. */
    static final String PROPERTY = "evenkeel.data.csv";

    static final String VARIABLE = "EVENKEEL_DATA_CSV";

    private static final Path PLACE = Path.of("shared", "data", "online-retail-2010-12-to-2011-05.csv.gz");

    private OrderFile() {}

    /** The file that property or variable names, else {@code shared/data/…} beside or above the working directory. */
    static Optional<Path> find() {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isReadable);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(PLACE);
            if (Files.isReadable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Words for where the file was looked for. */
    static String missing() {
        return "The real orders are not here: no readable file is named by the system property " + PROPERTY
                + " or the variable " + VARIABLE + ", and no folder from the working directory upwards has " + PLACE
                + ".";
    }

    /** The first lines of the file, at most {@code limit} of them, in the order of the file, which is that of time. */
    static List<Line> read(Path file, int limit) throws IOException {
        CsvSchema schema = CsvSchema.emptySchema().withHeader();
        List<Line> lines = new ArrayList<>();
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file));
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(schema)
                        .readValues(bytes)) {
            while (lines.size() < limit && rows.hasNext()) {
                lines.add(line(rows.next()));
            }
        }
        return lines;
    }

    private static Line line(Map<String, String> row) {
        return new Line(
                row.get("InvoiceNo"),
                new Code(row.get("StockCode")),
                row.get("Description").strip(),
                Integer.parseInt(row.get("Quantity")),
                LocalDateTime.parse(row.get("InvoiceDate")).toInstant(ZoneOffset.UTC),
                row.get("Country"));
    }
}
