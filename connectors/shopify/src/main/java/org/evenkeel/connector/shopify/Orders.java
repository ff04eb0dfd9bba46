package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.CursorTooOldException;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.UnreadableOrder;
import org.evenkeel.connector.shopify.Json.UnreadableException;

/** Reads orders: those that changed, and those of given ids. */
final class Orders {
    /** How far back Shopify shows orders to an app without {@link Scopes#ALL_ORDERS}. */
    private static final Duration SHOWN = Duration.ofDays(60);

    private final OrderReader reader = new OrderReader();
    private volatile Scopes scopes;

    /** Takes over what a check found, so that a scope granted later counts at once. */
    void scopes(Scopes granted) {
        scopes = granted;
    }

    /** One page of changed orders. */
    OrderPage page(String text, Instant since, Conversation store) throws ConnectorException {
        OrderCursor cursor = text == null ? OrderCursor.from(since) : OrderCursor.parse(text);
        Scopes granted = granted(store);
        requireShown(cursor.since(), granted, store.now());
        JsonNode orders = Json.connection(store.query(request(cursor, granted.places(), store)), "orders");
        List<OrderEntry> entries = new ArrayList<>();
        Instant latest = null;
        for (JsonNode order : orders.path("nodes")) {
            latest = later(latest, OrderMapper.updatedAt(order));
            OrderEntry entry = entry(order, granted.places(), store);
            if (entry != null) {
                entries.add(entry);
            }
        }
        reader.forget();
        boolean more = Json.more(orders);
        int read = orders.path("nodes").size();
        OrderCursor next = more ? cursor.next(latest, read, Json.end(orders)) : cursor.end(latest);
        return new OrderPage(entries, next.toString(), more);
    }

    /** Orders by their ids. */
    List<OrderLookup> byId(List<String> ids, Conversation store) throws ConnectorException {
        boolean places = granted(store).places();
        Map<String, JsonNode> found = new HashMap<>();
        int length = store.costs().pageSize(Operation.ORDERS_BY_ID, OrderSizes.NARROW.cost(places));
        for (int from = 0; from < ids.size(); from += length) {
            List<String> part = ids.subList(from, Math.min(ids.size(), from + length));
            JsonNode data = store.query(OrderReader.byIds(part, OrderSizes.NARROW, places));
            Json.list(data, "nodes", part.size())
                    .forEach(order -> found.put(order.path("id").asText(), order));
        }
        List<OrderLookup> answers = new ArrayList<>();
        Hidden hidden = new Hidden();
        for (String id : ids) {
            OrderEntry entry = found.containsKey(id) ? entry(found.get(id), places, store) : null;
            answers.add(entry == null ? hidden.lookUp(id, store) : new OrderLookup.Found(entry));
        }
        reader.forget();
        return answers;
    }

    private Request request(OrderCursor cursor, boolean places, Conversation store) {
        int costOfOrder = OrderSizes.NARROW.cost(places);
        int first = store.costs().pageSize(Operation.ORDERS, costOfOrder);
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("first", first);
        variables.put("after", cursor.after().isEmpty() ? null : cursor.after());
        variables.put("query", cursor.query());
        OrderSizes.NARROW.into(variables, places);
        return new Request(Operation.ORDERS, variables, Cost.connection(first, costOfOrder), first);
    }

    /** The order; null when it is gone by now. */
    private OrderEntry entry(JsonNode order, boolean places, Conversation store) throws ConnectorException {
        try {
            JsonNode complete = reader.complete(order, places, store);
            return complete == null ? null : OrderMapper.map(complete);
        } catch (UnreadableException e) {
            return new UnreadableOrder(
                    order.path("id").asText(), OrderMapper.updatedAt(order), e.getMessage(), Redaction.content(order));
        }
    }

    private Scopes granted(Conversation store) throws ConnectorException {
        Scopes known = scopes;
        if (known == null) {
            known = Scopes.ask(store);
            scopes = known;
        }
        return known;
    }

    private static void requireShown(Instant since, Scopes granted, Instant now) throws CursorTooOldException {
        if (!granted.allOrders() && since.isBefore(now.minus(SHOWN))) {
            throw new CursorTooOldException(
                    "Shopify shows this app only the orders of the last " + SHOWN.toDays() + " days. Grant the scope "
                            + Scopes.ALL_ORDERS + " to see older ones.",
                    now.minus(SHOWN).plus(Duration.ofHours(1)));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /**
     * Tells orders that were deleted from those that are only hidden by their age, as Shopify answers both with nothing.
     * Ids rise with time, so what is younger than the oldest order shown would be shown if it were there.
     */
    private final class Hidden {
        private static final String UNKNOWN = "";

        private String oldest;

        OrderLookup lookUp(String id, Conversation store) throws ConnectorException {
            if (granted(store).allOrders() || youngerThanOldest(id, store)) {
                return new OrderLookup.Gone(id);
            }
            return new OrderLookup.Found(new UnreadableOrder(
                    id,
                    null,
                    "Shopify hides orders older than " + SHOWN.toDays()
                            + " days from this app, so this one may be there" + " or deleted. Grant the scope "
                            + Scopes.ALL_ORDERS + ".",
                    ""));
        }

        private boolean youngerThanOldest(String id, Conversation store) throws ConnectorException {
            if (oldest == null) {
                JsonNode data = store.query(new Request(Operation.OLDEST_ORDER, Map.of(), Cost.connection(1, 1), 1));
                oldest = Json.connection(data, "orders")
                        .path("nodes")
                        .path(0)
                        .path("id")
                        .asText(UNKNOWN);
            }
            return !oldest.equals(UNKNOWN) && Gid.number(id) > Gid.number(oldest);
        }
    }
}
