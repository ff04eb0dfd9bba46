package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.shopify.ScriptedStore.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each item, by the errors that Shopify names. */
class PushTest {
    private static final String LOCATION = "gid://shopify/Location/7";

    private ScriptedStore store;

    @BeforeEach
    void open() throws IOException {
        store = new ScriptedStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theRequestIsAbsoluteConditionalAndNamed() throws ConnectorException {
        answer("[]");
        store.connector().push(batch(5L, null), store.call());
        JsonNode request = store.requests("SetFigures").get(0);
        JsonNode input = request.path("variables").path("input");
        assertThat(request.path("query").asText()).contains("@idempotent(key: $key)");
        assertThat(request.path("variables").path("key").asText()).isEqualTo("key-1");
        assertThat(input.path("name").asText()).isEqualTo("available");
        assertThat(input.path("reason").asText()).isEqualTo("correction");
        assertThat(input.path("referenceDocumentUri").asText()).isEqualTo("gid://evenkeel/Push/key-1");
        assertThat(input.path("quantities").path(0).path("quantity").asLong()).isEqualTo(40);
        assertThat(input.path("quantities").path(0).path("changeFromQuantity").asLong())
                .isEqualTo(5);
        assertThat(input.path("quantities").path(1).has("changeFromQuantity")).isTrue();
        assertThat(input.path("quantities").path(1).path("changeFromQuantity").isNull())
                .isTrue();
    }

    @Test
    void withoutErrorsAllAreAcknowledged() throws ConnectorException {
        answer("[]");
        assertThat(push(3)).containsOnly(new PushOutcome.Acknowledged()).hasSize(3);
    }

    @Test
    void aStaleItemSpoilsTheBatchForTheOthers() throws ConnectorException {
        answer(error(1, "CHANGE_FROM_QUANTITY_STALE"));
        List<PushOutcome> outcomes = push(3);
        assertThat(outcomes.get(0)).isInstanceOf(PushOutcome.NotSent.class);
        assertThat(outcomes.get(1)).isEqualTo(new PushOutcome.Stale(null));
        assertThat(outcomes.get(2)).isInstanceOf(PushOutcome.NotSent.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INVALID_INVENTORY_ITEM",
                "INVALID_LOCATION",
                "INVALID_QUANTITY_TOO_HIGH",
                "NON_MUTABLE_INVENTORY_ITEM",
                "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR"
            })
    void aRefusedItemIsToldInTheStoresWords(String code) throws ConnectorException {
        answer(error(0, code));
        List<PushOutcome> outcomes = push(2);
        assertThat(outcomes.get(0)).isEqualTo(new PushOutcome.Refused(code, "Shopify refused it: Words of the store."));
        assertThat(outcomes.get(1)).isInstanceOf(PushOutcome.NotSent.class);
    }

    @Test
    void anErrorOfTheWholeBatchConcernsEachItem() throws ConnectorException {
        answer("[{'field':['input','reason'],'code':'INVALID_REASON','message':'Words'}]");
        assertThat(push(2)).hasSize(2).allMatch(PushOutcome.Refused.class::isInstance);
    }

    @Test
    void aChangeBesideErrorsLeavesTheOthersUnknown() throws ConnectorException {
        store.tell(
                "SetFigures",
                Answer.ok("{'inventorySetQuantities':{'inventoryAdjustmentGroup':{'id':'g'},'userErrors':"
                        + error(0, "CHANGE_FROM_QUANTITY_STALE") + "}}"));
        List<PushOutcome> outcomes = push(2);
        assertThat(outcomes.get(0)).isEqualTo(new PushOutcome.Stale(null));
        assertThat(outcomes.get(1)).isInstanceOf(PushOutcome.Unknown.class);
    }

    @Test
    void anItemThatIsNotStockedIsStockedAndGoesAgain() throws ConnectorException {
        answer(error(1, "ITEM_NOT_STOCKED_AT_LOCATION"));
        store.tell("Activate", Answer.ok("{'inventoryActivate':{'userErrors':[]}}"));
        assertThat(push(2)).hasSize(2).allMatch(PushOutcome.NotSent.class::isInstance);
        JsonNode variables = store.requests("Activate").get(0).path("variables");
        assertThat(variables.path("item").asText()).isEqualTo("gid://shopify/InventoryItem/1");
        assertThat(variables.path("location").asText()).isEqualTo(LOCATION);
        assertThat(variables.path("key").asText()).isNotEmpty().isNotEqualTo("key-1");
    }

    @Test
    void anItemThatCannotBeStockedIsRefused() throws ConnectorException {
        answer(error(0, "ITEM_NOT_STOCKED_AT_LOCATION"));
        store.tell("Activate", Answer.ok("{'inventoryActivate':{'userErrors':[{'message':'Too many locations.'}]}}"));
        assertThat(push(1).get(0))
                .isEqualTo(new PushOutcome.Refused(
                        "ITEM_NOT_STOCKED_AT_LOCATION",
                        "Shopify does not stock it at this location, and refuses to: Too many locations."));
    }

    @Test
    void anItemThatTheAppMayNotStockIsRefused() throws ConnectorException {
        answer(error(0, "ITEM_NOT_STOCKED_AT_LOCATION"));
        store.tell("Activate", Answer.errors("ACCESS_DENIED", "No."));
        assertThat(push(1).get(0)).isInstanceOf(PushOutcome.Refused.class);
    }

    @Test
    void aBatchStillUnderWayIsUnknown() throws ConnectorException {
        answer("[{'field':null,'code':'IDEMPOTENCY_CONCURRENT_REQUEST','message':'Words'}]");
        assertThat(push(2)).hasSize(2).allMatch(PushOutcome.Unknown.class::isInstance);
    }

    @Test
    void aFailedEarlierTryNeedsANewKey() throws ConnectorException {
        answer("[{'field':null,'code':'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED','message':'Words'}]");
        assertThat(push(2)).hasSize(2).allMatch(PushOutcome.NotSent.class::isInstance);
    }

    @Test
    void oneKeyForTwoBatchesIsABug() {
        answer("[{'field':null,'code':'IDEMPOTENCY_KEY_PARAMETER_MISMATCH','message':'Words'}]");
        assertThatThrownBy(() -> push(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAnswerWithoutAWordIsUnknown() throws ConnectorException {
        store.tell("SetFigures", Answer.ok("{'inventorySetQuantities':null}"));
        assertThat(push(2)).hasSize(2).allMatch(PushOutcome.Unknown.class::isInstance);
    }

    private void answer(String userErrors) {
        store.tell("SetFigures", Answer.ok("{'inventorySetQuantities':{'userErrors':" + userErrors + "}}"));
    }

    private static String error(int index, String code) {
        return "[{'field':['input','quantities','" + index + "','x'],'code':'" + code
                + "','message':'Words of the store'}]";
    }

    private List<PushOutcome> push(int items) throws ConnectorException {
        return store.connector().push(batch(new Long[items]), store.call());
    }

    private static PushBatch batch(Long... expected) {
        return new PushBatch(
                "key-1",
                IntStream.range(0, expected.length)
                        .mapToObj(i -> new PushBatch.Item(
                                new FigureTarget(
                                        new ListingId(
                                                "gid://shopify/Product/" + i, "gid://shopify/ProductVariant/" + i),
                                        "gid://shopify/InventoryItem/" + i,
                                        LOCATION),
                                "SKU-" + i,
                                40 + i,
                                expected[i]))
                        .toList());
    }
}
