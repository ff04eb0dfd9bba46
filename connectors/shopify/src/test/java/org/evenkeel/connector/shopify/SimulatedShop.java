package org.evenkeel.connector.shopify;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.connector.tck.WebhookStoreUnderTest;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.SimClock;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.shopify.WebhookMessage;

/** A simulated shop, over real HTTP, with a connector that talks to it. */
final class SimulatedShop implements WebhookStoreUnderTest {
    /** A budget, in points and in points a second, that no test comes near. */
    private static final int PLENTY = 100_000;

    private final SimClock clock = SimClock.standingAt(Instant.now());
    private final Simulator simulator;
    private final Shop shop;
    private final ShopifyConnector connector;

    SimulatedShop() throws IOException {
        simulator = Simulator.builder()
                .clock(clock)
                .shop("orchard", TestConfig.TOKEN)
                .build()
                .start();
        shop = simulator.shop("orchard");
        shop.budget().set(PLENTY, PLENTY);
        shop.callbacks().setSecret(TestConfig.CLIENT_SECRET);
        connector = new ShopifyConnector(TestConfig.valid()
                .with("shop", simulator.address(shop).toString())
                .build());
    }

    Shop shop() {
        return shop;
    }

    @Override
    public StoreConnector connector() {
        return connector;
    }

    @Override
    public String secret() {
        return TestConfig.TOKEN;
    }

    @Override
    public Instant now() {
        return shop.now();
    }

    @Override
    public void advance(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    @Override
    public void addProduct(String title, String sku, long available) {
        shop.addProduct(title, sku, available);
    }

    @Override
    public void setFigure(String sku, long available) {
        shop.stock()
                .setAvailable(shop.catalogue().variant(sku), shop.catalogue().mainLocation(), available);
    }

    @Override
    public long figure(String sku) {
        return shop.shelf(shop.catalogue().variant(sku)).available();
    }

    @Override
    public String order(String sku, int quantity) {
        return gid(shop.order(shop.catalogue().variant(sku), quantity));
    }

    @Override
    public String order(Iterable<String> skus) {
        Basket basket = Basket.empty();
        for (String sku : skus) {
            basket = basket.and(shop.catalogue().variant(sku), 1);
        }
        return gid(shop.sales().place(basket));
    }

    @Override
    public void fulfil(String orderId, int quantity) {
        Order order = find(orderId);
        shop.sales().fulfil(order, shop.read(() -> order.lines().get(0)), quantity);
    }

    @Override
    public void cancel(String orderId) {
        shop.sales().cancel(find(orderId), true);
    }

    @Override
    public void giveBack(String orderId, int quantity) {
        Order order = find(orderId);
        shop.sales().refund(order, shop.read(() -> order.lines().get(0)), quantity, Refund.Restock.RETURN);
    }

    @Override
    public void delete(String orderId) {
        shop.sales().delete(find(orderId));
    }

    @Override
    public void trouble(Trouble trouble, boolean always) {
        Fault fault = Fault.next(
                switch (trouble) {
                    case RATE_LIMIT -> Fault.Kind.THROTTLED;
                    case SERVER_ERROR -> Fault.Kind.SERVER_ERROR;
                    case DROP_BEFORE -> Fault.Kind.DROP_BEFORE_WRITE;
                    case DROP_AFTER -> Fault.Kind.DROP_AFTER_WRITE;
                    case CUT_OFF -> Fault.Kind.MALFORMED;
                    case REFUSED_CREDENTIALS -> Fault.Kind.UNAUTHORIZED;
                    case SILENCE -> Fault.Kind.HANG;
                });
        shop.faults().add(always ? fault.times(Integer.MAX_VALUE) : fault);
    }

    @Override
    public void calm() {
        shop.faults().clear();
    }

    @Override
    public void close() {
        connector.close();
        simulator.close();
    }

    // ---- webhooks

    @Override
    public WebhookRequest webhook(String orderId) {
        return request(WebhookMessage.order(shop, "orders/updated", find(orderId), TestConfig.CLIENT_SECRET));
    }

    @Override
    public WebhookRequest again(WebhookRequest first) {
        Map<String, String> headers = new HashMap<>();
        for (String name : NAMES) {
            first.header(name).ifPresent(value -> headers.put(name, value));
        }
        return request(new WebhookMessage(headers, first.body()).again());
    }

    @Override
    public WebhookRequest tampered(WebhookRequest genuine) {
        String body = new String(genuine.body(), StandardCharsets.UTF_8).replaceFirst("\"id\":\\d", "\"id\":9");
        return new WebhookRequest(
                Map.of(
                        "X-Shopify-Topic",
                        List.of("orders/updated"),
                        "X-Shopify-Hmac-SHA256",
                        List.of(genuine.header("X-Shopify-Hmac-SHA256").orElseThrow())),
                (body + " ").getBytes(StandardCharsets.UTF_8));
    }

    private static final List<String> NAMES =
            List.of("X-Shopify-Topic", "X-Shopify-Hmac-SHA256", "X-Shopify-Event-Id", "X-Shopify-Webhook-Id");

    private static WebhookRequest request(WebhookMessage message) {
        Map<String, List<String>> headers = new HashMap<>();
        message.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new WebhookRequest(headers, message.body());
    }

    @Override
    public List<String> callsBackAt() {
        return shop.read(() -> shop.callbacks().all().stream()
                .map(one -> one.address().toString())
                .toList());
    }

    @Override
    public void forgetOneSubscription() {
        shop.callbacks()
                .delete(shop.read(() -> shop.callbacks().all().iterator().next().id()));
    }

    @Override
    public void subscribeSomebodyElse(String address) {
        shop.callbacks().subscribe("ORDERS_CREATE", URI.create(address), Set.of());
    }

    Order find(String orderId) {
        return shop.read(() -> shop.orders().find(Gid.number(orderId)));
    }

    static String gid(Order order) {
        return Gid.of("Order", Long.toString(order.id()));
    }
}
