package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.StorePlans;
import org.junit.jupiter.api.Test;

/** A plan's page: what it shows in each state, and what its forms ask of the plan. */
class PlanPageTest {
    private static final StoreId HARBOUR = new StoreId("harbour");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final Visit visit = new Visit();
    private final List<Object> asked = new ArrayList<>();
    private Plan.Kind kind = Plan.Kind.TURN_ON;
    private Plan.State state = Plan.State.READY;
    private String outdated = "";
    private String unresolved = "";
    private List<PlanRow> rows = List.of(
            row(1, "ANCHOR", 12, 12L, PlanRow.Change.UNCHANGED, PlanChoices.Opening.ADOPT, PlanRow.Finding.NEW_PRODUCT),
            row(2, "LANTERN", 7, 5L, PlanRow.Change.LOWERED, null),
            row(3, "MUG", 3, null, PlanRow.Change.NOT_SENT, PlanChoices.Opening.ADOPT, PlanRow.Finding.CONFLICT),
            row(4, "ROPE", 0, 9L, PlanRow.Change.RAISED, null, PlanRow.Finding.NEAR_DUPLICATE));

    private final PlanServlet servlet = new PlanServlet(
            plans(), stores(), Stand.in(Catalogue.class, (method, args) -> Stand.NOTHING_SAID), visit.surroundings);

    private static PlanRow row(
            long id,
            String sku,
            long there,
            Long gets,
            PlanRow.Change change,
            PlanChoices.Opening choice,
            PlanRow.Finding... findings) {
        return new PlanRow(
                id,
                new ListingKey(HARBOUR, "L" + id, ""),
                sku,
                "A fine " + sku.toLowerCase(),
                "gid://shopify/Location/1",
                choice == null ? new ProductId(id) : null,
                Set.of(findings),
                "",
                there,
                null,
                gets,
                change,
                choice,
                false,
                null,
                choice == PlanChoices.Opening.ADOPT ? there : null,
                null,
                null);
    }

    private Plan plan() {
        Plan.Totals totals = state == Plan.State.PULLING
                ? Plan.Totals.NONE
                : new Plan.Totals(
                        4,
                        4,
                        Map.of(
                                PlanRow.Finding.NEW_PRODUCT,
                                1L,
                                PlanRow.Finding.CONFLICT,
                                1L,
                                PlanRow.Finding.NEAR_DUPLICATE,
                                1L),
                        Map.of(
                                PlanRow.Change.UNCHANGED, 1L,
                                PlanRow.Change.LOWERED, 1L,
                                PlanRow.Change.RAISED, 1L,
                                PlanRow.Change.NOT_SENT, 1L),
                        unresolved.isEmpty() ? 0 : 1,
                        Map.of(PlanOrder.Kind.MISSED, 3L),
                        1);
        boolean applied = state == Plan.State.APPLIED;
        return new Plan(
                12,
                HARBOUR,
                kind,
                state,
                "user:anna",
                NOW,
                state == Plan.State.PULLING ? null : NOW,
                applied ? NOW : null,
                applied ? "user:anna" : null,
                state == Plan.State.FAILED ? "The store refused the token. Renew it, then read the store again." : "",
                outdated,
                unresolved,
                new Plan.Progress(1_200, 34),
                totals,
                Plan.Defaults.INITIAL,
                Duration.ofMinutes(2),
                applied ? 77L : null,
                kind == Plan.Kind.UNDO ? 11L : null,
                null);
    }

    private StorePlans plans() {
        return Stand.in(StorePlans.class, (method, args) -> switch (method) {
            case "plan" -> args[0].equals(12L) ? Optional.of(plan()) : Optional.empty();
            case "plans" -> new Page<>(List.of(plan()), 1, (PageRequest) args[1]);
            case "rows" -> {
                asked.add(args[1]);
                yield new Page<>(rows, rows.size(), ((PlanQuery) args[1]).page());
            }
            case "orders" ->
                new Page<>(
                        List.of(
                                order("1001", PlanOrder.Kind.MISSED, PlanChoices.MissedOrder.BOOK),
                                order("1002", PlanOrder.Kind.MISSED, PlanChoices.MissedOrder.SKIP)),
                        2,
                        (PageRequest) args[2]);
            case "export" -> {
                asked.add(args[1]);
                yield ((Appendable) args[2]).append("sku,there\r\nMUG,3\r\n");
            }
            case "choose", "chooseAll" -> {
                asked.addAll(List.of(args).subList(1, args.length));
                yield plan();
            }
            case "apply" -> {
                if (!outdated.isEmpty()) {
                    throw new ConflictException(ConflictException.Reason.values()[0], outdated);
                }
                yield 77L;
            }
            case "undo", "begin" -> {
                asked.add(method);
                yield 13L;
            }
            default -> Stand.NOTHING_SAID;
        });
    }

    private static PlanOrder order(String id, PlanOrder.Kind kind, PlanChoices.MissedOrder choice) {
        return new PlanOrder(
                id,
                "#" + id,
                NOW,
                kind,
                List.of(new PlanOrder.Line("MUG", "A mug", 2), new PlanOrder.Line(null, "Gift wrap", 1)),
                3,
                choice,
                choice == PlanChoices.MissedOrder.SKIP);
    }

    private static StoreRegistry stores() {
        Store harbour = new Store(HARBOUR, "Harbour Shop", "kind", "harbour", NOW, false, null, null, null, false);
        return Stand.in(StoreRegistry.class, (method, args) -> switch (method) {
            case "find" -> Optional.of(harbour);
            case "stores" -> List.of(harbour);
            default -> Stand.NOTHING_SAID;
        });
    }

    private String page() throws IOException {
        return visit.page(servlet, "/plans", "/12");
    }

    private PlanChoices sent() {
        return (PlanChoices) asked.get(asked.size() - 2);
    }

    @Test
    void whileTheStoreIsReadItTellsHowFarAndAsksAgain() throws IOException {
        state = Plan.State.PULLING;
        String page = page();
        assertTrue(page.contains("1200 listings and 34 orders so far"), page);
        assertTrue(page.contains("hx-trigger=\"sse:stores"), page);
        assertFalse(page.contains("Apply"), page);
    }

    @Test
    void whatCannotBeReadSaysWhyAndOffersToReadAgain() throws IOException {
        state = Plan.State.FAILED;
        String page = page();
        assertTrue(page.contains("The store refused the token."), page);
        assertTrue(page.contains("Read the store again"), page);
        visit.with("do", "again").send(servlet, "/plans", "/12");
        assertEquals("/plans/13", visit.location());
        assertEquals(List.of("begin"), asked.subList(asked.size() - 1, asked.size()));
    }

    @Test
    void whatItWouldDoIsSaidBeforeItIsDone() throws IOException {
        String page = page();
        assertTrue(page.contains("Synchronizing of Harbour Shop is turned on."), page);
        assertTrue(
                page.contains("2 figures are sent: 1 goes up, 1 goes down. 1 stays as it is, 1 gets nothing sent."),
                page);
        assertTrue(page.contains("3 orders were placed while it was off: 2 are booked, 1 is skipped."), page);
        assertTrue(
                page.contains("Orders may show up here 2 min late: products get their first In Stock that much later"),
                page);
        assertFalse(page.contains("hx-trigger"), "what somebody is choosing in is not replaced under their hands");
    }

    @Test
    void conflictsStandOutAndKeepItFromBeingApplied() throws IOException {
        unresolved = "1 product shows different figures here: choose one for it.";
        String page = page();
        assertTrue(page.contains(unresolved), page);
        assertTrue(page.contains("<tr id=\"row-3\" class=\"conflict\">"), page);
        assertTrue(page.contains("value=\"apply\" disabled"), page);
    }

    @Test
    void theFiltersAreWhatTheRowsAreAskedBy() throws IOException {
        visit.with("q", "mug")
                .with("finding", "conflict")
                .with("different", "yes")
                .with("page", "2");
        String page = page();
        assertEquals(
                new PlanQuery("mug", Set.of(PlanRow.Finding.CONFLICT), Set.of(), true, new PageRequest(50, 50)),
                asked.get(0));
        assertTrue(
                page.contains("href=\"/plans/12/rows.csv?different=yes&amp;finding=conflict&amp;q=mug\"")
                        || page.contains("href=\"/plans/12/rows.csv?different=yes&finding=conflict&q=mug\""),
                "the file holds what is found");
    }

    @Test
    void whatIsFoundCanBeTakenToASpreadsheet() throws IOException {
        visit.with("q", "mug").page(servlet, "/plans", "/12/rows.csv");
        assertEquals("\uFEFFsku,there\r\nMUG,3\r\n", visit.body());
        assertEquals("attachment; filename=\"plan-12-harbour.csv\"", visit.header("Content-Disposition"));
        assertEquals("mug", ((PlanQuery) asked.get(0)).text());
    }

    @Test
    void onlyTheChangedLinesOfAPageAreChosen() throws IOException {
        line(0, "ANCHOR", "default", "default", "", "");
        line(1, "MUG", "default", "hold", "", "");
        line(2, "ROPE", "default", "default", "", "9");
        line(3, "SAIL", "set", "set", "4", "4");
        line(4, "TAR", "hold", "default", "", "");
        visit.with("do", "rows").send(servlet, "/plans", "/12");
        assertEquals(
                Map.of("MUG", PlanChoices.Sku.HOLD, "ROPE", PlanChoices.Sku.set(9), "TAR", PlanChoices.Sku.DEFAULT),
                sent().skus());
        assertTrue(visit.notice().startsWith("Chosen. 2 figures would be sent"), visit.notice());
    }

    @Test
    void twoChoicesForOneSkuAreRefusedByItsName() throws IOException {
        line(0, "MUG", "default", "hold", "", "");
        line(1, "MUG", "default", "adopt", "", "");
        visit.with("do", "rows").send(servlet, "/plans", "/12");
        assertEquals("Two different things are chosen for MUG: choose one.", visit.notice());
        assertTrue(asked.isEmpty());
    }

    @Test
    void aQuantityThatIsNoneIsRefusedByItsSku() throws IOException {
        line(0, "MUG", "default", "set", "", "-3");
        visit.with("do", "rows").send(servlet, "/plans", "/12");
        assertTrue(visit.notice().contains("How many of MUG?"), visit.notice());
    }

    private void line(int line, String sku, String was, String choice, String quantityWas, String quantity) {
        visit.with("key." + line, sku)
                .with("was." + line, was)
                .with("choice." + line, choice)
                .with("quantity-was." + line, quantityWas)
                .with("quantity." + line, quantity);
    }

    @Test
    void oneChoiceForAllThatIsFound() throws IOException {
        visit.with("do", "all").with("q", "a fine").with("choice", "hold").send(servlet, "/plans", "/12");
        assertEquals("a fine", ((PlanQuery) asked.get(0)).text());
        assertEquals(PlanChoices.Sku.HOLD, asked.get(1));
    }

    @Test
    void whatHoldsForAllIsChosenTogether() throws IOException {
        visit.with("do", "defaults")
                .with("opening", "hold")
                .with("missedOrders", "skip")
                .with("asksOpenOrders", "yes")
                .with("takeOpenOrders", "yes")
                .send(servlet, "/plans", "/12");
        assertEquals(
                new PlanChoices(PlanChoices.Opening.HOLD, Map.of(), PlanChoices.MissedOrder.SKIP, Map.of(), true),
                sent());
    }

    @Test
    void missedOrdersAreBookedOrSkippedOneByOne() throws IOException {
        String page = visit.with("show", "orders").page(servlet, "/plans", "/12");
        assertTrue(page.contains("2 × MUG"), page);
        assertTrue(page.contains("1 × Gift wrap"), page);
        line(0, "1001", "book", "skip", "", "");
        line(1, "1002", "skip", "skip", "", "");
        visit.with("do", "orders").send(servlet, "/plans", "/12");
        assertEquals(Map.of("1001", PlanChoices.MissedOrder.SKIP), sent().orders());
    }

    @Test
    void applyingLeadsToTheRun() throws IOException {
        visit.with("do", "apply").send(servlet, "/plans", "/12");
        assertEquals("/runs/77", visit.location());
    }

    @Test
    void anOutdatedPlanIsNotAppliedAndSaysSo() throws IOException {
        outdated = "This plan is older than an hour: read the store again.";
        String page = page();
        assertTrue(page.contains(outdated), page);
        assertTrue(page.contains("value=\"apply\" disabled"), page);
        visit.with("do", "apply").send(servlet, "/plans", "/12");
        assertEquals("/plans/12", visit.location());
        assertEquals(outdated, visit.notice());
    }

    @Test
    void anAppliedPlanIsUndoneByAnotherOne() throws IOException {
        state = Plan.State.APPLIED;
        assertTrue(page().contains("value=\"undo\""));
        visit.with("do", "undo").send(servlet, "/plans", "/12");
        assertEquals("/plans/13", visit.location());
    }

    @Test
    void whoMayOnlyLookChoosesNothing() throws IOException {
        visit.as(Principal.Scope.WRITE);
        String page = page();
        assertFalse(page.contains("name=\"choice."), page);
        assertTrue(page.contains("Applying it needs an administrator."), page);
        visit.with("do", "apply").send(servlet, "/plans", "/12");
        assertTrue(visit.notice().contains("ADMIN"), visit.notice());
    }

    @Test
    void aPlanThatIsNotKeptIsNotFound() throws IOException {
        visit.page(servlet, "/plans", "/999");
        assertEquals(404, visit.status());
        visit.page(servlet, "/plans", "/abc");
        assertEquals(404, visit.status());
    }

    @Test
    void theListLeadsToEachPlanAndBeginsAnother() throws IOException {
        PlansServlet list = new PlansServlet(plans(), stores(), visit.surroundings);
        String page = visit.with("store", "harbour").page(list, "/plans", "");
        assertTrue(page.contains("Plans of Harbour Shop"), page);
        assertTrue(page.contains("href=\"/plans/12\""), page);
        visit.with("kind", "release").send(list, "/plans", "");
        assertEquals("/plans/13", visit.location());
    }
}
