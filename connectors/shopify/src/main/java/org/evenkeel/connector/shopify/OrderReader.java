package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
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
 * {@code updatedAt} stays the same, so that the next try goes on instead of beginning anew. The page of orders itself is always read anew, so that a pull that
 * began after a change sees it.
 */
final class OrderReader {
    private static final int TRIES = 3;

    private final Map<String, JsonNode> pieces = new ConcurrentHashMap<>();

    /** Forgets the pieces; called when a page was delivered. */
    void forget() {
        pieces.clear();
    }

    /**
     * The complete order, in the shape of {@code OrderFields}.
     *
     * @param order as read with {@link OrderSizes#NARROW}
     * @return null when the order is gone meanwhile
     * @throws UnreadableException when it is too long to be read at all
     */
    JsonNode complete(JsonNode order, boolean withPlaces, Conversation store)
            throws ConnectorException, UnreadableException {
        if (!truncated(order, OrderSizes.NARROW)) {
            return order;
        }
        JsonNode wide = wide(order, withPlaces, store);
        if (wide.isNull()) {
            return null;
        }
        return truncated(wide, OrderSizes.WIDE) ? listByList(wide, withPlaces, store) : wide;
    }

    private static boolean truncated(JsonNode order, OrderSizes sizes) {
        return Json.more(order.path("lineItems"))
                || order.path("fulfillments").size() >= sizes.shipments()
                || order.path("refunds").size() >= sizes.refunds()
                || anyMore(order.path("fulfillments"), "fulfillmentLineItems")
                || anyMore(order.path("refunds"), "refundLineItems")
                || placesTruncated(order.path("fulfillmentOrders"));
    }

    /** Of a single place the lines need not be known: all are there. */
    private static boolean placesTruncated(JsonNode places) {
        return Json.more(places) || places.path("nodes").size() > 1 && anyMore(places.path("nodes"), "lineItems");
    }

    private static boolean anyMore(JsonNode list, String connection) {
        for (JsonNode item : list) {
            if (Json.more(item.path(connection))) {
                return true;
            }
        }
        return false;
    }

    private JsonNode wide(JsonNode order, boolean withPlaces, Conversation store) throws ConnectorException {
        String id = order.path("id").asText();
        String key = id + " " + order.path("updatedAt").asText();
        JsonNode known = pieces.get(key);
        if (known == null) {
            JsonNode data = store.query(byIds(List.of(id), OrderSizes.WIDE, withPlaces));
            known = Json.list(data, "nodes", 1).path(0);
            pieces.put(key, known);
        }
        return known;
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
            OrderPieces reading = new OrderPieces(id, asOf, pieces, store);
            ObjectNode whole = reading.read(withPlaces);
            if (whole == null || reading.latest().equals(asOf)) {
                return whole;
            }
            asOf = reading.latest();
        }
        throw new TransientException("Order " + order.path("name").asText() + " keeps changing while it is read.");
    }
}
