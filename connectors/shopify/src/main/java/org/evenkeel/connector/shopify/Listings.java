package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.StoreListing.State;
import org.evenkeel.connector.TransientException;
import org.evenkeel.connector.UnreadableListing;
import org.evenkeel.connector.shopify.Json.UnreadableException;

/**
 * Reads what the shop sells, variant by variant in the order of their ids. Each page asks for ids above the last one, so
 * that the store's limit of 25,000 objects per paging is never met, and what is added or deleted meanwhile shifts
 * nothing.
 */
final class Listings {
    /** A variant, its product and its counter. */
    private static final int COST_OF_VARIANT = Cost.OBJECT * 3;

    private Listings() {}

    /** One page. */
    static ListingPage page(String text, Conversation store) throws ConnectorException {
        ListingCursor cursor = text == null ? ListingCursor.start(locations(store)) : ListingCursor.parse(text);
        Request request = cursor.only().isEmpty() ? atAll(cursor, store) : atOne(cursor, store);
        JsonNode variants = Json.connection(store.query(request), "productVariants");
        List<ListingEntry> entries = new ArrayList<>();
        long last = cursor.after();
        for (JsonNode variant : variants.path("nodes")) {
            entries.add(entry(variant, cursor.only(), store));
            last = Math.max(last, Gid.number(variant.path("id").asText()));
        }
        return new ListingPage(entries, next(cursor, last, Json.more(variants)));
    }

    private static String next(ListingCursor cursor, long last, boolean more) throws TransientException {
        if (more && last <= cursor.after()) {
            throw new TransientException("Shopify tells of more variants, but not which come next.");
        }
        return more ? cursor.next(last).toString() : null;
    }

    private static Request atAll(ListingCursor cursor, Conversation store) {
        return request(
                Operation.LISTINGS,
                COST_OF_VARIANT + Levels.cost(cursor.levels()),
                "levels",
                cursor.levels(),
                cursor,
                store);
    }

    private static Request atOne(ListingCursor cursor, Conversation store) {
        int costOfVariant = COST_OF_VARIANT + Cost.OBJECT * 2;
        return request(Operation.LISTINGS_AT_ONE, costOfVariant, "location", cursor.only(), cursor, store);
    }

    private static Request request(
            Operation operation,
            int costOfVariant,
            String name,
            Object value,
            ListingCursor cursor,
            Conversation store) {
        int first = store.costs().pageSize(operation, costOfVariant);
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("first", first);
        variables.put("query", cursor.query());
        variables.put(name, value);
        return new Request(operation, variables, Cost.connection(first, costOfVariant), first);
    }

    private static JsonNode locations(Conversation store) throws ConnectorException {
        JsonNode data = store.query(new Request(Operation.LOCATIONS, Map.of(), Cost.connection(50, 1), 50));
        return Json.connection(data, "locations").path("nodes");
    }

    private static ListingEntry entry(JsonNode variant, String only, Conversation store) throws ConnectorException {
        JsonNode product = variant.path("product");
        try {
            return listing(variant, product, variant.path("inventoryItem"), only, store);
        } catch (UnreadableException e) {
            return new UnreadableListing(
                    new ListingId(
                            product.path("id").asText("unknown"),
                            variant.path("id").asText()),
                    e.getMessage());
        }
    }

    private static StoreListing listing(
            JsonNode variant, JsonNode product, JsonNode item, String only, Conversation store)
            throws ConnectorException, UnreadableException {
        String sku = Json.textOrNull(variant, "sku");
        String status = Json.text(product, "status");
        boolean counted = item.path("tracked").asBoolean()
                && !variant.path("requiresComponents").asBoolean();
        return new StoreListing(
                new ListingId(Json.text(product, "id"), Json.text(variant, "id")),
                sku == null || sku.isEmpty() ? null : sku,
                title(product, variant),
                state(status, counted),
                reason(status, item, variant),
                Json.text(item, "id"),
                counted ? figures(item, only, store) : List.of());
    }

    private static List<StoreListing.Figure> figures(JsonNode item, String only, Conversation store)
            throws ConnectorException, UnreadableException {
        if (only.isEmpty()) {
            return Levels.figures(item, store);
        }
        JsonNode level = item.path("inventoryLevel");
        return level.isObject() ? List.of(new StoreListing.Figure(only, Levels.available(level))) : List.of();
    }

    private static String title(JsonNode product, JsonNode variant) throws UnreadableException {
        String title = Json.text(product, "title");
        String of = variant.path("title").asText("");
        return of.isEmpty() || of.equals("Default Title") ? title : title + " – " + of;
    }

    private static State state(String status, boolean counted) {
        if (!counted) {
            return State.NOT_TRACKED;
        }
        return switch (status) {
            case "DRAFT" -> State.DRAFT;
            case "ARCHIVED" -> State.ARCHIVED;
            default -> State.ACTIVE;
        };
    }

    private static String reason(String status, JsonNode item, JsonNode variant) {
        if (variant.path("requiresComponents").asBoolean()) {
            return "A bundle of Shopify: its quantity follows from its components.";
        }
        if (!item.path("tracked").asBoolean()) {
            return "Shopify does not track its quantity.";
        }
        return status.equals("ACTIVE") ? "" : "Its product is " + status.toLowerCase(Locale.ROOT) + ".";
    }
}
