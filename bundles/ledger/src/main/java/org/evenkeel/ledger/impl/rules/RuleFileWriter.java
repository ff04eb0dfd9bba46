package org.evenkeel.ledger.impl.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RuleQuery.Kind;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;

/** Writes a file of rules, row by row. */
public final class RuleFileWriter {
    private static final CsvMapper MAPPER = CsvMapper.csvBuilder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private final SequenceWriter rows;

    /** Writes the names of the columns. @param csv is left open */
    public RuleFileWriter(Writer csv) throws IOException {
        this.rows = MAPPER.writer(CsvSchema.emptySchema()).writeValues(csv);
        rows.write(RuleImports.COLUMNS.toArray(String[]::new));
    }

    public void write(RuleRow row) throws IOException {
        Kind kind = Kind.DEFAULT;
        String store = "";
        String listing = "";
        String variant = "";
        if (row.scope() instanceof RuleScope.OfStore of) {
            kind = Kind.STORE;
            store = of.store().value();
        } else if (row.scope() instanceof RuleScope.OfListing of) {
            ListingKey key = of.listing();
            kind = Kind.LISTING;
            store = key.store().value();
            listing = key.listing();
            variant = key.variant();
        }
        ListingRule rule = row.rule();
        rows.write(new String[] {
            kind.name().toLowerCase(Locale.ROOT),
            store,
            Cells.guarded(listing),
            Cells.guarded(variant),
            Cells.guarded(row.sku() == null ? "" : row.sku()),
            Cells.guarded(row.title()),
            Long.toString(rule.buffer()),
            Cells.percent(rule.share()),
            Long.toString(rule.min()),
            rule.max() == Long.MAX_VALUE ? "" : Long.toString(rule.max()),
            Long.toString(rule.closeAt()),
            rule.paused() ? "yes" : "no",
            rule.sellWithoutStock() ? "yes" : "no",
            "no"
        });
    }

    /** Ends the file. */
    public void end() throws IOException {
        rows.flush();
    }
}
