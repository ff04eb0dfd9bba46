package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderLine;

/** What is to be shipped from where: the lines of an order, grouped by the location that booked them. */
final class FulfillmentOrders {
    /** The lines of an order at one location; its id is that of its first line, which never leaves it. */
    record FulfillmentOrder(Order order, Location location, List<OrderLine> lines) {
        long id() {
            return lines.get(0).id();
        }

        int remaining() {
            return lines.stream().mapToInt(OrderLine::open).sum();
        }

        String status() {
            if (remaining() == 0) {
                boolean shipped = lines.stream().anyMatch(line -> line.fulfilled() > 0);
                return shipped ? "CLOSED" : "CANCELLED";
            }
            return lines.stream().anyMatch(line -> line.fulfilled() > 0) ? "IN_PROGRESS" : "OPEN";
        }
    }

    private FulfillmentOrders() {}

    static void wire(RuntimeWiring.Builder all) {
        Fields.of("FulfillmentOrder", FulfillmentOrder.class)
                .field("assignedLocation", f -> f)
                .field("createdAt", f -> f.order().createdAt())
                .field("id", f -> Gid.of("FulfillmentOrder", f.id()))
                .field("lineItems", (f, env) -> Page.of(env, f.lines().stream(), Page.byId(OrderLine::id)))
                .field("order", f -> f.order())
                .field("orderId", f -> OrderFields.gid(f.order()))
                .field("status", f -> f.status())
                .field("updatedAt", f -> f.order().updatedAt())
                .into(all);
        Fields.of("FulfillmentOrderAssignedLocation", FulfillmentOrder.class)
                .field("location", f -> f.location())
                .field("name", f -> f.location().name())
                .into(all);
        Fields.of("FulfillmentOrderLineItem", OrderLine.class)
                .field("id", l -> Gid.of("FulfillmentOrderLineItem", l.id()))
                .field("inventoryItemId", l -> OrderFields.variant(l) == null ? null : new Item(l.variant()).gid())
                .field("lineItem", l -> l)
                .field("remainingQuantity", l -> l.open())
                .field("sku", l -> l.sku())
                .field("totalQuantity", l -> l.ordered() - l.removed())
                .field("variant", l -> OrderFields.variant(l))
                .into(all);
        Fields.connection(all, "FulfillmentOrder");
        Fields.connection(all, "FulfillmentOrderLineItem");
    }

    static Page page(DataFetchingEnvironment env, Order order) {
        return Page.of(env, of(order), Page.byId(FulfillmentOrder::id));
    }

    static Stream<FulfillmentOrder> of(Order order) {
        Map<Location, List<OrderLine>> groups = new LinkedHashMap<>();
        for (OrderLine line : order.lines()) {
            Location at = line.shelf() == null ? order.location() : line.shelf().location();
            groups.computeIfAbsent(at, l -> new ArrayList<>()).add(line);
        }
        return groups.entrySet().stream().map(e -> new FulfillmentOrder(order, e.getKey(), e.getValue()));
    }
}
