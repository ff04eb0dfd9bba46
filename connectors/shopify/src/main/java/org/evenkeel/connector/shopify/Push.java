package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;

/**
 * Sets figures. Shopify takes a batch whole or not at all: one stale item refuses the others with it, so those are told
 * as not sent.
 */
final class Push {
    private static final String STALE = "CHANGE_FROM_QUANTITY_STALE";
    private static final String NOT_STOCKED = "ITEM_NOT_STOCKED_AT_LOCATION";

    private Push() {}

    /** One outcome per item, by position. */
    static List<PushOutcome> push(PushBatch batch, Conversation store) throws ConnectorException {
        try {
            JsonNode answer = store.mutate(request(batch)).data().path("inventorySetQuantities");
            if (!answer.isObject()) {
                return all(batch, new PushOutcome.Unknown("Shopify did not say what became of it."));
            }
            return outcomes(batch, answer, store);
        } catch (UncertainException e) {
            return all(batch, new PushOutcome.Unknown(e.getMessage()));
        }
    }

    private static Request request(PushBatch batch) {
        List<Map<String, Object>> quantities = new ArrayList<>();
        for (PushBatch.Item item : batch.items()) {
            Map<String, Object> quantity = new LinkedHashMap<>();
            quantity.put("inventoryItemId", item.target().counter());
            quantity.put("locationId", item.target().location());
            quantity.put("quantity", item.figure());
            quantity.put("changeFromQuantity", item.expected());
            quantities.add(quantity);
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", "available");
        input.put("reason", "correction");
        input.put(
                "referenceDocumentUri",
                "gid://evenkeel/Push/" + URLEncoder.encode(batch.key(), StandardCharsets.UTF_8));
        input.put("quantities", quantities);
        return new Request(
                Operation.SET_FIGURES,
                Map.of("input", input, "key", batch.key()),
                Cost.MUTATION + 3 * Cost.OBJECT,
                batch.items().size());
    }

    private static List<PushOutcome> outcomes(PushBatch batch, JsonNode answer, Conversation store) {
        JsonNode errors = answer.path("userErrors");
        if (errors.isEmpty()) {
            return all(batch, new PushOutcome.Acknowledged());
        }
        Map<Integer, JsonNode> byItem = new HashMap<>();
        for (JsonNode error : errors) {
            int position = position(error);
            if (position < 0 || position >= batch.items().size()) {
                return all(batch, ofWhole(error, store));
            }
            byItem.putIfAbsent(position, error);
        }
        PushOutcome others = answer.path("inventoryAdjustmentGroup").isObject()
                ? new PushOutcome.Unknown("Shopify reported a change along with errors of other items.")
                : new PushOutcome.NotSent("Shopify refused the whole batch because of another item.");
        List<PushOutcome> outcomes = all(batch, others);
        for (Map.Entry<Integer, JsonNode> entry : byItem.entrySet()) {
            PushBatch.Item item = batch.items().get(entry.getKey());
            outcomes.set(entry.getKey(), ofItem(entry.getValue(), item, batch.key(), store));
        }
        return outcomes;
    }

    /** The index in {@code input.quantities.<index>…}; -1 where an error concerns the whole. */
    private static int position(JsonNode error) {
        JsonNode field = error.path("field");
        for (int i = 0; i + 1 < field.size(); i++) {
            String next = field.path(i + 1).asText();
            if (field.path(i).asText().equals("quantities") && next.matches("\\d{1,9}")) {
                return Integer.parseInt(next);
            }
        }
        return -1;
    }

    private static PushOutcome ofItem(JsonNode error, PushBatch.Item item, String key, Conversation store) {
        String code = error.path("code").asText("");
        if (code.equals(STALE)) {
            return new PushOutcome.Stale(null);
        }
        if (code.equals(NOT_STOCKED)) {
            return activate(item.target(), key, store);
        }
        return refused(error, store);
    }

    /** What an error of the whole batch means for each item. */
    private static PushOutcome ofWhole(JsonNode error, Conversation store) {
        String code = error.path("code").asText("");
        return switch (code) {
            case "IDEMPOTENCY_CONCURRENT_REQUEST" ->
                new PushOutcome.Unknown("Shopify is still at work on this very batch.");
            case "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED" ->
                new PushOutcome.NotSent("An earlier try of this batch failed; it needs a new key.");
            case "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" ->
                throw new IllegalStateException("A push key was used for two different batches.");
            case STALE -> new PushOutcome.Stale(null);
            default -> refused(error, store);
        };
    }

    private static PushOutcome refused(JsonNode error, Conversation store) {
        String words = store.failures().said(error.path("message").asText(""));
        return new PushOutcome.Refused(error.path("code").asText("UNKNOWN"), "Shopify refused it" + words);
    }

    /**
     * Stocks the item at the location, at 0, so that it can be set next time. Its key is made from the batch's, as the
     * same call must be the same to the store.
     */
    private static PushOutcome activate(FigureTarget target, String key, Conversation store) {
        Map<String, Object> variables = Map.of(
                "item", target.counter(),
                "location", target.location(),
                "key", activationKey(target, key));
        try {
            JsonNode errors = store.mutate(new Request(Operation.ACTIVATE, variables, Cost.MUTATION + 2, 0))
                    .data()
                    .path("inventoryActivate")
                    .path("userErrors");
            if (errors.isEmpty()) {
                return new PushOutcome.NotSent("Shopify did not stock it at this location; now it does.");
            }
            String words = errors.path(0).path("message").asText("");
            return new PushOutcome.Refused(
                    NOT_STOCKED,
                    "Shopify does not stock it at this location, and refuses to"
                            + store.failures().said(words));
        } catch (ConfigurationException e) {
            return new PushOutcome.Refused(NOT_STOCKED, e.getMessage());
        } catch (ConnectorException | UncertainException e) {
            return new PushOutcome.NotSent("Shopify does not stock it at this location yet: " + e.getMessage());
        }
    }

    private static String activationKey(FigureTarget target, String key) {
        String all = key + ' ' + target.counter() + ' ' + target.location();
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static List<PushOutcome> all(PushBatch batch, PushOutcome outcome) {
        return new ArrayList<>(Collections.nCopies(batch.items().size(), outcome));
    }
}
