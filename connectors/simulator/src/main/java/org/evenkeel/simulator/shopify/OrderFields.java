package org.evenkeel.simulator.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.evenkeel.simulator.Fulfilment;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderBook;
import org.evenkeel.simulator.OrderLine;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;

/** Orders and their parts as Shopify shows them. */
final class OrderFields {
    private static final Map<String, Function<Order, Comparable<?>>> SEARCH = Map.of(
            "id", Order::id,
            "name", Order::name,
            "created_at", Order::createdAt,
            "processed_at", Order::processedAt,
            "updated_at", Order::updatedAt,
            "status", OrderFields::status,
            "financial_status", o -> o.payment().name(),
            "fulfillment_status", OrderFields::fulfilmentStatus);

    private OrderFields() {}

    static void wire(RuntimeWiring.Builder all) {
        wireOrder(all);
        wireLines(all);
        wireFulfilments(all);
        wireRefunds(all);
        FulfillmentOrders.wire(all);
    }

    private static void wireOrder(RuntimeWiring.Builder all) {
        Fields.of("Order", Order.class)
                .field(
                        "cancelReason",
                        o -> o.cancelReason() == null ? null : o.cancelReason().name())
                .field("cancelledAt", o -> o.cancelledAt())
                .field("closed", o -> o.closedAt() != null)
                .field("closedAt", o -> o.closedAt())
                .field("confirmed", o -> true)
                .field("createdAt", o -> o.createdAt())
                .field("currentSubtotalLineItemsQuantity", o -> sum(o, OrderLine::current))
                .field("displayFinancialStatus", o -> o.payment().name())
                .field("displayFulfillmentStatus", o -> fulfilmentStatus(o))
                .field("edited", o -> o.edited())
                .field("fulfillmentOrders", (o, env) -> FulfillmentOrders.page(env, o))
                .field("fulfillments", (o, env) -> first(env, o.fulfilments()))
                .field("fulfillmentsCount", o -> new Count(o.fulfilments().size()))
                .field("fullyPaid", o -> o.payment() == Order.Payment.PAID)
                .field("id", o -> gid(o))
                .field("legacyResourceId", o -> o.id())
                .field("lineItems", (o, env) -> Page.of(env, o.lines().stream(), Page.byId(OrderLine::id)))
                .field("name", o -> o.name())
                .field("number", o -> o.number())
                .field("physicalLocation", o -> o.location())
                .field("processedAt", o -> o.processedAt())
                .field("refunds", (o, env) -> first(env, o.refunds()))
                .field("retailLocation", o -> null)
                .field("sourceIdentifier", o -> null)
                .field("sourceName", o -> "web")
                .field("subtotalLineItemsQuantity", o -> sum(o, OrderLine::ordered))
                .field("test", o -> false)
                .field("unpaid", o -> o.payment() == Order.Payment.PENDING)
                .field("updatedAt", o -> o.updatedAt())
                .into(all);
        Fields.connection(all, "Order");
    }

    private static void wireLines(RuntimeWiring.Builder all) {
        Fields.of("LineItem", OrderLine.class)
                .field("currentQuantity", l -> l.current())
                .field("id", l -> gid(l))
                .field("name", l -> l.title())
                .field("nonFulfillableQuantity", l -> l.removed())
                .field("product", l -> variant(l) == null ? null : l.variant().product())
                .field("quantity", l -> l.ordered())
                .field("refundableQuantity", l -> l.current())
                .field("requiresShipping", l -> true)
                .field("restockable", l -> l.shelf() != null && l.current() > 0)
                .field("sku", l -> l.sku())
                .field("title", l -> l.title())
                .field("unfulfilledQuantity", l -> l.open())
                .field("variant", l -> variant(l))
                .field(
                        "variantTitle",
                        l -> l.variant() == null ? null : l.variant().title())
                .into(all);
        Fields.connection(all, "LineItem");
    }

    private static void wireFulfilments(RuntimeWiring.Builder all) {
        Fields.of("Fulfillment", Fulfilment.class)
                .field("createdAt", f -> f.createdAt())
                .field(
                        "fulfillmentLineItems",
                        (f, env) -> Page.of(env, f.lines().stream(), Page.byId(Fulfilment.Line::id)))
                .field("id", f -> Gid.of("Fulfillment", f.id()))
                .field("legacyResourceId", f -> f.id())
                .field("location", f -> f.location())
                .field("name", f -> f.name())
                .field("order", f -> f.order())
                .field("status", f -> f.cancelled() ? "CANCELLED" : "SUCCESS")
                .field(
                        "totalQuantity",
                        f -> f.lines().stream()
                                .mapToInt(Fulfilment.Line::quantity)
                                .sum())
                .field("updatedAt", f -> f.updatedAt())
                .into(all);
        Fields.of("FulfillmentLineItem", Fulfilment.Line.class)
                .field("id", l -> Gid.of("FulfillmentLineItem", l.id()))
                .field("lineItem", l -> l.line())
                .field("quantity", l -> l.quantity())
                .into(all);
        Fields.connection(all, "FulfillmentLineItem");
    }

    private static void wireRefunds(RuntimeWiring.Builder all) {
        Fields.of("Refund", Refund.class)
                .field("createdAt", r -> r.createdAt())
                .field("id", r -> Gid.of("Refund", r.id()))
                .field("legacyResourceId", r -> r.id())
                .field("note", r -> null)
                .field("order", r -> r.order())
                .field("processedAt", r -> r.createdAt())
                .field("refundLineItems", (r, env) -> Page.of(env, r.lines().stream(), Page.byId(Refund.Line::id)))
                .field("updatedAt", r -> r.createdAt())
                .into(all);
        Fields.of("RefundLineItem", Refund.Line.class)
                .field("id", l -> Gid.of("RefundLineItem", l.id()))
                .field("lineItem", l -> l.line())
                .field("location", l -> l.location())
                .field("quantity", l -> l.quantity())
                .field("restockType", l -> l.restock().name())
                .field("restocked", l -> l.restocked())
                .into(all);
        Fields.connection(all, "RefundLineItem");
    }

    static String gid(Order order) {
        return Gid.of("Order", order.id());
    }

    static String gid(OrderLine line) {
        return Gid.of("LineItem", line.id());
    }

    /** The variant of a line, or null where there is none or it was deleted since. */
    static Variant variant(OrderLine line) {
        return line.variant() == null || line.variant().deleted() ? null : line.variant();
    }

    /** A line, shipment, refund or fulfillment order by its global id, or null. */
    static Object part(Shop shop, Gid gid) {
        Order order = shop.orders().ownerOf(gid.id());
        if (order == null) {
            return null;
        }
        return switch (gid.type()) {
            case "LineItem" -> find(order.lines().stream(), line -> line.id() == gid.id());
            case "Fulfillment" -> find(order.fulfilments().stream(), shipment -> shipment.id() == gid.id());
            case "Refund" -> find(order.refunds().stream(), refund -> refund.id() == gid.id());
            default -> find(FulfillmentOrders.of(order), group -> group.id() == gid.id());
        };
    }

    private static <T> T find(Stream<T> parts, Predicate<T> wanted) {
        return parts.filter(wanted).findFirst().orElse(null);
    }

    private static <T> List<T> first(DataFetchingEnvironment env, List<T> all) {
        Integer first = env.getArgument("first");
        return first == null || first >= all.size() ? all : all.subList(0, first);
    }

    private static int sum(Order order, Function<OrderLine, Integer> units) {
        return order.lines().stream().mapToInt(units::apply).sum();
    }

    private static String status(Order order) {
        if (order.cancelledAt() != null) {
            return "cancelled";
        }
        return order.closedAt() != null ? "closed" : "open";
    }

    private static String fulfilmentStatus(Order order) {
        int fulfilled = sum(order, OrderLine::fulfilled);
        if (sum(order, OrderLine::open) > 0) {
            return fulfilled > 0 ? "PARTIALLY_FULFILLED" : "UNFULFILLED";
        }
        if (fulfilled > 0) {
            return "FULFILLED";
        }
        return sum(order, OrderLine::putBack) > 0 ? "RESTOCKED" : "UNFULFILLED";
    }

    // ---- the connection

    static Page orders(DataFetchingEnvironment env) {
        Shop shop = Fields.shop(env);
        SearchQuery search = SearchQuery.parse(env.getArgument("query"));
        Predicate<Order> wanted = search.<Order>predicate(SEARCH).and(shop.orders()::listed);
        Page.Sort<Order> sort = sort(env.getArgument("sortKey"));
        Page.Request request = Page.Request.of(env, sort.name());
        boolean repeat = shop.faults().duplicates();
        return Page.cut(request, source(shop, search, sort, request).filter(wanted), sort, repeat);
    }

    static long count(DataFetchingEnvironment env) {
        Shop shop = Fields.shop(env);
        Predicate<Order> wanted = SearchQuery.parse(env.getArgument("query")).predicate(SEARCH);
        return shop.orders().all().stream()
                .filter(wanted.and(shop.orders()::listed))
                .count();
    }

    private static Page.Sort<Order> sort(String key) {
        return switch (key) {
            case "UPDATED_AT" -> new Page.Sort<>(key, o -> o.updatedAt().getEpochSecond(), Order::id);
            case "CREATED_AT" -> new Page.Sort<>(key, o -> o.createdAt().getEpochSecond(), Order::id);
            case "PROCESSED_AT" -> new Page.Sort<>(key, o -> o.processedAt().getEpochSecond(), Order::id);
            default -> Page.byId(Order::id);
        };
    }

    /** The orders in the sort's order. Changes and ids have an index; anything else is sorted here. */
    private static Stream<Order> source(Shop shop, SearchQuery search, Page.Sort<Order> sort, Page.Request request) {
        if (sort.name().equals("UPDATED_AT")) {
            return byUpdate(shop.orders(), search, request);
        }
        if (sort.name().equals("ID")) {
            return Page.from(shop.orders().byId(), search.smallestId(), request);
        }
        var order = request.reverse() ? sort.order().reversed() : sort.order();
        return shop.orders().all().stream().sorted(order);
    }

    private static Stream<Order> byUpdate(OrderBook orders, SearchQuery search, Page.Request request) {
        NavigableSet<Order> all = orders.byUpdate();
        if (request.reverse()) {
            return all.descendingSet().stream();
        }
        Instant from = search.earliest("updated_at");
        if (request.after() != null) {
            Instant cursor = Instant.ofEpochSecond(request.after().value());
            from = cursor.isAfter(from) ? cursor : from;
        }
        return orders.changedSince(from).stream();
    }
}
