package org.evenkeel.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderLine;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;

/** The life of orders. */
final class OrderRoutes {
    private static final String ORDERS = "/control/shops/{shop}/orders";
    private static final String ORDER = ORDERS + "/{order}";

    private final Simulator simulator;

    OrderRoutes(Simulator simulator) {
        this.simulator = simulator;
    }

    void addTo(List<Route> routes) {
        routes.add(new Route("GET", ORDERS, this::list));
        routes.add(new Route("POST", ORDERS, this::place));
        routes.add(new Route("GET", ORDER, input -> step(input, (shop, order) -> {})));
        routes.add(new Route(
                "DELETE",
                ORDER,
                input -> step(input, (shop, order) -> shop.sales().delete(order))));
        routes.add(new Route(
                "POST",
                ORDER + "/pay",
                input -> step(input, (shop, order) -> shop.sales().pay(order))));
        routes.add(new Route("POST", ORDER + "/fulfil", input -> step(input, (s, o) -> fulfil(s, o, input))));
        routes.add(new Route("POST", ORDER + "/cancel", input -> step(input, (s, o) -> cancel(s, o, input))));
        routes.add(new Route("POST", ORDER + "/refund", input -> step(input, (s, o) -> refund(s, o, input))));
        routes.add(new Route("POST", ORDER + "/edit", input -> step(input, (s, o) -> edit(s, o, input))));
        routes.add(new Route("POST", ORDER + "/cancel-shipments", input -> step(input, OrderRoutes::cancelShipments)));
    }

    private Shop shop(Input input) {
        return simulator.shop(input.path("shop"));
    }

    private Object list(Input input) {
        Shop shop = shop(input);
        long limit = input.query("limit").map(Long::parseLong).orElse(50L);
        return shop.read(() -> shop.orders().byId().descendingMap().values().stream()
                .limit(limit)
                .map(Views::order)
                .toList());
    }

    private Object place(Input input) {
        Shop shop = shop(input);
        Basket basket =
                input.flag("paid", true) ? Basket.empty() : Basket.empty().unpaid();
        if (input.has("location")) {
            basket = basket.at(ShopRoutes.location(shop, input));
        }
        for (JsonNode line : lines(input)) {
            basket = add(shop, basket, input.with(line));
        }
        Basket complete = basket;
        return shop.read(() -> Views.order(shop.sales().place(complete)));
    }

    private static JsonNode lines(Input input) {
        JsonNode lines = input.body().path("lines");
        if (!lines.isArray() || lines.isEmpty()) {
            throw new IllegalArgumentException("'lines' is a list of at least one {sku or variant, quantity}");
        }
        return lines;
    }

    private static Basket add(Shop shop, Basket basket, Input line) {
        if (line.has("custom")) {
            return basket.andCustom(line.text("custom"), line.optional("sku").orElse(null), line.count("quantity"));
        }
        return basket.and(ShopRoutes.variant(shop, line), line.count("quantity"));
    }

    /** Does one thing to an order and shows what it is like then, in one moment. */
    private Object step(Input input, BiConsumer<Shop, Order> action) {
        Shop shop = shop(input);
        long id = input.pathId("order");
        return shop.read(() -> {
            Order order = shop.orders().find(id);
            if (order == null) {
                throw new NoSuchElementException("Shop " + shop.name() + " has no order " + id);
            }
            action.accept(shop, order);
            return Views.order(order);
        });
    }

    private static void fulfil(Shop shop, Order order, Input input) {
        if (input.has("lines")) {
            Location from = input.has("location") ? ShopRoutes.location(shop, input) : null;
            shop.sales().fulfil(order, from, quantities(order, input));
        } else {
            shop.sales().fulfil(order);
        }
    }

    private static void cancel(Shop shop, Order order, Input input) {
        Order.CancelReason reason =
                input.has("reason") ? input.choice(Order.CancelReason.class, "reason") : Order.CancelReason.CUSTOMER;
        shop.sales().cancel(order, input.flag("restock", true), reason);
    }

    private static void cancelShipments(Shop shop, Order order) {
        order.fulfilments().stream().filter(f -> !f.cancelled()).toList().forEach(shop.sales()::cancelFulfilment);
    }

    private static void refund(Shop shop, Order order, Input input) {
        Location back = input.has("location") ? ShopRoutes.location(shop, input) : null;
        Refund.Restock restock = input.choice(Refund.Restock.class, "restock");
        shop.sales().refund(order, quantities(order, input), restock, back);
    }

    private static void edit(Shop shop, Order order, Input input) {
        if (input.has("line")) {
            OrderLine line = line(order, input);
            shop.sales().setQuantity(order, line, input.count("quantity"), input.flag("restock", true));
        } else {
            Variant variant = ShopRoutes.variant(shop, input);
            shop.sales().addLine(order, variant, input.count("quantity"));
        }
    }

    private static Map<OrderLine, Integer> quantities(Order order, Input input) {
        Map<OrderLine, Integer> quantities = new LinkedHashMap<>();
        for (JsonNode node : lines(input)) {
            Input line = input.with(node);
            quantities.put(line(order, line), line.count("quantity"));
        }
        return quantities;
    }

    /** A line by {@code line} (its id) or {@code sku} (the first line with it). */
    private static OrderLine line(Order order, Input input) {
        if (input.has("line")) {
            long id = Input.id(input.text("line"));
            return find(order, "line " + id, line -> line.id() == id);
        }
        String sku = input.text("sku");
        return find(order, "line with the SKU " + sku, line -> sku.equals(line.sku()));
    }

    private static OrderLine find(Order order, String what, Predicate<OrderLine> wanted) {
        return order.lines().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("Order " + order.name() + " has no " + what));
    }
}
