package org.evenkeel.benchmarks.replay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.evenkeel.benchmarks.replay.Step.Return;
import org.evenkeel.benchmarks.replay.Step.Sale;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderLine;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.SimClock;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;

/**
 * The simulated shops. Their clock begins now and keeps the distances of the file, so that every order is younger than the
 * moment of turning on.
 */
final class Shops implements AutoCloseable {
    /** So long after opening the first order comes. */
    private static final Duration QUIET_START = Duration.ofHours(1);

    /** Points, and points a second: more than any run spends. What a real budget allows is not what is measured. */
    private static final double UNLIMITED = 1e9;

    private final SimClock clock = SimClock.standingAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final Duration later;
    private final Simulator simulator;
    private final List<Shop> shops;
    private final Map<Shop, Map<Code, Variant>> listings = new HashMap<>();
    private final Map<String, Order> orders = new HashMap<>();
    private final Map<Order, Shop> toShip = new LinkedHashMap<>();
    private final Map<Order, Shop> sold = new HashMap<>();

    Shops(Script script, int count) throws IOException {
        Instant first = script.steps().get(0).at();
        later = Duration.between(first, clock.instant().plus(QUIET_START));
        Simulator.Builder builder = Simulator.builder().clock(clock);
        for (int i = 1; i <= count; i++) {
            builder.shop("shop-" + i, "shpat_" + UUID.randomUUID().toString().replace("-", ""));
        }
        simulator = builder.build().start();
        shops = List.copyOf(simulator.shops());
        for (Shop shop : shops) {
            shop.budget().set(UNLIMITED, UNLIMITED);
            listings.put(shop, stock(shop, script));
        }
    }

    private static Map<Code, Variant> stock(Shop shop, Script script) {
        Map<Code, Variant> variants = new LinkedHashMap<>();
        script.listings().forEach((code, title) -> {
            Variant variant =
                    shop.addProduct(title, code.raw(), script.opening().getOrDefault(code.folded(), 0L));
            shop.catalogue().setTracked(variant, code.goods());
            variants.put(code, variant);
        });
        return variants;
    }

    Simulator simulator() {
        return simulator;
    }

    List<Shop> all() {
        return shops;
    }

    Map<Code, Variant> listings(Shop shop) {
        return listings.get(shop);
    }

    /** An invoice becomes an order, whatever is in stock. */
    void sell(Sale sale) {
        goTo(sale.at());
        Shop shop = shops.get(sale.shop());
        Basket basket = Basket.empty();
        for (Line line : sale.lines()) {
            Variant variant = listings.get(shop).get(line.code());
            basket = variant == null
                    ? basket.andCustom(title(line), null, line.quantity())
                    : basket.and(variant, line.quantity());
        }
        Order order = shop.sales().place(basket);
        orders.put(sale.invoice(), order);
        sold.put(order, shop);
        toShip.put(order, shop);
    }

    private static String title(Line line) {
        return line.description().isEmpty() ? line.code().raw() : line.description();
    }

    /** Units come back, one refund for each order; what was not sent yet is sent first. */
    void takeBack(Return back) {
        goTo(back.at());
        Map<Order, Map<OrderLine, Integer>> refunds = new LinkedHashMap<>();
        back.units().forEach((line, units) -> {
            Order order = orders.get(line.invoice());
            refunds.computeIfAbsent(order, key -> new LinkedHashMap<>()).put(order.line(line.line()), units);
        });
        refunds.forEach((order, units) -> {
            Shop shop = sold.get(order);
            if (toShip.remove(order) != null) {
                shop.sales().fulfil(order);
            }
            shop.sales().refund(order, units, Refund.Restock.RETURN, null);
        });
    }

    /** Sends everything that is open. */
    void ship() {
        clock.advance(Duration.ofMinutes(1));
        toShip.forEach((order, shop) -> shop.sales().fulfil(order));
        toShip.clear();
    }

    private void goTo(Instant at) {
        Instant shifted = at.plus(later);
        if (shifted.isAfter(clock.instant())) {
            clock.set(shifted);
        }
    }

    long calls() {
        return shops.stream().mapToLong(shop -> shop.log().total()).sum();
    }

    int orders() {
        return orders.size();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
