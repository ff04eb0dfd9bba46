package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Keeps of an order what this connector asks for, and nothing else. It asks for no buyer's data; should a store send
 * some all the same, it ends here.
 */
final class Redaction {
    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_TEXT = 200;
    private static final Set<String> KEPT = Set.of(
            "id",
            "name",
            "sku",
            "createdAt",
            "updatedAt",
            "cancelledAt",
            "processedAt",
            "displayFinancialStatus",
            "retailLocation",
            "lineItems",
            "nodes",
            "quantity",
            "unfulfilledQuantity",
            "totalQuantity",
            "product",
            "variant",
            "fulfillments",
            "fulfillmentLineItems",
            "lineItem",
            "status",
            "location",
            "refunds",
            "refundLineItems",
            "restockType",
            "restocked",
            "fulfillmentOrders",
            "assignedLocation");

    private Redaction() {}

    /** An order's content, up to 16 KiB of characters. */
    static String content(JsonNode order) {
        String text = kept(order).toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static JsonNode kept(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> {
                if (KEPT.contains(field.getKey())) {
                    copy.set(field.getKey(), kept(field.getValue()));
                }
            });
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(kept(item)));
            return copy;
        }
        boolean tooLong = node.isTextual() && node.asText().length() > LONGEST_TEXT;
        return tooLong ? JsonNodeFactory.instance.textNode(node.asText().substring(0, LONGEST_TEXT) + "…") : node;
    }
}
