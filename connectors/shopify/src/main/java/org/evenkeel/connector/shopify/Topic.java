package org.evenkeel.connector.shopify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Shopify is asked to call back for, and the only fields of it that are wanted: a webhook is a hint, what changed is
 * pulled. So no buyer's name or address is ever sent here.
 */
enum Topic {
    ORDERS_CREATE("id", "updated_at"),
    ORDERS_UPDATED("id", "updated_at"),
    ORDERS_CANCELLED("id", "updated_at"),
    ORDERS_DELETE("id"),
    REFUNDS_CREATE("id", "order_id"),
    APP_UNINSTALLED("id");

    private final List<String> fields;

    Topic(String... fields) {
        this.fields = List.of(fields);
    }

    List<String> fields() {
        return fields;
    }

    static Optional<Topic> of(String name) {
        return Stream.of(values()).filter(topic -> topic.name().equals(name)).findFirst();
    }
}
