package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.shopify.Json.UnreadableException;

/**
 * Makes truncated orders complete: reads one anew with a wider query, and if that is not enough, list by list.
 *
 * <p>A very long order may cost more than the budget holds at once. The pieces read so far are kept in memory while its
 * {@code updatedAt} stays the same, so that the next try goes on instead of beginning anew; nothing depends on them.
 */
final class OrderReader {
    private static final int MOVES = 200;
    private static final int TRIES = 3;

    private final Map<String, JsonNode> pieces = new ConcurrentHashMap<>();

    /** Forgets the pieces; called when a page was delivered. */
    void forget() {
        pieces.clear();
    }

    /**
     * The complete order, in the shape of {@code OrderFields}.
     *
     * @param order as read with {@code sizes}
     * @return null when the order is gone meanwhile
     * @throws UnreadableException when it is too long to be read at all
     */
    JsonNode complete(JsonNode order, OrderSizes sizes, boolean withPlaces, Conversation store)
            throws ConnectorException, UnreadableException {
        if (!truncated(order, sizes)) {
            return order;
        }
        if (sizes == OrderSizes.NARROW) {
            JsonNode wide = wide(order.path("id").asText(), withPlaces, store);
            return wide.isNull() ? null : complete(wide, OrderSizes.WIDE, withPlaces, store);
        }
        return listByList(order, withPlaces, store);
    }

    private static boolean truncated(JsonNode order, OrderSizes sizes) {
        return Json.more(order.path("lineItems"))
                || order.path("fulfillments").size() >= sizes.shipments()
                || order.path("refunds").size() >= sizes.refunds()
                || anyMore(order.path("fulfillments"), "fulfillmentLineItems")
                || anyMore(order.path("refunds"), "refundLineItems")
                || Json.more(order.path("fulfillmentOrders"))
                || anyMore(order.path("fulfillmentOrders").path("nodes"), "lineItems");
    }

    private static boolean anyMore(JsonNode list, String connection) {
        for (JsonNode item : list) {
            if (Json.more(item.path(connection))) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode wide(String id, boolean withPlaces, Conversation store) throws ConnectorException {
        return store.query(byIds(List.of(id), OrderSizes.WIDE, withPlaces))
                .path("nodes")
                .path(0);
    }

    /** The request for some orders by their ids. */
    static Request byIds(List<String> ids, OrderSizes sizes, boolean withPlaces) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("ids", ids);
        sizes.into(variables, withPlaces);
        return new Request(
                Operation.ORDERS_BY_ID, variables, Cost.list(ids.size(), sizes.cost(withPlaces)), ids.size());
    }

    private JsonNode listByList(JsonNode order, boolean withPlaces, Conversation store)
            throws ConnectorException, UnreadableException {
        String id = order.path("id").asText();
        String asOf = order.path("updatedAt").asText();
        for (int tries = 0; tries < TRIES; tries++) {
            Pieces piecesOfOrder = new Pieces(id, asOf, store);
            ObjectNode whole = piecesOfOrder.read(withPlaces);
            if (whole == null) {
                return null;
            }
            if (piecesOfOrder.latest.equals(asOf)) {
                return whole;
            }
            asOf = piecesOfOrder.latest;
        }
        throw new TransientException("Order " + order.path("name").asText() + " keeps changing while it is read.");
    }

    /** One reading of an order, list by list, all as of one state of it. */
    private final class Pieces {
        private final String id;
        private final String asOf;
        private final Conversation store;
        private String latest;

        Pieces(String id, String asOf, Conversation store) {
            this.id = id;
            this.asOf = asOf;
            this.store = store;
            this.latest = asOf;
        }

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
                JsonNode page = read(Operation.ORDER_LINES, id, Cost.OBJECT * 2, Cost.OBJECT * 3, after)
                        .path("order");
                if (!page.isObject()) {
                    return null;
                }
                note(page);
                whole = whole == null ? page.deepCopy() : whole;
                page.path("lineItems").path("nodes").forEach(all::add);
                after = Json.more(page.path("lineItems")) ? Json.end(page.path("lineItems")) : null;
            } while (after != null);
            whole.set("lineItems", nodes(all));
            return whole;
        }

        private void moves(ObjectNode whole) throws ConnectorException, UnreadableException {
            int cost = Cost.OBJECT + Cost.list(MOVES, Cost.OBJECT * 2) + Cost.list(MOVES, Cost.OBJECT);
            JsonNode order = piece(new Request(Operation.ORDER_MOVES, Map.of("id", id), cost, 0))
                    .path("order");
            note(order);
            whole.set(
                    "fulfillments",
                    each(order.path("fulfillments"), Operation.SHIPMENT_LINES, "fulfillmentLineItems", 2));
            whole.set("refunds", each(order.path("refunds"), Operation.REFUND_LINES, "refundLineItems", 3));
        }

        /** Where each line is reserved; where there is only one place, its lines need not be read. */
        private void places(ObjectNode whole) throws ConnectorException, UnreadableException {
            ArrayNode all = all(Operation.ORDER_PLACES, id, "order", "fulfillmentOrders", 3);
            boolean onePlace = all.size() == 1;
            whole.set("fulfillmentOrders", nodes(onePlace ? all : each(all, Operation.PLACE_LINES, "lineItems", 2)));
        }

        /** Each item of a list with its nested list filled. */
        private ArrayNode each(JsonNode list, Operation operation, String connection, int costOfItem)
                throws ConnectorException, UnreadableException {
            if (list.size() >= MOVES) {
                throw new UnreadableException("It has " + MOVES + " shipments or refunds or more, too many to read.");
            }
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : list) {
                ObjectNode copy = item.deepCopy();
                copy.set(connection, nodes(all(operation, item.path("id").asText(), "node", connection, costOfItem)));
                filled.add(copy);
            }
            return filled;
        }

        private ArrayNode all(Operation operation, String of, String root, String connection, int costOfItem)
                throws ConnectorException {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            String after = null;
            do {
                JsonNode page = connection(read(operation, of, Cost.OBJECT, costOfItem, after), root, connection);
                page.path("nodes").forEach(all::add);
                after = Json.more(page) ? Json.end(page) : null;
            } while (after != null);
            return all;
        }

        /** An empty answer must not be read as an empty list: units would seem never to have been sent. */
        private JsonNode connection(JsonNode data, String root, String connection) throws TransientException {
            JsonNode page = data.path(root).path(connection);
            if (!page.path("nodes").isArray()) {
                forget();
                throw new TransientException("Shopify does not tell the " + connection + " of an order.");
            }
            return page;
        }

        private JsonNode read(Operation operation, String of, int base, int costOfItem, String after)
                throws ConnectorException {
            int length = store.costs().pageSize(operation, costOfItem);
            Map<String, Object> variables = new LinkedHashMap<>();
            variables.put("id", of);
            variables.put("first", length);
            variables.put("after", after);
            return piece(new Request(operation, variables, base + Cost.connection(length, costOfItem), length));
        }

        private JsonNode piece(Request request) throws ConnectorException {
            String key = id + " " + asOf + " " + request.operation() + " "
                    + request.variables().get("id") + " " + request.variables().get("after");
            JsonNode known = pieces.get(key);
            if (known != null) {
                return known;
            }
            JsonNode read = store.query(request);
            pieces.put(key, read);
            return read;
        }

        private void note(JsonNode order) {
            String updatedAt = order.path("updatedAt").asText(asOf);
            if (!updatedAt.equals(asOf)) {
                latest = updatedAt;
            }
        }
    }

    private static ObjectNode nodes(ArrayNode nodes) {
        ObjectNode connection = JsonNodeFactory.instance.objectNode();
        connection.set("nodes", nodes);
        return connection;
    }
}
