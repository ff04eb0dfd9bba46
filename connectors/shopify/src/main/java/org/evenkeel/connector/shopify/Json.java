package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.evenkeel.connector.TransientException;

/** Reads what the store sent, strictly: what is not as documented is an error of that one item. */
final class Json {
    private Json() {}

    /** Something in an item is not what it should be. The message is for the operator. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /** A text that must be there. */
    static String text(JsonNode node, String field) throws UnreadableException {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new UnreadableException("Shopify sent no " + field + ".");
        }
        return value.asText();
    }

    /** A text, or null. */
    static String textOrNull(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    /** The id of a nested object, or null where there is none. */
    static String idOrNull(JsonNode node, String field) {
        return textOrNull(node.path(field), "id");
    }

    /** A whole number of units. */
    static long units(JsonNode node, String field) throws UnreadableException {
        JsonNode value = node.path(field);
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw new UnreadableException("Shopify sent " + (value.isMissingNode() ? "no" : value.asText()) + " "
                    + field + " where whole units are due.");
        }
        return value.longValue();
    }

    /** A count of units, which is never negative. */
    static long count(JsonNode node, String field) throws UnreadableException {
        long units = units(node, field);
        if (units < 0) {
            throw new UnreadableException("Shopify sent " + units + " " + field + ", which cannot be negative.");
        }
        return units;
    }

    /** A moment that must be there. */
    static Instant instant(JsonNode node, String field) throws UnreadableException {
        Instant instant = instantOrNull(node, field);
        if (instant == null) {
            throw new UnreadableException("Shopify sent no " + field + ".");
        }
        return instant;
    }

    /** A moment, or null where there is none. */
    static Instant instantOrNull(JsonNode node, String field) throws UnreadableException {
        String text = textOrNull(node, field);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UnreadableException("Shopify sent '" + text + "' as " + field + ", which is no time.");
        }
    }

    /**
     * A connection that must be there. An answer without it must not be read as an empty one: orders would be missed,
     * listings would seem gone.
     */
    static JsonNode connection(JsonNode data, String field) throws TransientException {
        JsonNode connection = data.path(field);
        if (!connection.path("nodes").isArray()) {
            throw new TransientException("Shopify's answer holds no " + field + ".");
        }
        return connection;
    }

    /** A list that must have one entry, perhaps null, for each thing that was asked for. */
    static JsonNode list(JsonNode data, String field, int size) throws TransientException {
        JsonNode list = data.path(field);
        if (list.size() != size) {
            throw new TransientException(
                    "Shopify's answer holds " + list.size() + " " + field + " instead of " + size + ".");
        }
        return list;
    }

    /** Whether a connection has a further page. */
    static boolean more(JsonNode connection) {
        return connection.path("pageInfo").path("hasNextPage").asBoolean();
    }

    /** The cursor behind a page. */
    static String end(JsonNode connection) {
        return connection.path("pageInfo").path("endCursor").asText(null);
    }
}
