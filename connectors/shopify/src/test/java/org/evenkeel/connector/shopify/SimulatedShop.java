package org.evenkeel.connector.shopify;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.tck.StoreUnderTest;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.SimClock;
import org.evenkeel.simulator.Simulator;

/** A simulated shop, over real HTTP, with a connector that talks to it. */
final class SimulatedShop implements StoreUnderTest {
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

    Order find(String orderId) {
        return shop.read(() -> shop.orders().find(Gid.number(orderId)));
    }

    static String gid(Order order) {
        return Gid.of("Order", Long.toString(order.id()));
    }
}
