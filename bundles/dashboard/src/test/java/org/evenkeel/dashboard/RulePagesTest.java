package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.junit.jupiter.api.Test;

/** The pages of rules: what they show, and what their forms ask for. */
class RulePagesTest {
    private static final StoreId HARBOUR = new StoreId("harbour");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final ListingKey MUG = new ListingKey(HARBOUR, "gid://shopify/Product/1&2", "v 1");
    private static final ListingRule BUFFER = new ListingRule(3, 5_000, 1, 20, 2, false, true);

    private final Visit visit = new Visit();
    private final List<List<RuleChange>> previewed = new ArrayList<>();
    private final List<List<RuleChange>> applied = new ArrayList<>();
    private final List<String> staged = new ArrayList<>();
    private boolean set = true;
    private RuleImport.State state = RuleImport.State.READY;

    private final RuleBook rules = Stand.in(RuleBook.class, (method, args) -> switch (method) {
        case "rules" -> {
            List<RuleRow> found = set ? List.of(row()) : List.of();
            yield new Page<>(found, found.size(), ((RuleQuery) args[0]).page());
        }
        case "rule" -> args[0] instanceof RuleScope.OfListing && set ? Optional.of(row()) : Optional.empty();
        case "effective" ->
            args[0] instanceof StoreId ? new EffectiveRule(BUFFER, new RuleScope.OfStore(HARBOUR)) : Optional.empty();
        case "preview" -> {
            previewed.add(changes(args[0]));
            yield preview((PageRequest) args[2]);
        }
        case "apply" -> {
            applied.add(changes(args[0]));
            yield new RuleBook.Applied(1, false);
        }
        default -> Stand.NOTHING_SAID;
    });

    private final RuleImports imports = Stand.in(RuleImports.class, (method, args) -> switch (method) {
        case "export" -> ((Writer) args[1]).append("scope,store\r\ndefault,\r\n");
        case "stage" -> {
            staged.add(args[0] + ": " + text((Reader) args[1]));
            yield file();
        }
        case "find" -> args[0].equals(7L) ? Optional.of(file()) : Optional.empty();
        case "imports" -> new Page<>(List.of(file()), 1, (PageRequest) args[0]);
        case "problems" ->
            new Page<>(
                    List.of(new RuleImports.Problem(4, "buffer", "This is a whole number. It says: <b>")),
                    1,
                    (PageRequest) args[1]);
        case "preview" -> preview((PageRequest) args[2]);
        case "apply" -> {
            state = RuleImport.State.APPLIED;
            yield file();
        }
        case "undo", "discard" -> file();
        default -> Stand.NOTHING_SAID;
    });

    private final StoreRegistry stores = Stand.in(StoreRegistry.class, (method, args) -> switch (method) {
        case "stores" -> List.of(store());
        case "find" -> args[0].equals(HARBOUR) ? Optional.of(store()) : Optional.empty();
        default -> Stand.NOTHING_SAID;
    });

    private final ListingBook listings = Stand.in(
            ListingBook.class,
            (method, args) -> method.equals("listing") && args[0].equals(MUG)
                    ? Optional.of(new ListingView(
                            MUG,
                            "MUG",
                            "A mug",
                            ListingView.State.ACTIVE,
                            "",
                            null,
                            false,
                            new EffectiveRule(BUFFER, new RuleScope.OfListing(MUG)),
                            List.of()))
                    : Stand.NOTHING_SAID);

    private final RulesServlet page = new RulesServlet(rules, imports, stores, visit.surroundings);
    private final RuleServlet form = new RuleServlet(rules, listings, stores, visit.surroundings);
    private final RuleImportsServlet files = new RuleImportsServlet(imports, visit.surroundings);

    @SuppressWarnings("unchecked")
    private static List<RuleChange> changes(Object asked) {
        return (List<RuleChange>) asked;
    }

    private static String text(Reader reader) {
        try (Reader open = reader) {
            StringBuilder text = new StringBuilder();
            for (int c = open.read(); c >= 0; c = open.read()) {
                text.append((char) c);
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Store store() {
        return new Store(HARBOUR, "Harbour Shop", "kind", "", NOW, true, NOW, null, null, false);
    }

    private static RuleRow row() {
        return new RuleRow(new RuleScope.OfListing(MUG), BUFFER, "MUG", "A mug", NOW, "user:anna");
    }

    private RuleImport file() {
        return new RuleImport(7, "spring.csv", state, 12, 1, 0, 9, NOW, "user:anna", NOW, "user:bert");
    }

    private static RulePreview preview(PageRequest page) {
        return new RulePreview(
                new RulePreview.Totals(5, 1, 1, 1, 0, 0, 2),
                new Page<>(
                        List.of(new RulePreview.Row(
                                1,
                                MUG,
                                "MUG",
                                "A mug",
                                "1",
                                EffectiveRule.UNSET,
                                new EffectiveRule(BUFFER, new RuleScope.OfListing(MUG)),
                                9L,
                                3L,
                                null)),
                        60,
                        page));
    }

    @Test
    void theRulesAreShownByTheirScopesInWords() throws IOException {
        String html = visit.page(page, "/rules", "");
        assertTrue(html.contains(
                "3 kept back, 50 % of the rest, at least 1, also without stock, at most 20, 0 at 2 or less"));
        assertTrue(html.contains("one to one"), "the default");
        assertTrue(html.contains("listing=gid%3A%2F%2Fshopify%2FProduct%2F1%262&amp;variant=v+1"), html);
        assertTrue(html.contains("enctype=\"multipart/form-data\""));
        assertTrue(html.contains("/rule-imports/7"));
    }

    @Test
    void whoMayOnlyReadSeesNoForms() throws IOException {
        String html = visit.as(Principal.Scope.READ).page(page, "/rules", "");
        assertFalse(html.contains("multipart"));
        assertFalse(html.contains("/rule?"));
        visit.with("do", "save").send(form, "/rule", "");
        assertTrue(applied.isEmpty());
    }

    @Test
    void withoutRulesThePageSaysHowToMakeThem() throws IOException {
        set = false;
        assertTrue(visit.page(page, "/rules", "").contains("No listing has a rule of its own."));
        assertTrue(visit.with("q", "mug").page(page, "/rules", "").contains("No listing that is found"));
    }

    @Test
    void theRulesAreDownloaded() throws IOException {
        String csv = visit.with("store", "harbour").page(page, "/rules.csv", "");
        assertTrue(csv.endsWith("scope,store\r\ndefault,\r\n"));
        assertTrue(visit.header("Content-Disposition").contains("rules-harbour.csv"));
    }

    @Test
    void aRuleIsSavedOnlyAfterItsPreview() throws IOException {
        mug().with("buffer", "4").with("share", "12,5 %").with("max", "").with("do", "save");
        visit.send(form, "/rule", "");
        assertTrue(applied.isEmpty(), "nobody saw yet what it would do");
        assertEquals(
                new ListingRule(4, 1_250, 0, Long.MAX_VALUE, 0, false, false),
                previewed.get(0).get(0).rule());
        assertTrue(visit.body().contains("What saving it would do"));
        assertTrue(visit.body().contains("The first 1 of 60"));

        visit.with("seen", seen()).with("key", "k").with("back", "/products/1").send(form, "/rule", "");
        assertEquals(previewed.get(0), applied.get(0));
        assertEquals(new RuleScope.OfListing(MUG), applied.get(0).get(0).scope());
        assertEquals("/products/1", visit.location());
        assertTrue(visit.notice().startsWith("Saved."));
    }

    @Test
    void whatWasChangedSinceThePreviewIsShownAgain() throws IOException {
        mug().with("buffer", "4").with("do", "preview").send(form, "/rule", "");
        visit.with("seen", seen()).with("buffer", "40").with("do", "save").send(form, "/rule", "");
        assertTrue(applied.isEmpty());
        assertEquals(40, previewed.get(1).get(0).rule().buffer());
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndKeptAsTyped() throws IOException {
        mug().with("min", "9").with("max", "3").with("do", "preview").send(form, "/rule", "");
        assertEquals(422, visit.status());
        assertTrue(visit.body().contains("id=\"max-wrong\""));
        assertTrue(visit.body().contains("value=\"9\""));
        visit.with("max", "").with("share", "a lot").send(form, "/rule", "");
        assertTrue(visit.body().contains("id=\"share-wrong\""));
        assertTrue(previewed.isEmpty());
    }

    @Test
    void aRuleIsRemovedOnlyAfterItsPreview() throws IOException {
        mug().with("do", "remove").send(form, "/rule", "");
        assertTrue(applied.isEmpty());
        assertTrue(visit.body().contains("What removing it would do"));
        visit.with("seen", "removing").with("key", "k").send(form, "/rule", "");
        assertEquals(List.of(RuleChange.remove(new RuleScope.OfListing(MUG))), applied.get(0));
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        visit.with("store", "nowhere").page(form, "/rule", "");
        assertEquals(404, visit.status());
        visit.with("store", "harbour").with("listing", "none").page(form, "/rule", "");
        assertEquals(404, visit.status());
        visit.anew().page(files, "/rule-imports", "/8");
        assertEquals(404, visit.status());
    }

    @Test
    void aFileIsStagedLookedAtAndApplied() throws IOException {
        visit.withFile("file", "spring.csv", "scope\ndefault\n").send(files, "/rule-imports", "");
        assertEquals(List.of("spring.csv: scope\ndefault\n"), staged);
        assertEquals("/rule-imports/7", visit.location());
        String html = visit.page(files, "/rule-imports", "/7");
        assertTrue(html.contains("Apply 12 rules"));
        assertTrue(html.contains("figures under another rule"));
        visit.with("do", "apply").send(files, "/rule-imports", "/7");
        assertTrue(visit.notice().startsWith("Applied: 9 rules are"), "said once");
        assertTrue(visit.page(files, "/rule-imports", "/7").contains("Take it back"));
        visit.with("do", "undo").send(files, "/rule-imports", "/7");
        assertEquals("/rule-imports/7", visit.location());
    }

    @Test
    void aFileWithProblemsSaysWhereAndOffersNothing() throws IOException {
        state = RuleImport.State.REFUSED;
        String html = visit.page(files, "/rule-imports", "/7");
        assertTrue(html.contains("It says: &lt;b&gt;"));
        assertFalse(html.contains("value=\"apply\""));
    }

    @Test
    void withoutAFileTheFormSaysSo() throws IOException {
        visit.send(files, "/rule-imports", "");
        assertEquals("Choose a file of rules first.", visit.notice());
        assertTrue(staged.isEmpty());
    }

    private Visit mug() {
        return visit.with("store", "harbour").with("listing", MUG.listing()).with("variant", MUG.variant());
    }

    private String seen() {
        String mark = "name=\"seen\" value=\"";
        int from = visit.body().indexOf(mark) + mark.length();
        return visit.body().substring(from, visit.body().indexOf('"', from));
    }
}
