package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.CursorTooOldException;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.UnreadableOrder;
import org.evenkeel.connector.shopify.ScriptedStore.Answer;
import org.evenkeel.connector.tck.TestCall;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular of Shopify's orders: against the simulator, and against scripted answers. */
class ShopifyOrdersTest {
    private SimulatedShop store;
    private Shop shop;
    private Variant apples;

    @BeforeEach
    void open() throws IOException {
        store = new SimulatedShop();
        shop = store.shop();
        apples = shop.addProduct("Apples", "APPLES", 100);
    }

    @AfterEach
    void close() {
        store.close();
    }

    // ---- every way a unit leaves an order

    @Test
    void aCancellationWithRestock() throws ConnectorException {
        Order order = shop.order(apples, 5);
        shop.sales().cancel(order, true);
        assertCounts(order, 5, 5, 0, 0, 0);
    }

    @Test
    void aCancellationWithoutRestock() throws ConnectorException {
        Order order = shop.order(apples, 5);
        shop.sales().cancel(order, false);
        assertCounts(order, 5, 0, 5, 0, 0);
    }

    @Test
    void refundsOfEveryKind() throws ConnectorException {
        Order order = shop.order(apples, 10);
        shop.sales().refund(order, line(order), 1, Refund.Restock.CANCEL);
        assertCounts(order, 10, 1, 0, 0, 0);
        shop.sales().refund(order, line(order), 2, Refund.Restock.NO_RESTOCK);
        assertCounts(order, 10, 1, 2, 0, 0);
        shop.sales().fulfil(order, line(order), 7);
        assertCounts(order, 10, 1, 2, 7, 0);
        shop.sales().refund(order, line(order), 3, Refund.Restock.RETURN);
        assertCounts(order, 10, 1, 2, 7, 3);
        shop.sales().refund(order, line(order), 1, Refund.Restock.NO_RESTOCK);
        assertCounts(order, 10, 1, 2, 7, 3);
    }

    @Test
    void edits() throws ConnectorException {
        Order order = shop.order(apples, 5);
        shop.sales().setQuantity(order, line(order), 8, true);
        assertCounts(order, 8, 0, 0, 0, 0);
        shop.sales().setQuantity(order, line(order), 6, true);
        assertCounts(order, 8, 2, 0, 0, 0);
        shop.sales().setQuantity(order, line(order), 0, false);
        assertCounts(order, 8, 2, 6, 0, 0);
    }

    @Test
    void editsThatNoRefundExplains() throws ConnectorException {
        shop.sales().setRemovalsAreRefunds(false);
        Order order = shop.order(apples, 5);
        shop.sales().setQuantity(order, line(order), 3, true);
        assertCounts(order, 5, 2, 0, 0, 0);
    }

    @Test
    void aShipmentThatIsCalledBack() throws ConnectorException {
        Order order = shop.order(apples, 5);
        var shipment = shop.sales().fulfil(order, line(order), 5);
        assertCounts(order, 5, 0, 0, 5, 0);
        shop.sales().cancelFulfilment(shipment);
        assertCounts(order, 5, 0, 0, 0, 0);
    }

    /** The figures that a ledger makes of the counts are those of the shop's own shelf. */
    @Test
    void theCountsExplainTheShopsShelf() throws ConnectorException {
        Order order = shop.order(apples, 10);
        shop.sales().fulfil(order, line(order), 4);
        shop.sales().refund(order, line(order), 1, Refund.Restock.RETURN);
        shop.sales().refund(order, line(order), 2, Refund.Restock.CANCEL);
        shop.sales().refund(order, line(order), 1, Refund.Restock.NO_RESTOCK);
        OrderLine line = read(order).lines().get(0);
        long booked = line.ordered() - line.cancelled() - line.lost() - line.fulfilled();
        long inStock = 100 + line.returned() - line.fulfilled() - line.lost();
        assertThat(booked).isEqualTo(shop.shelf(apples).committed());
        assertThat(inStock).isEqualTo(shop.shelf(apples).onHand());
        assertThat(inStock - booked).isEqualTo(shop.shelf(apples).available());
    }

    // ---- places and times

    @Test
    void unitsAreReservedWhereTheShopSaysSo() throws ConnectorException {
        Location cellar = shop.catalogue().addLocation("Cellar");
        shop.stock().setAvailable(apples, cellar, 9);
        Order order = shop.sales().place(Basket.of(apples, 2).at(cellar));
        shop.sales().fulfil(order, line(order), 1);
        OrderLine line = read(order).lines().get(0);
        assertThat(line.location()).isEqualTo(Gid.of("Location", Long.toString(cellar.id())));
        assertThat(line.details()).singleElement().satisfies(detail -> {
            assertThat(detail.location()).isEqualTo(line.location());
            assertThat(detail.at()).isEqualTo(store.now());
        });
    }

    @Test
    void anUnpaidOrderIsPendingUntilItIsPaid() throws ConnectorException {
        Order order = shop.sales().place(Basket.of(apples, 2).unpaid());
        assertThat(read(order).pending()).isTrue();
        shop.sales().pay(order);
        assertThat(read(order).pending()).isFalse();
    }

    @Test
    void aDeletedVariantLeavesTheSku() throws ConnectorException {
        Order order = shop.order(apples, 2);
        shop.catalogue().delete(apples);
        OrderLine line = read(order).lines().get(0);
        assertThat(line.listing()).isNull();
        assertThat(line.sku()).isEqualTo("APPLES");
    }

    // ---- what is nested and long

    @Test
    void anOrderInManyShipmentsIsToldWhole() throws ConnectorException {
        Order order = shop.order(apples, 10);
        for (int i = 0; i < 3; i++) {
            shop.sales().fulfil(order, line(order), 2);
        }
        for (int i = 0; i < 3; i++) {
            shop.sales().refund(order, line(order), 1, Refund.Restock.RETURN);
        }
        assertCounts(order, 10, 0, 0, 6, 3);
        assertThat(pull().get(SimulatedShop.gid(order))).isEqualTo(read(order));
    }

    @Test
    void anOrderOfManySentLinesIsToldWhole() throws ConnectorException {
        Basket basket = Basket.empty();
        for (int i = 0; i < 45; i++) {
            basket = basket.and(shop.addProduct("Product " + i, "SKU-" + i, 5), 2);
        }
        Order order = shop.sales().place(basket);
        shop.sales().fulfil(order);
        OrderSnapshot snapshot = (OrderSnapshot) pull().get(SimulatedShop.gid(order));
        assertThat(snapshot.lines()).hasSize(45).allMatch(line -> line.fulfilled() == 2);
    }

    /** Ten orders, each of which costs more than the bucket ever holds: every wait must bring the pull further. */
    @Test
    void longOrdersGetThroughASmallBudget() throws ConnectorException {
        List<Variant> variants = IntStream.range(0, 400)
                .mapToObj(i -> shop.addProduct("Product " + i, "SKU-" + i, 50))
                .toList();
        for (int i = 0; i < 10; i++) {
            Basket basket = Basket.empty();
            for (Variant variant : variants) {
                basket = basket.and(variant, 1);
            }
            Order order = shop.sales().place(basket);
            shop.sales().fulfil(order);
            shop.sales().refund(order, shop.read(() -> units(order)), Refund.Restock.RETURN, null);
        }
        shop.budget().set(2_000, 20_000);
        Map<String, OrderEntry> orders = pull();
        assertThat(orders).hasSize(10);
        assertThat(orders.values())
                .allSatisfy(entry -> assertThat(((OrderSnapshot) entry).lines())
                        .hasSize(400)
                        .allMatch(line -> line.fulfilled() == 1 && line.returned() == 1));
    }

    private static Map<org.evenkeel.simulator.OrderLine, Integer> units(Order order) {
        Map<org.evenkeel.simulator.OrderLine, Integer> units = new LinkedHashMap<>();
        order.lines().forEach(line -> units.put(line, 1));
        return units;
    }

    // ---- late orders and double ones

    @Test
    void anOrderThatShowsUpLateIsNotMissed() throws ConnectorException {
        OrderPage before = page(null);
        shop.orders().hold();
        Order late = shop.order(apples, 1);
        shop.orders().release();
        shop.orders().hold();
        store.advance(OrderCursor.LAG.toSeconds());
        Order hidden = shop.order(apples, 2);
        shop.orders().release();
        OrderPage page = page(before.cursor());
        assertThat(ids(page)).contains(SimulatedShop.gid(late), SimulatedShop.gid(hidden));
        assertThat(ids(page(page.cursor()))).contains(SimulatedShop.gid(late));
    }

    @Test
    void ordersThatAreListedTwiceDoNoHarm() throws ConnectorException {
        shop.faults().setDuplicates(true);
        Map<String, Order> placed = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            Order order = shop.order(apples, 1);
            placed.put(SimulatedShop.gid(order), order);
        }
        assertThat(pull()).containsOnlyKeys(placed.keySet());
    }

    // ---- the budget

    @Test
    void aPullStaysWithinTheBudgetByWaiting() throws ConnectorException {
        IntStream.range(0, 40).forEach(i -> shop.order(apples, 1));
        shop.budget().set(1_000, 5_000);
        shop.log().clear();
        assertThat(pull()).hasSize(40);
        assertThat(shop.log().entries()).noneMatch(entry -> entry.outcome().equals("THROTTLED"));
    }

    @Test
    void aDrainedBudgetIsToldWithTheWait() throws ConnectorException {
        page(null);
        shop.budget().set(1_000, 100);
        shop.budget().drain();
        assertThatThrownBy(() -> page(null))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10)));
    }

    // ---- the sixty days

    @Test
    void withoutAllOrdersACursorOlderThanSixtyDaysIsTooOld() throws IOException {
        try (ScriptedStore scripted = new ScriptedStore()) {
            scripted.tell("Scopes", scopes("read_orders"));
            Instant longAgo = Instant.now().minus(Duration.ofDays(61));
            assertThatThrownBy(() -> scripted.connector().orders(null, longAgo, scripted.call()))
                    .isInstanceOfSatisfying(
                            CursorTooOldException.class,
                            e -> assertThat(e.earliest()).isAfter(Instant.now().minus(Duration.ofDays(60))))
                    .hasMessageContaining("read_all_orders");
        }
    }

    @Test
    void withoutAllOrdersAHiddenOrderIsNotTakenForDeleted() throws Exception {
        try (ScriptedStore scripted = new ScriptedStore()) {
            scripted.tell("Scopes", scopes("read_orders"));
            scripted.tell("OrdersById", Answer.ok("{'nodes':[null,null]}"));
            scripted.tell("OldestOrder", Answer.ok("{'orders':{'nodes':[{'id':'gid://shopify/Order/500'}]}}"));
            List<OrderLookup> answers = scripted.connector()
                    .ordersById(List.of("gid://shopify/Order/499", "gid://shopify/Order/501"), scripted.call());
            assertThat(answers.get(0))
                    .isInstanceOfSatisfying(
                            OrderLookup.Found.class,
                            found -> assertThat(found.order()).isInstanceOf(UnreadableOrder.class));
            assertThat(answers.get(1)).isEqualTo(new OrderLookup.Gone("gid://shopify/Order/501"));
        }
    }

    private static Answer scopes(String scope) {
        return Answer.ok("{'currentAppInstallation':{'accessScopes':[{'handle':'" + scope + "'}]}}");
    }

    // ---- the tools of these tests

    private void assertCounts(Order order, long ordered, long cancelled, long lost, long fulfilled, long returned)
            throws ConnectorException {
        OrderLine line = read(order).lines().get(0);
        assertThat(List.of(line.ordered(), line.cancelled(), line.lost(), line.fulfilled(), line.returned()))
                .as("ordered, cancelled, lost, fulfilled, returned")
                .containsExactly(ordered, cancelled, lost, fulfilled, returned);
    }

    private OrderSnapshot read(Order order) throws ConnectorException {
        OrderLookup answer = store.connector()
                .ordersById(List.of(SimulatedShop.gid(order)), call())
                .get(0);
        return (OrderSnapshot) ((OrderLookup.Found) answer).order();
    }

    private org.evenkeel.simulator.OrderLine line(Order order) {
        return shop.read(() -> order.lines().get(0));
    }

    private Map<String, OrderEntry> pull() throws ConnectorException {
        Map<String, OrderEntry> orders = new HashMap<>();
        OrderPage page = null;
        do {
            page = patiently(page == null ? null : page.cursor());
            page.entries().forEach(order -> orders.put(order.id(), order));
        } while (page.more());
        return orders;
    }

    private OrderPage patiently(String cursor) throws ConnectorException {
        while (true) {
            try {
                return page(cursor);
            } catch (RateLimitedException e) {
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, e.retryAfter().toMillis() + 1, TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }

    private OrderPage page(String cursor) throws ConnectorException {
        return store.connector().orders(cursor, shop.createdAt(), call());
    }

    private static List<String> ids(OrderPage page) {
        return page.entries().stream().map(OrderEntry::id).toList();
    }

    private static TestCall call() {
        return new TestCall(Duration.ofSeconds(20), new TestCall.State());
    }
}
