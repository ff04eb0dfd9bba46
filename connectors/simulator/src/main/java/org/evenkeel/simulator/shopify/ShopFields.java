package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.List;
import java.util.stream.Collectors;
import org.evenkeel.simulator.Shop;

/** The roots of all queries, the shop itself and the app that calls. */
final class ShopFields {
    private static final List<String> SCOPES = List.of(
            "read_products",
            "read_inventory",
            "write_inventory",
            "read_locations",
            "read_orders",
            "read_all_orders",
            "read_merchant_managed_fulfillment_orders");

    /** The app that holds the token. */
    private enum Installation {
        THIS
    }

    private ShopFields() {}

    static void wire(RuntimeWiring.Builder all) {
        Fields.of("QueryRoot", Object.class)
                .field("currentAppInstallation", root -> Installation.THIS)
                .field("inventoryItem", (r, env) -> InventoryFields.item(Fields.shop(env), env.getArgument("id")))
                .field("inventoryItems", (r, env) -> InventoryFields.items(env))
                .field("inventoryLevel", (r, env) -> node(env, env.getArgument("id"), "InventoryLevel"))
                .field("location", (r, env) -> location(env))
                .field("locations", (r, env) -> InventoryFields.locations(env))
                .field("node", (r, env) -> node(env, env.getArgument("id"), null))
                .field("nodes", (r, env) -> nodes(env))
                .field("order", (r, env) -> node(env, env.getArgument("id"), "Order"))
                .field("orders", (r, env) -> OrderFields.orders(env))
                .field("ordersCount", (r, env) -> Count.limited(env, OrderFields.count(env)))
                .field("product", (r, env) -> node(env, env.getArgument("id"), "Product"))
                .field("productVariant", (r, env) -> node(env, env.getArgument("id"), "ProductVariant"))
                .field("productVariants", (r, env) -> ProductFields.variants(env))
                .field("productVariantsCount", (r, env) -> Count.limited(env, ProductFields.count(env)))
                .field("shop", (r, env) -> Fields.shop(env))
                .field("webhookSubscription", (r, env) -> node(env, env.getArgument("id"), "WebhookSubscription"))
                .field("webhookSubscriptions", (r, env) -> WebhookFields.subscriptions(env))
                .into(all);
        wireShop(all);
        Fields.of("PageInfo", Page.class)
                .field("endCursor", p -> p.endCursor())
                .field("hasNextPage", p -> p.hasNextPage())
                .field("hasPreviousPage", p -> p.hasPreviousPage())
                .field("startCursor", p -> p.startCursor())
                .into(all);
        Fields.of("Count", Count.class)
                .field("count", c -> c.count())
                .field("precision", c -> c.exact() ? "EXACT" : "AT_LEAST")
                .into(all);
    }

    private static void wireShop(RuntimeWiring.Builder all) {
        Fields.of("Shop", Shop.class)
                .field("id", s -> Gid.of("Shop", 1))
                .field("name", s -> s.name())
                .field("myshopifyDomain", s -> s.name() + ".myshopify.com")
                .field("email", s -> "shop@" + s.name() + ".example")
                .field("ianaTimezone", s -> "Etc/UTC")
                .field("currencyCode", s -> "EUR")
                .field("plan", s -> s)
                .field("createdAt", s -> s.createdAt())
                .into(all);
        Fields.of("ShopPlan", Shop.class)
                .field("partnerDevelopment", s -> true)
                .field("publicDisplayName", s -> "Development")
                .field("shopifyPlus", s -> s.budget().state().restoreRate() >= 1000)
                .into(all);
        Fields.of("AppInstallation", Installation.class)
                .field("accessScopes", i -> SCOPES)
                .field("id", i -> Gid.of("AppInstallation", 1))
                .into(all);
        Fields.of("AccessScope", String.class)
                .field("description", scope -> scope.replace('_', ' '))
                .field("handle", scope -> scope)
                .into(all);
    }

    private static Object location(DataFetchingEnvironment env) {
        String id = env.getArgument("id");
        Shop shop = Fields.shop(env);
        return id == null ? shop.catalogue().mainLocation() : InventoryFields.location(shop, id);
    }

    private static List<Object> nodes(DataFetchingEnvironment env) {
        List<String> ids = env.getArgument("ids");
        if (ids.size() > Page.LARGEST) {
            throw new AdminError(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of " + ids.size() + " is greater than the maximum allowed of " + Page.LARGEST
                            + ".");
        }
        // Not toList(): an id that is gone answers null.
        return ids.stream().map(id -> node(env, id, null)).collect(Collectors.toList());
    }

    /** The object of a global id, or null where it is gone or of another type than asked for. */
    private static Object node(DataFetchingEnvironment env, String id, String type) {
        Gid gid = Gid.parse(id);
        if (gid == null) {
            throw new AdminError("RESOURCE_NOT_FOUND", "Invalid global id '" + id + "'");
        }
        if (type != null && !type.equals(gid.type())) {
            throw new AdminError("RESOURCE_NOT_FOUND", "Invalid id: " + id);
        }
        Shop shop = Fields.shop(env);
        return switch (gid.type()) {
            case "Order" -> shop.orders().find(gid.id());
            case "Product" -> shop.catalogue().products().get(gid.id());
            case "ProductVariant" -> shop.catalogue().variants().get(gid.id());
            case "InventoryItem" -> InventoryFields.item(shop, id);
            case "InventoryLevel" -> shop.stock().find(gid.id());
            case "Location" -> shop.catalogue().location(gid.id());
            case "Shop" -> shop;
            case "WebhookSubscription" -> shop.callbacks().find(gid.id()).orElse(null);
            case "LineItem", "Fulfillment", "Refund", "FulfillmentOrder" -> OrderFields.part(shop, gid);
            default -> null;
        };
    }
}
