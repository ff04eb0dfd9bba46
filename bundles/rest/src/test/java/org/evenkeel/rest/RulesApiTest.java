package org.evenkeel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.Reader;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenkeel.accounts.Principal.Scope;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.NotFoundException;
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
import org.evenkeel.ledger.StoreId;
import org.junit.jupiter.api.Test;

/** Rules over the API: what is asked reaches the ledger as it was meant, and what it says comes out. */
class RulesApiTest {
    private static final StoreId HARBOUR = new StoreId("harbour");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final RuleScope.OfListing MUG =
            new RuleScope.OfListing(new ListingKey(HARBOUR, "gid://shop/1", "v"));
    private static final ListingRule RULE = new ListingRule(3, 5_000, 0, Long.MAX_VALUE, 0, false, false);
    private static final RuleImport FILE =
            new RuleImport(7, "spring.csv", RuleImport.State.READY, 2, 0, 0, 0, NOW, "token:test", null, null);

    private final List<Object> asked = new ArrayList<>();

    private final Calls calls = new Calls(
            new RulesResource(Stand.in(RuleBook.class, (method, args) -> {
                asked.addAll(List.of(args));
                return switch (method) {
                    case "rules" ->
                        new Page<>(
                                List.of(new RuleRow(MUG, RULE, "MUG", "A mug", NOW, "user:anna")),
                                1,
                                ((RuleQuery) args[0]).page());
                    case "rule" -> Optional.empty();
                    case "effective" -> effective(args[0]);
                    case "preview" ->
                        new RulePreview(
                                new RulePreview.Totals(3, 0, 1, 0, 0, 0, 2),
                                new Page<>(
                                        List.of(new RulePreview.Row(
                                                5,
                                                MUG.listing(),
                                                "MUG",
                                                "A mug",
                                                "1",
                                                EffectiveRule.UNSET,
                                                new EffectiveRule(RULE, MUG),
                                                9L,
                                                3L,
                                                null)),
                                        1,
                                        (PageRequest) args[2]));
                    case "apply" -> new RuleBook.Applied(2, false);
                    default -> Stand.NOTHING_SAID;
                };
            })),
            new RuleImportsResource(Stand.in(RuleImports.class, (method, args) -> {
                if (method.equals("stage")) {
                    asked.add(args[0]);
                    asked.add(new BufferedReader((Reader) args[1]).lines().collect(Collectors.joining("|")));
                    return FILE;
                }
                asked.addAll(List.of(args));
                return switch (method) {
                    case "export" -> ((Writer) args[1]).append("scope\r\ndefault\r\n");
                    case "find" -> args[0].equals(7L) ? Optional.of(FILE) : Optional.empty();
                    case "problems" ->
                        new Page<>(List.of(new RuleImports.Problem(3, "share", "No.")), 1, (PageRequest) args[1]);
                    case "undo" -> FILE;
                    case "apply" -> throw new ConflictException(ConflictException.Reason.STATE, "It has problems.");
                    default -> Stand.NOTHING_SAID;
                };
            })));

    private static Object effective(Object of) {
        if (of instanceof StoreId store && !store.equals(HARBOUR)) {
            throw new NotFoundException("There is no store " + store + ".");
        }
        EffectiveRule rule = new EffectiveRule(RULE, new RuleScope.OfStore(HARBOUR));
        return of instanceof StoreId ? rule : of.equals(MUG.listing()) ? Optional.of(rule) : Optional.empty();
    }

    @Test
    void rulesAreFoundAndShown() throws Exception {
        Calls.Answer answer = calls.get("rules?kind=listing&store=harbour&q=mug&limit=7");
        assertEquals(new RuleQuery(RuleQuery.Kind.LISTING, HARBOUR, "mug", new PageRequest(0, 7)), asked.get(0));
        assertEquals("gid://shop/1", answer.body().at("/items/0/scope/listing").asText());
        assertEquals(5000, answer.body().at("/items/0/rule/share").asInt());
        assertTrue(answer.body().at("/items/0/rule/max").isNull(), "none");
    }

    @Test
    void aRuleIsSetReadAndRemovedAtItsAddress() throws Exception {
        String address = "rules/stores/harbour/listing?listing=gid://shop/1&variant=v";
        Calls.Answer set = calls.send("PUT", address, "{\"buffer\":3,\"share\":5000}");
        assertEquals(200, set.status());
        assertEquals(List.of(RuleChange.set(MUG, RULE)), asked.get(0));
        assertEquals("STORE", set.body().at("/effective/scope/kind").asText());
        assertTrue(set.body().path("set").isNull());
        asked.clear();
        assertEquals(204, calls.send("DELETE", "rules/default", null).status());
        assertEquals(List.of(RuleChange.remove(RuleScope.DEFAULT)), asked.get(0));
        assertEquals(404, calls.get("rules/stores/nowhere").status());
        assertEquals(
                404, calls.get("rules/stores/harbour/listing?listing=other").status());
    }

    @Test
    void whatIsWrongIsNamedByItsField() throws Exception {
        assertEquals("max", field(calls.send("PUT", "rules/default", "{\"min\":9,\"max\":3}")));
        assertEquals("share", field(calls.send("PUT", "rules/stores/harbour", "{\"share\":10001}")));
        assertEquals("listing", field(calls.get("rules/stores/harbour/listing")));
        assertEquals(400, calls.send("PUT", "rules/default", "null").status());
        assertEquals("changes", field(calls.send("POST", "rules/preview", "{}")));
        assertEquals("scope.kind", field(calls.send("POST", "rules/preview", "{\"changes\":[{\"scope\":{}}]}")));
        assertTrue(asked.stream().noneMatch(List.class::isInstance), "nothing was asked for");
    }

    private static String field(Calls.Answer answer) {
        assertEquals(422, answer.status(), answer.text());
        return answer.body().path("field").asText();
    }

    @Test
    void changesArePreviewedByWhoReadsAndAppliedUnderAKey() throws Exception {
        String changes = "{\"changes\":[{\"scope\":{\"kind\":\"default\"},\"rule\":{\"paused\":true}},"
                + "{\"scope\":{\"kind\":\"STORE\",\"store\":\"harbour\"}}]}";
        Calls.Answer preview =
                calls.call("POST", "rules/preview?onlyDifferent=false", Calls.token(Scope.READ), changes);
        assertEquals(200, preview.status());
        assertEquals(false, asked.get(1));
        assertEquals("LOWERED", preview.body().at("/items/0/effect").asText());
        assertEquals(3, preview.body().at("/totals/figures").asInt());
        List<?> wanted = (List<?>) asked.get(0);
        assertEquals(RuleChange.remove(new RuleScope.OfStore(HARBOUR)), wanted.get(1));

        assertEquals(400, calls.send("POST", "rules/apply", changes).status(), "without a key");
        asked.clear();
        Map<String, String> headers = new HashMap<>(Calls.token(Scope.WRITE));
        headers.put(Keys.HEADER, "k-1");
        Calls.Answer applied = calls.call("POST", "rules/apply", headers, changes);
        assertEquals(2, applied.body().path("changed").asInt());
        assertEquals(List.of(wanted, "token:test", new IdempotencyKey("token:test", "k-1")), asked);
        assertEquals(
                403,
                calls.call("POST", "rules/apply", Calls.token(Scope.READ), changes)
                        .status());
    }

    @Test
    void aFileIsStagedAndFoundAtItsAddress() throws Exception {
        Map<String, String> headers = new HashMap<>(Calls.token(Scope.WRITE));
        headers.put("Content-Type", "text/csv; charset=utf-8");
        Calls.Answer staged = calls.call("POST", "rule-imports?name=spring.csv", headers, "scope,sku\nlisting,MÜG");
        assertEquals(201, staged.status(), staged.text());
        assertTrue(staged.location().endsWith("rule-imports/7"), staged.location());
        assertEquals(List.of("spring.csv", "scope,sku|listing,MÜG"), asked.subList(0, 2));
        assertEquals("READY", calls.get("rule-imports/7").body().path("state").asText());
        assertEquals(404, calls.get("rule-imports/8").status());
        assertEquals(
                "share",
                calls.get("rule-imports/7/problems")
                        .body()
                        .at("/items/0/column")
                        .asText());
        assertEquals(409, calls.send("POST", "rule-imports/7/apply", null).status());
        assertEquals(201, calls.send("POST", "rule-imports/7/undo", null).status());
    }

    @Test
    void rulesAreDownloaded() throws Exception {
        Calls.Answer csv = calls.get("rule-imports/export.csv?store=harbour");
        assertEquals("text/csv;charset=utf-8", csv.type().replace(" ", ""));
        assertEquals("scope\r\ndefault\r\n", csv.text());
        assertEquals(HARBOUR, asked.get(0));
    }
}
