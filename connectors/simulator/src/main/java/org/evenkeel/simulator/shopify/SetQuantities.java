package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.shopify.InventoryMutations.Change;
import org.evenkeel.simulator.shopify.InventoryMutations.Group;
import org.evenkeel.simulator.shopify.InventoryMutations.SetPayload;
import org.evenkeel.simulator.shopify.InventoryMutations.UserError;

/**
 * {@code inventorySetQuantities}: a batch is checked as a whole, then carried out as a whole or not at all. Runs under
 * the shop's lock.
 */
final class SetQuantities {
    private static final long LARGEST = 1_000_000_000L;
    private static final Set<String> REASONS = Set.of(
            "correction",
            "cycle_count_available",
            "damaged",
            "movement_canceled",
            "movement_created",
            "movement_received",
            "movement_updated",
            "other",
            "promotion",
            "quality_control",
            "received",
            "reservation_created",
            "reservation_deleted",
            "reservation_updated",
            "restock",
            "safety_stock",
            "shrinkage");

    /** One row of the input, found or not. */
    private record Row(int index, Item item, Location location, long quantity, Integer from) {
        List<String> path(String field) {
            return List.of("input", "quantities", Integer.toString(index), field);
        }
    }

    private SetQuantities() {}

    static Object answer(DataFetchingEnvironment env) {
        Map<String, Object> input = env.getArgument("input");
        requireWellFormed(input);
        return Idempotent.once(
                env,
                () -> setQuantities(env, input),
                payload -> !payload.userErrors().isEmpty(),
                (code, message) -> SetPayload.refused(List.of(new UserError(null, message, code))));
    }

    private static void requireWellFormed(Map<String, Object> input) {
        List<Map<String, Object>> quantities = rows(input);
        if (quantities.size() > Page.LARGEST) {
            throw new AdminError(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of " + quantities.size() + " is greater than the maximum allowed of "
                            + Page.LARGEST + ".");
        }
        if (!quantities.stream().allMatch(row -> row.containsKey("changeFromQuantity"))) {
            throw new AdminError(
                    "INVALID_FIELD_ARGUMENTS",
                    "InventoryQuantityInput must include the following argument: changeFromQuantity.");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> input) {
        return (List<Map<String, Object>>) input.get("quantities");
    }

    private static SetPayload setQuantities(DataFetchingEnvironment env, Map<String, Object> input) {
        Shop shop = Fields.shop(env);
        String name = (String) input.get("name");
        List<UserError> errors = checkHead(input);
        List<Row> rows = new ArrayList<>();
        for (Map<String, Object> row : rows(input)) {
            rows.add(row(shop, rows.size(), row));
        }
        if (errors.isEmpty()) {
            checkRows(rows, errors);
        }
        if (errors.isEmpty()) {
            rows.forEach(row -> checkFigure(env, row, name, errors));
        }
        if (!errors.isEmpty()) {
            return SetPayload.refused(errors);
        }
        return new SetPayload(carryOut(shop, input, name, rows), List.of());
    }

    private static Row row(Shop shop, int index, Map<String, Object> row) {
        return new Row(
                index,
                InventoryFields.item(shop, (String) row.get("inventoryItemId")),
                InventoryFields.location(shop, (String) row.get("locationId")),
                ((Number) row.get("quantity")).longValue(),
                (Integer) row.get("changeFromQuantity"));
    }

    private static List<UserError> checkHead(Map<String, Object> input) {
        List<UserError> errors = new ArrayList<>();
        String name = (String) input.get("name");
        if (!name.equals("available") && !name.equals("on_hand")) {
            errors.add(new UserError(
                    List.of("input", "name"),
                    "The quantity name must be either 'available' or 'on_hand'.",
                    "INVALID_NAME"));
        }
        if (!REASONS.contains((String) input.get("reason"))) {
            errors.add(new UserError(List.of("input", "reason"), "The specified reason is invalid.", "INVALID_REASON"));
        }
        if (!isDocument((String) input.get("referenceDocumentUri"))) {
            errors.add(new UserError(
                    List.of("input", "referenceDocumentUri"),
                    "The specified reference document is invalid.",
                    "INVALID_REFERENCE_DOCUMENT"));
        }
        return errors;
    }

    private static boolean isDocument(String uri) {
        if (uri == null) {
            return true;
        }
        try {
            URI parsed = new URI(uri);
            boolean complete = parsed.getScheme() != null
                    && parsed.getSchemeSpecificPart() != null
                    && parsed.getSchemeSpecificPart().length() > 2;
            return complete && (!uri.startsWith("gid:") || uri.matches("gid://[^/]+/[^/]+/.+"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void checkRows(List<Row> rows, List<UserError> errors) {
        Set<List<Object>> pairs = new HashSet<>();
        for (Row row : rows) {
            if (row.item() == null) {
                errors.add(new UserError(
                        row.path("inventoryItemId"),
                        "The specified inventory item could not be found.",
                        "INVALID_INVENTORY_ITEM"));
            }
            // The shelves of a fulfilment service are its own: for an app they are not there.
            if (row.location() == null || !row.location().writable()) {
                errors.add(new UserError(
                        row.path("locationId"), "The specified location could not be found.", "INVALID_LOCATION"));
            }
            if (row.item() != null && row.location() != null && !pairs.add(List.of(row.item(), row.location()))) {
                errors.add(new UserError(
                        row.path("locationId"),
                        "The combination of inventoryItemId and locationId must be unique.",
                        "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR"));
            }
        }
    }

    private static void checkFigure(DataFetchingEnvironment env, Row row, String name, List<UserError> errors) {
        Shop shop = Fields.shop(env);
        Shelf shelf = shop.stock().find(row.item().variant(), row.location());
        if (row.item().variant().composite()) {
            errors.add(new UserError(
                    row.path("inventoryItemId"),
                    "The specified inventory item is not allowed to be adjusted via API.",
                    "NON_MUTABLE_INVENTORY_ITEM"));
        } else if ((shelf == null || !shelf.active()) && !ShopifyProtocol.stocksOnSet(env)) {
            errors.add(new UserError(
                    row.path("locationId"),
                    "The specified inventory item is not stocked at the location.",
                    "ITEM_NOT_STOCKED_AT_LOCATION"));
        } else if (row.quantity() > LARGEST) {
            errors.add(new UserError(
                    row.path("quantity"),
                    "The quantity can't be higher than 1,000,000,000.",
                    "INVALID_QUANTITY_TOO_HIGH"));
        } else if (row.quantity() < -LARGEST) {
            errors.add(new UserError(
                    row.path("quantity"),
                    "The quantity can't be lower than -1,000,000,000.",
                    "INVALID_QUANTITY_TOO_LOW"));
        } else if (row.quantity() < 0 && name.equals("on_hand")) {
            errors.add(new UserError(
                    row.path("quantity"), "The quantity can't be negative.", "INVALID_QUANTITY_NEGATIVE"));
        } else if (row.from() != null && row.from() != figure(shelf, name)) {
            errors.add(new UserError(
                    row.path("changeFromQuantity"),
                    "The changeFromQuantity argument no longer matches the persisted quantity.",
                    "CHANGE_FROM_QUANTITY_STALE"));
        }
    }

    private static long figure(Shelf shelf, String name) {
        if (shelf == null) {
            return 0;
        }
        return name.equals("available") ? shelf.available() : shelf.figures().onHand();
    }

    /** Returns null where nothing moved: that is how Shopify answers a batch that changes nothing. */
    private static Group carryOut(Shop shop, Map<String, Object> input, String name, List<Row> rows) {
        List<Change> changes = new ArrayList<>();
        for (Row row : rows) {
            Shelf shelf = shop.stock().activate(row.item().variant(), row.location());
            long delta = row.quantity() - figure(shelf, name);
            if (delta != 0) {
                shop.stock().setByApp(shelf, Math.addExact(shelf.available(), delta));
                changes.add(new Change("available", delta, row.item(), row.location()));
                changes.add(new Change("on_hand", delta, row.item(), row.location()));
            }
        }
        return changes.isEmpty() ? null : group(shop, input, changes);
    }

    private static Group group(Shop shop, Map<String, Object> input, List<Change> changes) {
        return new Group(
                shop.newId(),
                shop.now(),
                (String) input.get("reason"),
                (String) input.get("referenceDocumentUri"),
                changes);
    }
}
