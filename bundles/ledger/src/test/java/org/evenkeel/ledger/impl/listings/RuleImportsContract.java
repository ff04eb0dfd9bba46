package org.evenkeel.ledger.impl.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.OTHER;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.STORE;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.active;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.scope;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImport.State;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.SeenListing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rules in bulk, each rule by its name. One suite for both databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RuleImportsContract {
    private static final PageRequest FIRST = new PageRequest(0, 100);
    private static final String HEADER =
            "scope,store,listing,variant,sku,title,buffer,share,min,max,close-at,paused,sell-without-stock,remove";

    private final TestVendor vendor;
    private ListingsLedger ledger;
    private RuleImports imports;

    RuleImportsContract(TestVendor vendor) {
        this.vendor = vendor;
    }

    @BeforeAll
    void open() {
        ledger = new ListingsLedger(vendor.open());
    }

    @BeforeEach
    void empty() {
        ledger.clear();
        imports = ledger.imports;
        ledger.store(STORE).store(OTHER);
        ledger.pull(STORE, active("a", "APPLE", 50), active("b", "APPLE", 50), active("p", "PEAR", 50));
        ledger.pull(OTHER, active("x", "APPLE", 50), active("=1+1", "-PEAR", 50));
        ledger.book.open(STORE, Set.of(), "tester");
        ledger.book.open(OTHER, Set.of(), "tester");
        ledger.pushAll(STORE);
        ledger.pushAll(OTHER);
    }

    @AfterAll
    void close() {
        if (ledger != null) {
            ledger.close();
        }
    }

    private RuleImport stage(String... lines) {
        try {
            return imports.stage("rules.csv", new StringReader(String.join("\r\n", lines)), "user:anna");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String export() {
        try {
            StringWriter csv = new StringWriter();
            imports.export(null, csv);
            return csv.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ListingRule buffer(long units) {
        return new ListingRule(units, 10_000, 0, Long.MAX_VALUE, 0, false, false);
    }

    private ListingRule rule(RuleScope scope) {
        return ledger.rules.rule(scope).map(row -> row.rule()).orElse(null);
    }

    @Test
    void aFileTakesEffectOnlyWhenItIsApplied() {
        RuleImport staged = stage(
                HEADER,
                "default,,,,,,1,,,,,,,",
                "store,berlin,,,,,,50%,1,20,3,no,yes,",
                "listing,berlin,p,,,,,12.5,,,,yes,,",
                "listing,paris,x,,ignored,ignored,7,,,,,,,");
        assertThat(staged.state()).isEqualTo(State.READY);
        assertThat(staged.rules()).isEqualTo(4);
        assertThat(ledger.rules.rules(RuleQuery.all(FIRST)).total()).isZero();
        assertThat(ledger.marked(STORE)).isEmpty();

        RuleImport applied = imports.apply(staged.id(), "user:bert");
        assertThat(applied.state()).isEqualTo(State.APPLIED);
        assertThat(List.of(applied.done(), applied.changed())).containsExactly(4, 4);
        assertThat(applied.appliedBy()).isEqualTo("user:bert");
        assertThat(rule(RuleScope.DEFAULT)).isEqualTo(buffer(1));
        assertThat(rule(scope(STORE))).isEqualTo(new ListingRule(0, 5_000, 1, 20, 3, false, true));
        assertThat(rule(scope(STORE, "p"))).isEqualTo(new ListingRule(0, 1_250, 0, Long.MAX_VALUE, 0, true, false));
        assertThat(rule(scope(OTHER, "x"))).isEqualTo(buffer(7));
        assertThat(ledger.pushAll(STORE)).containsOnly(entry("a", 20L), entry("b", 20L));
        assertThat(ledger.pushAll(OTHER)).containsEntry("x", 43L).containsEntry("=1+1", 49L);
        assertThat(imports.apply(staged.id(), "user:bert")).as("again").isEqualTo(applied);
    }

    @Test
    void aRowBySkuIsForEachListingOfTheStoreThatHasIt() {
        RuleImport staged = stage("scope;store;sku;buffer", "listing;berlin;APPLE;3", "listing;berlin;PEAR;4");
        assertThat(staged.rules()).isEqualTo(3);
        imports.apply(staged.id(), "user:anna");
        assertThat(ledger.pushAll(STORE)).hasSize(3).containsEntry("a", 47L).containsEntry("p", 46L);
        assertThat(ledger.marked(OTHER)).isEmpty();
    }

    @Test
    void problemsAreToldByLineAndColumnAndNothingTakesEffect() {
        RuleImport staged = stage(
                HEADER,
                "listing,berlin,a,,,,1,,,,,,,",
                "",
                "shop,,,,,,,,,,,,,",
                "store,,,,,,,,,,,,,",
                "store,nowhere,,,,,,,,,,,,",
                "listing,berlin,missing,,,,,,,,,,,",
                "listing,berlin,,,KIWI,,,,,,,,,",
                "listing,berlin,p,,,,x,101,-1,1.5,1000000000000000000,maybe,,",
                "listing,berlin,p,,,,,,9,3,,,,",
                "listing,berlin,,,APPLE,,2,,,,,,,",
                "default,berlin,,,,,,,,,,,,");
        assertThat(staged.state()).isEqualTo(State.REFUSED);
        assertThat(imports.problems(staged.id(), FIRST).items())
                .extracting(RuleImports.Problem::line, RuleImports.Problem::column)
                .containsExactlyInAnyOrder(
                        tuple(4L, "scope"),
                        tuple(5L, "store"),
                        tuple(6L, "store"),
                        tuple(7L, "listing"),
                        tuple(8L, "sku"),
                        tuple(9L, "buffer"),
                        tuple(9L, "share"),
                        tuple(9L, "min"),
                        tuple(9L, "max"),
                        tuple(9L, "close-at"),
                        tuple(9L, "paused"),
                        tuple(10L, "max"),
                        tuple(11L, ""),
                        tuple(12L, "store"));
        assertThat(imports.problems(staged.id(), FIRST).items())
                .filteredOn(problem -> problem.line() == 11)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("Line 2 "));
        assertThatThrownBy(() -> imports.apply(staged.id(), "user:anna"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("correct it");
        assertThatThrownBy(() -> imports.preview(staged.id(), true, FIRST)).isInstanceOf(ConflictException.class);
        assertThat(ledger.rules.rules(RuleQuery.all(FIRST)).total()).isZero();
    }

    @Test
    void whatIsNoFileOfRulesIsRefusedAtOnceAndLeavesNothing() {
        assertThatThrownBy(() -> stage("store,buffer", "berlin,1"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).isEqualTo("file"))
                .hasMessageContaining("'scope'");
        assertThatThrownBy(() -> stage("scope,bufer", "default,1")).hasMessageContaining("'bufer'");
        assertThatThrownBy(() -> stage("")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> stage("scope,buffer", "default,1", "\"store,2"))
                .hasMessageContaining("cannot be read");
        Reader broken = new StringReader("scope,buffer\ndefault,1\n") {
            private int reads;

            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                if (reads++ > 0) {
                    throw new IOException("the line is cut");
                }
                return super.read(buffer, offset, length);
            }
        };
        assertThatThrownBy(() -> imports.stage("cut", broken, "user:anna")).hasMessage("the line is cut");
        assertThat(imports.imports(FIRST).total()).isZero();
        assertThat(stage("scope,buffer").problems()).as("no rows").isEqualTo(1);
        assertThatThrownBy(() -> imports.apply(4711, "user:anna")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatIsExportedIsImportedAsItWas() {
        ledger.apply(
                RuleChange.set(RuleScope.DEFAULT, new ListingRule(1, 1, 2, 3, 4, true, true)),
                RuleChange.set(
                        scope(OTHER), new ListingRule(ListingRule.LARGEST, 10_000, 0, Long.MAX_VALUE, 0, false, false)),
                RuleChange.set(scope(STORE, "a"), buffer(5)),
                RuleChange.set(scope(OTHER, "=1+1"), buffer(6)));
        String csv = export();
        assertThat(csv.lines().toList())
                .hasSize(5)
                .startsWith(HEADER)
                .contains("default,,,,,,1,0.01,2,3,4,yes,yes,no")
                .contains("listing,berlin,a,,APPLE,\"Title of a\",5,100,0,,0,no,no,no")
                .anySatisfy(line -> assertThat(line).startsWith("listing,paris,\"'=1+1\",,\"'-PEAR\","));

        ledger.apply(
                RuleChange.remove(RuleScope.DEFAULT),
                RuleChange.remove(scope(OTHER)),
                RuleChange.set(scope(STORE, "a"), buffer(9)),
                RuleChange.remove(scope(OTHER, "=1+1")));
        RuleImport staged = stage(csv.lines().toArray(String[]::new));
        assertThat(imports.problems(staged.id(), FIRST).items()).isEmpty();
        imports.apply(staged.id(), "user:anna");
        assertThat(export()).isEqualTo(csv);
    }

    @Test
    void anImportIsTakenBackAsItWas() {
        ledger.apply(RuleChange.set(scope(STORE), buffer(2)), RuleChange.set(scope(STORE, "p"), buffer(3)));
        String before = export();
        RuleImport done = imports.apply(
                stage(
                                "scope,store,listing,buffer,remove",
                                "default,,,1,",
                                "store,berlin,,2,",
                                "listing,berlin,a,4,",
                                "listing,berlin,p,,yes")
                        .id(),
                "user:anna");
        assertThat(done.changed()).as("what already was is no change").isEqualTo(3);

        RuleImport undo = imports.undo(done.id(), "user:anna");
        assertThat(undo.state()).isEqualTo(State.READY);
        assertThat(undo.rules()).isEqualTo(3);
        assertThat(export()).isNotEqualTo(before);
        imports.apply(undo.id(), "user:anna");
        assertThat(export()).isEqualTo(before);
        assertThatThrownBy(
                        () -> imports.undo(stage("scope,remove", "default,yes").id(), "user:anna"))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void applyingMakesExactlyWhatThePreviewSaid() {
        ledger.apply(RuleChange.set(scope(STORE, "b"), buffer(1)));
        ledger.pushAll(STORE);
        RuleImport staged = stage(
                "scope,store,listing,buffer,paused,remove",
                "default,,,10,,",
                "listing,berlin,a,20,,",
                "listing,berlin,b,,,yes",
                "store,paris,,,,",
                "listing,paris,x,,yes,");
        RulePreview preview = imports.preview(staged.id(), true, FIRST);
        assertThat(preview.totals()).isEqualTo(new RulePreview.Totals(4, 0, 3, 0, 1, 0, 0));
        assertThat(imports.preview(staged.id(), false, new PageRequest(1, 2))
                        .rows()
                        .items())
                .hasSize(2);
        imports.apply(staged.id(), "user:anna");
        assertThat(ledger.marked(STORE)).containsExactly("a", "b", "p");
        assertThat(ledger.marked(OTHER)).containsExactly("x");
        preview.rows()
                .items()
                .forEach(row -> assertThat(
                                ledger.listing(row.key().store(), row.key().listing()))
                        .satisfies(view -> {
                            assertThat(view.rule()).isEqualTo(row.then());
                            assertThat(view.figures().get(0).wanted()).isEqualTo(row.wantedThen());
                        }));
    }

    @Test
    void aLongFileIsAppliedInPartsAndGoesOnAfterAnInterruption() {
        int listings = 2 * RuleImportService.AT_ONCE + 50;
        List<SeenListing> page = new ArrayList<>();
        List<String> lines = new ArrayList<>(List.of("scope,store,listing,buffer"));
        for (int n = 0; n < listings; n++) {
            page.add(active("l" + n, "SKU-" + n, 50));
            lines.add("listing,berlin,l" + n + "," + (n + 1));
        }
        ledger.pull(STORE, page.toArray(SeenListing[]::new));
        RuleImport staged = stage(lines.toArray(String[]::new));
        assertThat(imports.preview(staged.id(), false, FIRST).totals().figures())
                .isEqualTo(listings);
        ledger.listener = change -> {
            throw new IllegalStateException("crash");
        };
        assertThatThrownBy(() -> imports.apply(staged.id(), "user:anna")).hasMessage("crash");
        ledger.listener = ledger.changes::add;
        ledger.restart();
        imports = ledger.imports;

        RuleImport half = imports.find(staged.id()).orElseThrow();
        assertThat(half.state()).isEqualTo(State.APPLYING);
        assertThat(half.done()).isEqualTo(RuleImportService.AT_ONCE);
        assertThatThrownBy(() -> imports.discard(staged.id(), "user:anna")).isInstanceOf(ConflictException.class);
        assertThat(imports.apply(staged.id(), "user:anna").changed()).isEqualTo(listings);
        assertThat(ledger.rules.rules(RuleQuery.all(FIRST)).total()).isEqualTo(listings);
        assertThat(rule(scope(STORE, "l449"))).isEqualTo(buffer(450));
    }

    @Test
    void whatIsDiscardedIsNotApplied() {
        RuleImport staged = stage("scope,buffer", "default,1");
        assertThat(imports.discard(staged.id(), "user:anna").state()).isEqualTo(State.DISCARDED);
        assertThatThrownBy(() -> imports.apply(staged.id(), "user:anna")).hasMessageContaining("discarded");
        assertThat(imports.imports(FIRST).items()).extracting(RuleImport::id).containsExactly(staged.id());
    }
}
