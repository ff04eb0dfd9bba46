package org.evenkeel.ledger;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rules in bulk, as files of comma-separated values (RFC 4180). What is exported can be imported. An import is staged first: it
 * is checked row by row, can be previewed, takes effect only when it is applied, and can be taken back. Thread-safe.
 *
 * <p><strong>Columns</strong>, in any order, by their names in the first row ({@link #COLUMNS}); a semicolon or a tab may stand
 * for the comma.
 * <ul>
 *   <li>{@code scope}: {@code default}, {@code store} or {@code listing}
 *   <li>{@code store}: the store's id; empty for the default
 *   <li>{@code listing}, {@code variant}: the store's ids; or, with both empty, {@code sku}: every listing of the store with
 *       that very SKU. Beside a listing's id, the SKU is only read by people
 *   <li>{@code title}: only read by people
 *   <li>{@code buffer}, {@code min}, {@code close-at}: whole units; empty for 0
 *   <li>{@code share}: in percent, with up to two decimals ({@code 12.5} or {@code 12.5%}); empty for 100
 *   <li>{@code max}: whole units; empty for none
 *   <li>{@code paused}, {@code sell-without-stock}, {@code remove}: {@code yes} or {@code no}; empty for no. A row to remove
 *       leaves its scope without a rule of its own
 * </ul>
 *
 * <p>Spreadsheets run cells that begin with {@code = + - @} as formulas: such a text is exported behind an apostrophe, which an
 * import takes off again.
 */
@ProviderType
public interface RuleImports {
    /** The most rows of a file. */
    int MOST_ROWS = 200_000;

    /** The most problems that are kept of one import. */
    int MOST_PROBLEMS = 1000;

    /** The names of the columns, in the order of an export. */
    List<String> COLUMNS = List.of(
            "scope",
            "store",
            "listing",
            "variant",
            "sku",
            "title",
            "buffer",
            "share",
            "min",
            "max",
            "close-at",
            "paused",
            "sell-without-stock",
            "remove");

    /**
     * Writes the rules that are set, the default first.
     *
     * @param store only this store's and its listings'; null for all
     * @param csv written to and flushed, and left open
     * @throws IOException when it cannot be written
     */
    void export(StoreId store, Writer csv) throws IOException;

    /**
     * Reads a file and checks it. Nothing takes effect.
     *
     * @param name what to call it
     * @param csv read to its end, and left open
     * @return READY, or REFUSED with its {@link #problems}
     * @throws IOException when it cannot be read
     * @throws InvalidInputException when it is no such file at all: no row with the names of columns, or far too large
     */
    RuleImport stage(String name, Reader csv, String actor) throws IOException;

    Optional<RuleImport> find(long id);

    /** All imports, the newest first. Those that are not applied are kept for 30 days, the others for a year. */
    Page<RuleImport> imports(PageRequest page);

    /** What is wrong with an import, by line. @throws NotFoundException when there is none */
    Page<Problem> problems(long id, PageRequest page);

    /**
     * What is wrong with a row.
     *
     * @param line of the file, from 1
     * @param column the column's name; empty when the row as a whole is meant
     * @param message what is wrong and what would be right
     */
    record Problem(long line, String column, String message) {}

    /**
     * What applying an import would do, as the ledger stands now; see {@link RuleBook#preview}.
     *
     * @throws NotFoundException when there is none
     * @throws ConflictException when it is not READY or APPLYING
     */
    RulePreview preview(long id, boolean onlyDifferent, PageRequest page);

    /**
     * Applies an import, some hundreds of rules in a transaction. After an interruption it goes on where it was when it is
     * called again; of one that is applied already, nothing is done.
     *
     * @throws NotFoundException when there is none
     * @throws ConflictException when it was refused or discarded
     */
    RuleImport apply(long id, String actor);

    /**
     * Stages what takes an import back: every rule that it changed, as it was before. It is looked at and applied like any
     * other; what was changed since is seen in its preview.
     *
     * @throws NotFoundException when there is none
     * @throws ConflictException when it is not APPLIED, or changed nothing
     */
    RuleImport undo(long id, String actor);

    /**
     * Discards an import that is not applied. Idempotent.
     *
     * @throws NotFoundException when there is none
     * @throws ConflictException when it is being applied, or was
     */
    RuleImport discard(long id, String actor);
}
