package org.evenkeel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow;
import org.evenkeel.sync.StorePlans;
import org.junit.jupiter.api.Test;

/** Plans over the API: what is asked reaches the plans as it was meant, and what they say comes out. */
class PlansApiTest {
    private static final StoreId HARBOUR = new StoreId("harbour");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private final List<Object> asked = new ArrayList<>();

    private static final Plan PLAN = new Plan(
            12,
            HARBOUR,
            Plan.Kind.TURN_ON,
            Plan.State.READY,
            "token:test",
            NOW,
            NOW,
            null,
            null,
            "",
            "",
            "One product shows different figures.",
            new Plan.Progress(3, 1),
            new Plan.Totals(
                    3,
                    3,
                    Map.of(PlanRow.Finding.CONFLICT, 1L),
                    Map.of(PlanRow.Change.RAISED, 2L),
                    1,
                    Map.of(PlanOrder.Kind.MISSED, 1L),
                    0),
            Plan.Defaults.INITIAL,
            Duration.ofMinutes(2),
            null,
            null,
            null);

    private final Calls calls = new Calls(new PlansResource(Stand.in(StorePlans.class, (method, args) -> {
        asked.addAll(List.of(args));
        return switch (method) {
            case "plan" -> args[0].equals(12L) ? Optional.of(PLAN) : Optional.empty();
            case "plans" -> new Page<>(List.of(PLAN), 1, (PageRequest) args[1]);
            case "begin", "undo" -> 12L;
            case "choose", "chooseAll" -> PLAN;
            case "rows" ->
                new Page<>(
                        List.of(new PlanRow(
                                1,
                                new ListingKey(HARBOUR, "L1", ""),
                                "MUG",
                                "A mug",
                                "1",
                                null,
                                Set.of(PlanRow.Finding.NEW_PRODUCT, PlanRow.Finding.CONFLICT),
                                "",
                                3L,
                                null,
                                null,
                                PlanRow.Change.NOT_SENT,
                                PlanChoices.Opening.ADOPT,
                                false,
                                null,
                                3L,
                                null,
                                null)),
                        1,
                        ((PlanQuery) args[1]).page());
            case "export" -> ((Appendable) args[2]).append("sku\r\nMÜG\r\n");
            case "apply" ->
                throw new ConflictException(ConflictException.Reason.values()[0], "The plan is older than an hour.");
            default -> Stand.NOTHING_SAID;
        };
    })));

    @Test
    void aPlanIsBegunAndFoundAtItsAddress() throws Exception {
        Calls.Answer answer = calls.send("POST", "plans", "{\"store\":\"harbour\",\"kind\":\"turn_on\"}");
        assertEquals(202, answer.status());
        assertTrue(answer.location().endsWith("plans/12"), answer.location());
        assertEquals(List.of(HARBOUR, Plan.Kind.TURN_ON, "token:test"), asked.subList(0, 3));
        assertEquals("READY", answer.body().path("state").asText());
        assertEquals(1, answer.body().at("/totals/findings/CONFLICT").asInt());
        assertEquals("2026-05-01T12:00:00Z", answer.body().path("begunAt").asText());
    }

    @Test
    void whatAPlanCannotDoWithoutIsAskedForByName() throws Exception {
        assertEquals(
                "kind",
                calls.send("POST", "plans", "{\"store\":\"harbour\"}")
                        .body()
                        .path("field")
                        .asText());
        assertEquals(
                "store",
                calls.send("POST", "plans", "{\"kind\":\"RELEASE\"}")
                        .body()
                        .path("field")
                        .asText());
    }

    @Test
    void rowsAreFoundByAllConditions() throws Exception {
        Calls.Answer answer =
                calls.get("plans/12/rows?q=mug&finding=CONFLICT&finding=no_sku&change=RAISED&different=true&limit=7");
        assertEquals(
                new PlanQuery(
                        "mug",
                        Set.of(PlanRow.Finding.CONFLICT, PlanRow.Finding.NO_SKU),
                        Set.of(PlanRow.Change.RAISED),
                        true,
                        new PageRequest(0, 7)),
                asked.get(1));
        assertEquals(
                "[\"CONFLICT\",\"NEW_PRODUCT\"]",
                answer.body().at("/items/0/findings").toString());
        assertTrue(answer.body().at("/items/0/gets").isNull());
        asked.clear();
        calls.get("plans/12/rows");
        assertEquals(PlanQuery.all(new PageRequest(0, 50)), asked.get(1));
        assertEquals(
                "finding",
                calls.get("plans/12/rows?finding=odd").body().path("field").asText());
    }

    @Test
    void rowsAreAFileToo() throws Exception {
        Calls.Answer answer = calls.get("plans/12/rows.csv?q=m");
        assertEquals("sku\r\nMÜG\r\n", answer.text());
        assertTrue(answer.type().startsWith("text/csv"), answer.type());
        assertEquals(404, calls.get("plans/13/rows.csv").status());
    }

    @Test
    void choicesReachThePlanAsTheyWereMeant() throws Exception {
        Calls.Answer answer = calls.send(
                "PATCH",
                "plans/12/choices",
                "{\"opening\":\"HOLD\",\"skus\":{\"MUG\":{\"opening\":\"SET\",\"quantity\":4},\"ROPE\":{}},"
                        + "\"orders\":{\"1001\":\"SKIP\"},\"takeOpenOrders\":true}");
        assertEquals(200, answer.status());
        assertEquals(
                new PlanChoices(
                        PlanChoices.Opening.HOLD,
                        Map.of("MUG", PlanChoices.Sku.set(4), "ROPE", PlanChoices.Sku.DEFAULT),
                        null,
                        Map.of("1001", PlanChoices.MissedOrder.SKIP),
                        true),
                asked.get(1));
        assertEquals(
                422,
                calls.send("PATCH", "plans/12/choices", "{\"skus\":{\"MUG\":{\"quantity\":1.5}}}")
                        .status());
    }

    @Test
    void oneChoiceForAllThatIsFound() throws Exception {
        assertEquals(
                200,
                calls.send("POST", "plans/12/choices?q=mug", "{\"opening\":\"HOLD\"}")
                        .status());
        assertEquals("mug", ((PlanQuery) asked.get(1)).text());
        assertEquals(PlanChoices.Sku.HOLD, asked.get(2));
    }

    @Test
    void anOutdatedPlanIsAConflictInWords() throws Exception {
        Calls.Answer answer = calls.send("POST", "plans/12/apply", null);
        assertEquals(409, answer.status());
        assertEquals(
                "The plan is older than an hour.", answer.body().path("detail").asText());
    }

    @Test
    void onlyAnAdministratorChangesAnything() throws Exception {
        for (String path : List.of("plans/12/apply", "plans/12/undo")) {
            assertEquals(
                    403,
                    calls.call("POST", path, Calls.token(Scope.WRITE), null).status());
        }
        assertEquals(
                403,
                calls.call("DELETE", "plans/12", Calls.token(Scope.WRITE), null).status());
        assertEquals(204, calls.send("DELETE", "plans/12", null).status());
        assertEquals(404, calls.get("plans/99").status());
    }
}
