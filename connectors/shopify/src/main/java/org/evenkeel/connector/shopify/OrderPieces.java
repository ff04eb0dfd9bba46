package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.shopify.Json.UnreadableException;

/** One reading of one order, list by list, each page of each list followed, all as of one state of the order. */
final class OrderPieces {
    /** The most shipments, and the most refunds, that are read: these lists have no pages. */
    private static final int MOVES = 200;

    private final String id;
    private final String asOf;
    private final Map<String, JsonNode> known;
    private final Conversation store;
    private String latest;

    /**
     * @param asOf the order's {@code updatedAt} as far as known
     * @param known pieces of earlier tries; new ones are added
     */
    OrderPieces(String id, String asOf, Map<String, JsonNode> known, Conversation store) {
        this.id = id;
        this.asOf = asOf;
        this.known = known;
        this.store = store;
        this.latest = asOf;
    }

    /** The order's {@code updatedAt} as the pieces tell it; where it is not the one expected, they do not fit. */
    String latest() {
        return latest;
    }

    /**
     * The order in the shape of {@code OrderFields}.
     *
     * @return null when it is gone
     */
    ObjectNode read(boolean withPlaces) throws ConnectorException, UnreadableException {
        ObjectNode whole = lines();
        if (whole == null) {
            return null;
        }
        moves(whole);
        if (withPlaces) {
            places(whole);
        }
        return whole;
    }

    private ObjectNode lines() throws ConnectorException {
        ObjectNode whole = null;
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        String after = null;
        do {
            JsonNode order = page(Operation.ORDER_LINES, id, 3, after).path("order");
            if (!order.isObject()) {
                return null;
            }
            whole = whole == null ? order.deepCopy() : whole;
            JsonNode page = known(order.path("lineItems"));
            page.path("nodes").forEach(all::add);
            after = Json.more(page) ? Json.end(page) : null;
        } while (after != null);
        whole.set("lineItems", nodes(all));
        return whole;
    }

    private void moves(ObjectNode whole) throws ConnectorException, UnreadableException {
        int cost = Cost.OBJECT + 2 * Cost.list(MOVES, Cost.OBJECT);
        JsonNode order = piece(new Request(Operation.ORDER_MOVES, Map.of("id", id), cost, 0))
                .path("order");
        whole.set("fulfillments", shipments(order.path("fulfillments").size()));
        whole.set("refunds", refunds(order.path("refunds").size()));
    }

    private ArrayNode shipments(int count) throws ConnectorException, UnreadableException {
        JsonNode order = moves(Operation.ORDER_SHIPMENTS, count, 2);
        return each(order.path("fulfillments"), Operation.SHIPMENT_LINES, "fulfillmentLineItems", 2);
    }

    private ArrayNode refunds(int count) throws ConnectorException, UnreadableException {
        JsonNode order = moves(Operation.ORDER_REFUNDS, count, 3);
        return each(order.path("refunds"), Operation.REFUND_LINES, "refundLineItems", 3);
    }

    /** All moves of one kind, with as many lines of each as one query may hold. */
    private JsonNode moves(Operation operation, int count, int costOfLine)
            throws ConnectorException, UnreadableException {
        if (count >= MOVES) {
            throw new UnreadableException("It has " + MOVES + " shipments or refunds or more, too many to read.");
        }
        if (count == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        int costOfMove = Cost.OBJECT * 2 + Cost.connection(0, costOfLine);
        int lines = (CostModel.CEILING / count - costOfMove) / costOfLine;
        int first = Math.max(1, Math.min(CostModel.LONGEST_PAGE, lines));
        int cost = Cost.list(count, Cost.OBJECT * 2 + Cost.connection(first, costOfLine));
        return piece(new Request(operation, Map.of("id", id, "count", count, "first", first), cost, 0))
                .path("order");
    }

    /** Where each line is reserved; where there is only one place, its lines need not be read. */
    private void places(ObjectNode whole) throws ConnectorException {
        ArrayNode places = rest(Operation.ORDER_PLACES, id, "order", "fulfillmentOrders", 3, null);
        if (places.size() > 1) {
            places = each(places, Operation.PLACE_LINES, "lineItems", 2);
        }
        whole.set("fulfillmentOrders", nodes(places));
    }

    /** Each item of a list with its nested list filled from where it ends. */
    private ArrayNode each(JsonNode list, Operation operation, String connection, int costOfLine)
            throws ConnectorException {
        ArrayNode filled = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list) {
            JsonNode begun = item.path(connection);
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            begun.path("nodes").forEach(all::add);
            if (begun.isMissingNode() || Json.more(begun)) {
                String of = item.path("id").asText();
                all.addAll(rest(operation, of, "node", connection, costOfLine, Json.end(begun)));
            }
            ObjectNode copy = item.deepCopy();
            copy.set(connection, nodes(all));
            filled.add(copy);
        }
        return filled;
    }

    private ArrayNode rest(Operation operation, String of, String root, String connection, int costOfItem, String begin)
            throws ConnectorException {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        String after = begin;
        do {
            JsonNode page =
                    known(page(operation, of, costOfItem, after).path(root).path(connection));
            page.path("nodes").forEach(all::add);
            after = Json.more(page) ? Json.end(page) : null;
        } while (after != null);
        return all;
    }

    /** An empty answer must not be read as an empty list: units would seem never to have been sent. */
    private JsonNode known(JsonNode connection) throws TransientException {
        if (!connection.path("nodes").isArray()) {
            known.clear();
            throw new TransientException("Shopify does not tell all lines of an order.");
        }
        return connection;
    }

    private JsonNode page(Operation operation, String of, int costOfItem, String after) throws ConnectorException {
        int length = store.costs().pageSize(operation, costOfItem);
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("id", of);
        variables.put("first", length);
        variables.put("after", after);
        int cost = Cost.OBJECT * 2 + Cost.connection(length, costOfItem);
        return piece(new Request(operation, variables, cost, length));
    }

    private JsonNode piece(Request request) throws ConnectorException {
        String key = id + " " + asOf + " " + request.operation() + " "
                + request.variables().get("id") + " " + request.variables().get("after");
        JsonNode data = known.get(key);
        if (data == null) {
            data = store.query(request);
            known.put(key, data);
        }
        String updatedAt = data.path("order").path("updatedAt").asText(asOf);
        latest = updatedAt.equals(asOf) ? latest : updatedAt;
        return data;
    }

    private static ObjectNode nodes(ArrayNode nodes) {
        ObjectNode connection = JsonNodeFactory.instance.objectNode();
        connection.set("nodes", nodes);
        return connection;
    }
}
