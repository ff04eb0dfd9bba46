package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Orders of all stores, and one order with what each of its lines booked. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/orders", "/order"})
@Web.InContext
public final class OrdersServlet extends Area {
    private static final long serialVersionUID = 1L;
    private static final PageRequest MOVEMENTS = new PageRequest(0, 200);
    private final transient OrderBook orders;
    private final transient Journal journal;
    private final transient StoreRegistry stores;

    @Activate
    public OrdersServlet(
            @Reference OrderBook orders,
            @Reference Journal journal,
            @Reference StoreRegistry stores,
            @Reference Surroundings surroundings) {
        super(Name.ORDERS, surroundings);
        this.orders = orders;
        this.journal = journal;
        this.stores = stores;
    }

    /** The list. */
    public record View(
            Frame frame,
            OrderQuery query,
            Page<OrderView> page,
            List<Store> stores,
            Map<StoreId, String> storeNames,
            Links links) {
        /** What was ordered, in one line. */
        public String words(OrderView order) {
            return order.lines().stream()
                    .map(line -> line.counts().ordered() + " × " + name(line))
                    .collect(Collectors.joining(", "));
        }
    }

    /** One order. */
    public record One(Frame frame, OrderView order, String storeName, Page<Movement> movements) {
        /** The SKU under which the order names the product that moved. */
        public String sku(Movement movement) {
            return order.lines().stream()
                    .filter(line -> movement.product().equals(line.product()))
                    .map(OrdersServlet::name)
                    .findFirst()
                    .orElse("product " + movement.product());
        }
    }

    private static String name(OrderView.Line line) {
        return line.sku() == null ? line.title() : line.sku();
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Store> known = stores.stores();
        Map<StoreId, String> names = known.stream().collect(Collectors.toMap(Store::id, Store::name));
        if (request.getServletPath().equals("/order")) {
            one(request, response, names);
            return;
        }
        OrderQuery query = new OrderQuery(
                text(request, "store").isEmpty() ? null : new StoreId(text(request, "store")),
                state(text(request, "state")),
                text(request, "q"),
                null,
                pageRequest(request));
        render(
                response,
                "orders.jte",
                new View(
                        frame(request, "Orders"),
                        query,
                        orders.orders(query),
                        known,
                        names,
                        Links.of(request, "/orders")));
    }

    private void one(HttpServletRequest request, HttpServletResponse response, Map<StoreId, String> names)
            throws IOException {
        OrderKey key = new OrderKey(new StoreId(text(request, "store")), text(request, "id"));
        OrderView order = orders.order(key).orElseThrow(() -> new NotFoundException("That order was never seen here."));
        render(
                response,
                "order.jte",
                new One(
                        frame(request, order.name()),
                        order,
                        names.getOrDefault(key.store(), key.store().value()),
                        journal.movements(new Journal.Query(null, null, null, key), MOVEMENTS)));
    }

    private static OrderView.State state(String text) {
        for (OrderView.State state : OrderView.State.values()) {
            if (state.name().equals(text.toUpperCase(Locale.ROOT))) {
                return state;
            }
        }
        return null;
    }
}
