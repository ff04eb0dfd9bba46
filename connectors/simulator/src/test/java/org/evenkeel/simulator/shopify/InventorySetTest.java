package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.simulator.Figures;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Setting figures: compare-and-set, whole batches, idempotency keys, every refusal. */
class InventorySetTest extends ShopifyTestBase {
    private Variant apple;
    private Variant pear;
    private Location main;

    @BeforeEach
    void stock() {
        apple = shop.addProduct("Apple", "APPLE-1", 50);
        pear = shop.addProduct("Pear", "PEAR-1", 20);
        main = shop.catalogue().mainLocation();
    }

    private Map<String, Object> row(Variant variant, long quantity, Integer from) {
        return row(new Item(variant).gid(), InventoryFields.gid(main), quantity, from);
    }

    private static Map<String, Object> row(String item, String location, long quantity, Integer from) {
        Map<String, Object> row = new HashMap<>();
        row.put("inventoryItemId", item);
        row.put("locationId", location);
        row.put("quantity", quantity);
        row.put("changeFromQuantity", from);
        return row;
    }

    private static Map<String, Object> input(Map<?, ?>... rows) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", "available");
        input.put("reason", "correction");
        input.put("quantities", List.of(rows));
        return input;
    }

    private JsonNode set(String key, Map<String, Object> input) throws Exception {
        return client.data(SET, "key", key, "input", input).path("inventorySetQuantities");
    }

    private static List<String> codes(JsonNode payload) {
        return payload.path("userErrors").findValuesAsText("code");
    }

    private static String field(JsonNode payload) {
        List<String> path = new ArrayList<>();
        payload.at("/userErrors/0/field").forEach(step -> path.add(step.asText()));
        return String.join(".", path);
    }

    // ---- what is accepted

    @Test
    void availableIsSetAndOnHandFollows() throws Exception {
        shop.order(apple, 4);
        JsonNode payload = set("k1", input(row(apple, 40, 46)));

        assertThat(codes(payload)).isEmpty();
        JsonNode changes = payload.at("/inventoryAdjustmentGroup/changes");
        assertThat(changes.findValuesAsText("name")).containsExactly("available", "on_hand");
        assertThat(changes.findValuesAsText("delta")).containsExactly("-6", "-6");
        assertThat(changes.findValues("quantityAfterChange")).allMatch(JsonNode::isNull);
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(40, 4, 0));
    }

    @Test
    void nullSkipsTheCheck() throws Exception {
        assertThat(codes(set("k1", input(row(apple, 7, null))))).isEmpty();
        assertThat(shop.shelf(apple).available()).isEqualTo(7);
    }

    @Test
    void aNegativeFigureIsAccepted() throws Exception {
        assertThat(codes(set("k1", input(row(apple, -3, 50))))).isEmpty();
        assertThat(shop.shelf(apple).available()).isEqualTo(-3);
    }

    @Test
    void onHandCanBeSetToo() throws Exception {
        shop.order(apple, 4);
        Map<String, Object> input = input(row(apple, 30, 50));
        input.put("name", "on_hand");

        assertThat(codes(set("k1", input))).isEmpty();
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(26, 4, 0));
    }

    @Test
    void aBatchThatChangesNothingHasNoGroup() throws Exception {
        JsonNode payload = set("k1", input(row(apple, 50, 50)));
        assertThat(codes(payload)).isEmpty();
        assertThat(payload.path("inventoryAdjustmentGroup").isNull()).isTrue();
    }

    @Test
    void whoListensHearsWhatAnAppMovedAndNothingElse() throws Exception {
        List<String> heard = new ArrayList<>();
        shop.stock().onMovedByApp((variant, location, delta) -> heard.add(variant.sku() + " " + delta));
        shop.order(apple, 4);
        set("k1", input(row(apple, 40, 46), row(pear, 20, 20)));
        set("k2", input(row(apple, 1, 46)));

        assertThat(heard).containsExactly("APPLE-1 -6");
    }

    // ---- what is refused by the item

    @Test
    void oneStaleItemRefusesTheWholeBatch() throws Exception {
        JsonNode payload = set("k1", input(row(apple, 1, 50), row(pear, 2, 19)));

        assertThat(codes(payload)).containsExactly("CHANGE_FROM_QUANTITY_STALE");
        assertThat(field(payload)).isEqualTo("input.quantities.1.changeFromQuantity");
        assertThat(shop.shelf(apple).available()).isEqualTo(50);
        assertThat(shop.shelf(pear).available()).isEqualTo(20);
    }

    @Test
    void everyStaleItemIsNamed() throws Exception {
        JsonNode payload = set("k1", input(row(apple, 1, 49), row(pear, 2, 19)));
        assertThat(codes(payload)).containsExactly("CHANGE_FROM_QUANTITY_STALE", "CHANGE_FROM_QUANTITY_STALE");
    }

    @Test
    void unknownItemsAndLocationsAreNamed() throws Exception {
        JsonNode payload = set("k1", input(row("gid://shopify/InventoryItem/1", "gid://shopify/Location/2", 1, null)));
        assertThat(codes(payload)).containsExactly("INVALID_INVENTORY_ITEM", "INVALID_LOCATION");
        assertThat(field(payload)).isEqualTo("input.quantities.0.inventoryItemId");
    }

    @Test
    void figuresHaveBounds() throws Exception {
        assertThat(codes(set("k1", input(row(apple, 1_000_000_001, null)))))
                .containsExactly("INVALID_QUANTITY_TOO_HIGH");
        assertThat(codes(set("k2", input(row(apple, -1_000_000_001, null)))))
                .containsExactly("INVALID_QUANTITY_TOO_LOW");
        Map<String, Object> onHand = input(row(apple, -1, null));
        onHand.put("name", "on_hand");
        assertThat(codes(set("k3", onHand))).containsExactly("INVALID_QUANTITY_NEGATIVE");
    }

    @Test
    void theSamePlaceTwiceIsRefused() throws Exception {
        assertThat(codes(set("k1", input(row(apple, 1, null), row(apple, 2, null)))))
                .containsExactly("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR");
    }

    @Test
    void bundleParentsCannotBeSet() throws Exception {
        shop.catalogue().setComposite(apple, true);
        assertThat(codes(set("k1", input(row(apple, 1, null))))).containsExactly("NON_MUTABLE_INVENTORY_ITEM");
    }

    @Test
    void locationsOfServicesAreNotWritable() throws Exception {
        Location service = shop.catalogue().addLocation("Fulfil Inc", false);
        shop.stock().setAvailable(apple, service, 9);

        Map<String, Object> row = row(new Item(apple).gid(), InventoryFields.gid(service), 1, null);
        assertThat(codes(set("k1", input(row)))).containsExactly("INVALID_LOCATION");
        assertThat(shop.stock().figures(apple, service).available()).isEqualTo(9);
    }

    @Test
    void reasonNameAndDocumentAreChecked() throws Exception {
        Map<String, Object> input = input(row(apple, 1, null));
        input.put("name", "damaged");
        input.put("reason", "mood");
        input.put("referenceDocumentUri", "no uri");

        assertThat(codes(set("k1", input)))
                .containsExactly("INVALID_NAME", "INVALID_REASON", "INVALID_REFERENCE_DOCUMENT");
    }

    @Test
    void whereNothingIsStockedTheVersionDecides() throws Exception {
        Location depot = shop.catalogue().addLocation("Depot");
        Map<String, Object> row = row(new Item(apple).gid(), InventoryFields.gid(depot), 5, null);

        ShopifyClient older = new ShopifyClient(simulator.address(shop), "secret", "2026-04");
        JsonNode refused = older.data(SET, "key", "k1", "input", input(row)).path("inventorySetQuantities");
        assertThat(codes(refused)).containsExactly("ITEM_NOT_STOCKED_AT_LOCATION");
        assertThat(codes(set("k2", input(row)))).isEmpty();
        assertThat(shop.stock().figures(apple, depot).available()).isEqualTo(5);

        Location second = shop.catalogue().addLocation("Second depot");
        shop.setStocksOnSet(false);
        assertThat(codes(set("k3", input(row(new Item(apple).gid(), InventoryFields.gid(second), 5, null)))))
                .containsExactly("ITEM_NOT_STOCKED_AT_LOCATION");
    }

    @Test
    void activationStocksAnItem() throws Exception {
        Location depot = shop.catalogue().addLocation("Depot");
        String activate = """
                mutation Activate($item: ID!, $location: ID!, $available: Int) {
                  inventoryActivate(inventoryItemId: $item, locationId: $location, available: $available)
                      @idempotent(key: "a1") {
                    inventoryLevel { isActive quantities(names: ["available"]) { quantity } }
                    userErrors { field message }
                  }
                }""";
        JsonNode payload = client.data(
                        activate, "item", new Item(apple).gid(), "location", InventoryFields.gid(depot), "available", 6)
                .path("inventoryActivate");

        assertThat(payload.path("userErrors")).isEmpty();
        assertThat(payload.at("/inventoryLevel/quantities/0/quantity").asInt()).isEqualTo(6);
        assertThat(shop.stock().figures(apple, depot).available()).isEqualTo(6);
    }

    // ---- what is refused by the form

    @Test
    void theKeyIsMandatory() throws Exception {
        JsonNode answer = client.call(
                "mutation Set($input: InventorySetQuantitiesInput!) {"
                        + " inventorySetQuantities(input: $input) { userErrors { code } } }",
                "input",
                input(row(apple, 1, 50)));

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(answer.at("/errors/0/message").asText())
                .isEqualTo("The @idempotent directive is required for this mutation but was not provided.");
        assertThat(answer.at("/data/inventorySetQuantities").isNull()).isTrue();
        assertThat(shop.shelf(apple).available()).isEqualTo(50);
    }

    @Test
    void theExpectedFigureMustBePresent() throws Exception {
        Map<String, Object> row = row(apple, 1, 50);
        row.remove("changeFromQuantity");
        JsonNode answer = client.call(SET, "key", "k1", "input", input(row));

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("INVALID_FIELD_ARGUMENTS");
        assertThat(answer.at("/data/inventorySetQuantities").isNull()).isTrue();
    }

    @Test
    void anOldFieldIsAnInvalidVariable() throws Exception {
        Map<String, Object> input = input(row(apple, 1, 50));
        input.put("ignoreCompareQuantity", true);
        JsonNode answer = client.call(SET, "key", "k1", "input", input);

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("INVALID_VARIABLE");
        assertThat(answer.at("/errors/0/message").asText())
                .isEqualTo("Variable $input of type InventorySetQuantitiesInput! was provided invalid value for"
                        + " ignoreCompareQuantity (Field is not defined on InventorySetQuantitiesInput)");
        assertThat(answer.has("data")).isFalse();
    }

    @Test
    void moreThan250ItemsAreRefused() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 251; i++) {
            rows.add(row(apple, i, null));
        }
        Map<String, Object> input = input();
        input.put("quantities", rows);
        assertThat(client.call(SET, "key", "k1", "input", input)
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("MAX_INPUT_SIZE_EXCEEDED");
    }

    // ---- keys

    @Test
    void theSameCallAgainIsAnsweredAgainAndNotDoneAgain() throws Exception {
        JsonNode first = set("k1", input(row(apple, 40, 50)));
        shop.order(apple, 1);
        JsonNode second = set("k1", input(row(apple, 40, 50)));

        assertThat(second).isEqualTo(first);
        assertThat(shop.shelf(apple).available()).isEqualTo(39);
    }

    @Test
    void aKeyBelongsToItsInput() throws Exception {
        set("k1", input(row(apple, 40, 50)));
        assertThat(codes(set("k1", input(row(apple, 41, 40))))).containsExactly("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
        assertThat(shop.shelf(apple).available()).isEqualTo(40);
    }

    @Test
    void afterAFailureOnlyANewKeyHelps() throws Exception {
        set("k1", input(row(apple, 40, 49)));
        assertThat(codes(set("k1", input(row(apple, 40, 49))))).containsExactly("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
        assertThat(codes(set("k2", input(row(apple, 40, 50))))).isEmpty();
    }

    @Test
    void aKeyIsForgottenAfterADay() throws Exception {
        set("k1", input(row(apple, 40, 50)));
        clock.advance(Duration.ofHours(25));
        assertThat(codes(set("k1", input(row(apple, 41, 40))))).isEmpty();
    }
}
