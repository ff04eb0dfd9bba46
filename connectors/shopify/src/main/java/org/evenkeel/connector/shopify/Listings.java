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

    /**
     * Where a listing pull stands. Written as {@code 1 levels after}.
     *
     * @param levels how many locations to read with each variant
     * @param after the number of the last variant read; 0 at the start
     */
    record Cursor(int levels, long after) {
        static Cursor parse(String text) {
            String[] parts = text.split(" ");
            if (parts.length != 3 || !parts[0].equals("1")) {
                throw new IllegalArgumentException(
                        "This is no listing cursor of the Shopify connector: '" + text + "'");
            }
            return new Cursor(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        }

        @Override
        public String toString() {
            return "1 " + levels + " " + after;
        }
    }

    /** One page. */
    static ListingPage page(String text, Conversation store) throws ConnectorException {
        Cursor cursor = text == null ? new Cursor(locations(store), 0) : Cursor.parse(text);
        JsonNode variants = Json.connection(store.query(request(cursor, store)), "productVariants");
        List<ListingEntry> entries = new ArrayList<>();
        long last = cursor.after();
        for (JsonNode variant : variants.path("nodes")) {
            entries.add(entry(variant, store));
            last = Math.max(last, Gid.number(variant.path("id").asText()));
        }
        boolean more = Json.more(variants) && last > cursor.after();
        return new ListingPage(entries, more ? new Cursor(cursor.levels(), last).toString() : null);
    }

    private static Request request(Cursor cursor, Conversation store) {
        int costOfVariant = COST_OF_VARIANT + Levels.cost(cursor.levels());
        int first = store.costs().pageSize(Operation.LISTINGS, costOfVariant);
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("first", first);
        variables.put("levels", cursor.levels());
        variables.put("query", cursor.after() == 0 ? null : "id:>" + cursor.after());
        return new Request(Operation.LISTINGS, variables, Cost.connection(first, costOfVariant), first);
    }

    /** How many locations there are, up to 50; a counter that is at more of them is followed by itself. */
    static int locations(Conversation store) throws ConnectorException {
        JsonNode data = store.query(new Request(Operation.LOCATION_COUNT, Map.of(), Cost.connection(50, 1), 50));
        return Math.max(1, Json.connection(data, "locations").path("nodes").size());
    }

    private static ListingEntry entry(JsonNode variant, Conversation store) throws ConnectorException {
        JsonNode product = variant.path("product");
        try {
            return listing(variant, product, variant.path("inventoryItem"), store);
        } catch (UnreadableException e) {
            return new UnreadableListing(
                    new ListingId(
                            product.path("id").asText("unknown"),
                            variant.path("id").asText()),
                    e.getMessage());
        }
    }

    private static StoreListing listing(JsonNode variant, JsonNode product, JsonNode item, Conversation store)
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
                counted ? Levels.figures(item, store) : List.of());
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
