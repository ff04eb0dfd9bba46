package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.shopify.InventoryMutations.ActivatePayload;
import org.evenkeel.simulator.shopify.InventoryMutations.UserError;

/** {@code inventoryActivate}: stocks an item at a location. Runs under the shop's lock. */
final class ActivateInventory {
    private ActivateInventory() {}

    static Object answer(DataFetchingEnvironment env) {
        return Idempotent.once(
                env,
                () -> activateNow(env),
                payload -> !payload.userErrors().isEmpty(),
                (code, message) -> refusedActivation(null, message));
    }

    private static ActivatePayload activateNow(DataFetchingEnvironment env) {
        Shop shop = Fields.shop(env);
        Item item = InventoryFields.item(shop, env.getArgument("inventoryItemId"));
        Location location = InventoryFields.location(shop, env.getArgument("locationId"));
        Integer available = env.getArgument("available");
        Integer onHand = env.getArgument("onHand");
        if (item == null) {
            return refusedActivation("inventoryItemId", "The product couldn't be found.");
        }
        if (location == null || !location.writable()) {
            return refusedActivation("locationId", "The location couldn't be found.");
        }
        if (available != null && onHand != null) {
            return refusedActivation(
                    "available", "Not allowed to set available quantity and on hand quantity at the same time.");
        }
        Shelf known = shop.stock().find(item.variant(), location);
        if (known != null && known.active() && (available != null || onHand != null)) {
            return refusedActivation(
                    available != null ? "available" : "onHand",
                    "Not allowed to set a quantity when the item is already active at the location.");
        }
        Shelf shelf = shop.stock().activate(item.variant(), location);
        if (available != null) {
            shop.stock().setByApp(shelf, available);
        } else if (onHand != null) {
            shop.stock()
                    .setByApp(
                            shelf, shelf.available() + onHand - shelf.figures().onHand());
        }
        return new ActivatePayload(shelf, List.of());
    }

    private static ActivatePayload refusedActivation(String field, String message) {
        return new ActivatePayload(null, List.of(new UserError(field == null ? null : List.of(field), message, null)));
    }
}
