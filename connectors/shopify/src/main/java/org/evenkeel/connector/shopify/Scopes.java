package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.ConnectorException;

/** What the app may do in the shop. */
record Scopes(Set<String> handles) {
    static final List<String> REQUIRED =
            List.of("read_products", "read_inventory", "write_inventory", "read_orders", "read_locations");

    /** Without it, orders placed more than 60 days ago are hidden. */
    static final String ALL_ORDERS = "read_all_orders";

    /** Each of them tells where an order's units are reserved. */
    static final List<String> PLACES = List.of(
            "read_merchant_managed_fulfillment_orders",
            "read_assigned_fulfillment_orders",
            "read_third_party_fulfillment_orders");

    Scopes {
        handles = Set.copyOf(handles);
    }

    /** Asks the shop. */
    static Scopes ask(Conversation store) throws ConnectorException {
        return of(store.query(new Request(Operation.SCOPES, Map.of(), 20, 0)));
    }

    /** From an answer that holds {@code currentAppInstallation}. */
    static Scopes of(JsonNode data) {
        Set<String> handles = new HashSet<>();
        data.path("currentAppInstallation")
                .path("accessScopes")
                .forEach(scope -> handles.add(scope.path("handle").asText()));
        return new Scopes(handles);
    }

    /** Whether a scope was granted; writing includes reading. */
    boolean has(String scope) {
        return handles.contains(scope)
                || scope.startsWith("read_") && handles.contains("write_" + scope.substring("read_".length()));
    }

    boolean allOrders() {
        return has(ALL_ORDERS);
    }

    /** Whether the shop tells where units are reserved. One such scope shows that kind of fulfilment orders. */
    boolean places() {
        return PLACES.stream().anyMatch(this::has);
    }

    List<String> missing() {
        return REQUIRED.stream().filter(scope -> !has(scope)).toList();
    }
}
