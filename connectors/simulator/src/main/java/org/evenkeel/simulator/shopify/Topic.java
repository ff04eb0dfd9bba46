package org.evenkeel.simulator.shopify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.evenkeel.simulator.Fulfilment;
import org.evenkeel.simulator.Happening;
import org.evenkeel.simulator.Notice;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Product;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;

/** What can be subscribed to, by Shopify's two names for it: subscriptions use the one, messages the other. */
enum Topic {
    APP_UNINSTALLED("app/uninstalled"),
    FULFILLMENTS_CREATE("fulfillments/create"),
    INVENTORY_LEVELS_UPDATE("inventory_levels/update"),
    ORDERS_CANCELLED("orders/cancelled"),
    ORDERS_CREATE("orders/create"),
    ORDERS_DELETE("orders/delete"),
    ORDERS_UPDATED("orders/updated"),
    PRODUCTS_CREATE("products/create"),
    PRODUCTS_DELETE("products/delete"),
    PRODUCTS_UPDATE("products/update"),
    REFUNDS_CREATE("refunds/create");

    private final String header;

    Topic(String header) {
        this.header = header;
    }

    static List<Notice> notices(Shop shop, Happening happening) {
        return switch (happening.kind()) {
            case ORDER_PLACED -> order(ORDERS_CREATE, shop, happening);
            case ORDER_CHANGED -> order(ORDERS_UPDATED, shop, happening);
            case ORDER_CANCELLED -> order(ORDERS_CANCELLED, shop, happening);
            case ORDER_DELETED ->
                List.of(ORDERS_DELETE.notice(shop, () -> Map.of("id", ((Order) happening.subject()).id())));
            case ORDER_SHIPPED ->
                List.of(FULFILLMENTS_CREATE.notice(shop, () -> WebhookMessage.body((Fulfilment) happening.subject())));
            case ORDER_REFUNDED ->
                List.of(REFUNDS_CREATE.notice(shop, () -> WebhookMessage.body((Refund) happening.subject())));
            case SHELF_MOVED ->
                List.of(INVENTORY_LEVELS_UPDATE.notice(shop, () -> WebhookMessage.body((Shelf) happening.subject())));
            case PRODUCT_ADDED -> product(PRODUCTS_CREATE, shop, happening);
            case PRODUCT_CHANGED -> product(PRODUCTS_UPDATE, shop, happening);
            case PRODUCT_DELETED ->
                List.of(PRODUCTS_DELETE.notice(shop, () -> Map.of("id", ((Product) happening.subject()).id())));
            case APP_REMOVED -> List.of(APP_UNINSTALLED.notice(shop, () -> Map.of("id", 1, "name", shop.name())));
        };
    }

    private static List<Notice> order(Topic topic, Shop shop, Happening happening) {
        return List.of(topic.notice(shop, () -> WebhookMessage.body((Order) happening.subject())));
    }

    private static List<Notice> product(Topic topic, Shop shop, Happening happening) {
        return List.of(topic.notice(shop, () -> WebhookMessage.body((Product) happening.subject())));
    }

    private Notice notice(Shop shop, Supplier<Map<String, Object>> body) {
        return new Notice(
                name(),
                fields -> WebhookMessage.of(
                                shop,
                                header,
                                wanted(body.get(), fields),
                                shop.callbacks().secret())
                        .message());
    }

    private static Map<String, Object> wanted(Map<String, Object> body, Set<String> fields) {
        if (fields.isEmpty()) {
            return body;
        }
        Map<String, Object> part = new LinkedHashMap<>(body);
        part.keySet().retainAll(fields);
        return part;
    }
}
