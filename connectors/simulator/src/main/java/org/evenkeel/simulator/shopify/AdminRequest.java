package org.evenkeel.simulator.shopify;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A call as it came.
 *
 * @param query the text of the operation
 * @param operationName which operation of the text; null where it has one
 * @param variables never null
 */
record AdminRequest(String query, String operationName, Map<String, Object> variables) {
    /** Reads the body of a call; empty where it is no call. */
    static Optional<AdminRequest> read(ObjectMapper json, byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            if (node == null || !node.path("query").isTextual()) {
                return Optional.empty();
            }
            JsonNode variables = node.path("variables");
            Map<String, Object> values = variables.isObject()
                    ? json.convertValue(variables, new TypeReference<Map<String, Object>>() {})
                    : Map.of();
            return Optional.of(new AdminRequest(
                    node.path("query").textValue(), node.path("operationName").textValue(), values));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
