package org.evenkeel.sync.internal.plans;

import java.io.IOException;
import java.util.stream.Collectors;
import org.evenkeel.sync.PlanRow;

/** Rows of a plan as CSV (RFC 4180). */
final class PlanCsv {
    private static final String END = "\r\n";
    private static final String FORMULA = "=+-@\t\r";

    private final Appendable to;

    PlanCsv(Appendable to) {
        this.to = to;
    }

    void header() throws IOException {
        line(
                "sku",
                "title",
                "listing",
                "variant",
                "location",
                "there",
                "believed",
                "gets",
                "change",
                "choice",
                "quantity",
                "in_stock",
                "before",
                "sold",
                "findings",
                "words");
    }

    void row(PlanRow row) throws IOException {
        line(
                text(row.sku()),
                text(row.title()),
                text(row.listing().listing()),
                text(row.listing().variant()),
                text(row.storeLocation()),
                number(row.there()),
                number(row.believed()),
                number(row.gets()),
                row.change().name(),
                row.choice() == null ? "" : row.choice().name(),
                number(row.quantity()),
                number(row.inStock()),
                number(row.before()),
                number(row.sold()),
                row.findings().stream().sorted().map(Enum::name).collect(Collectors.joining(" ")),
                text(row.words()));
    }

    private static String number(Long number) {
        return number == null ? "" : number.toString();
    }

    /** What a spreadsheet would take for a formula is marked as text. */
    private static String text(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private void line(String... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            to.append(i == 0 ? "" : ",").append(quoted(fields[i]));
        }
        to.append(END);
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
