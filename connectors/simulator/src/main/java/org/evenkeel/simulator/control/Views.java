package org.evenkeel.simulator.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderLine;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;

/** How things look in the answers of the control API. Called under the shop's lock. */
final class Views {
    private Views() {}

    static Map<String, Object> shelf(Shelf shelf) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sku", shelf.variant().sku());
        view.put("title", shelf.variant().product().title());
        view.put("variant", shelf.variant().id());
        view.put("item", shelf.variant().itemId());
        view.put("location", shelf.location().name());
        view.put("available", shelf.available());
        view.put("committed", shelf.committed());
        view.put("unavailable", shelf.figures().unavailable());
        view.put("onHand", shelf.figures().onHand());
        return view;
    }

    static Map<String, Object> variant(Shop shop, Variant variant) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", variant.id());
        view.put("item", variant.itemId());
        view.put("product", variant.product().id());
        view.put("title", variant.product().title());
        view.put("sku", variant.sku());
        view.put("status", variant.product().status());
        view.put("tracked", variant.tracked());
        view.put("shelves", shop.stock().of(variant).stream().map(Views::shelf).toList());
        return view;
    }

    static Map<String, Object> order(Order order) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", order.id());
        view.put("name", order.name());
        view.put("location", order.location().name());
        view.put("payment", order.payment());
        view.put("createdAt", order.createdAt().toString());
        view.put("updatedAt", order.updatedAt().toString());
        view.put(
                "cancelledAt",
                order.cancelledAt() == null ? null : order.cancelledAt().toString());
        List<Map<String, Object>> lines = new ArrayList<>();
        order.lines().forEach(line -> lines.add(line(line)));
        view.put("lines", lines);
        return view;
    }

    private static Map<String, Object> line(OrderLine line) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", line.id());
        view.put("sku", line.sku());
        view.put("title", line.title());
        view.put("ordered", line.ordered());
        view.put("open", line.open());
        view.put("fulfilled", line.fulfilled());
        view.put("putBack", line.putBack());
        view.put("lost", line.lost());
        view.put("current", line.current());
        return view;
    }
}
