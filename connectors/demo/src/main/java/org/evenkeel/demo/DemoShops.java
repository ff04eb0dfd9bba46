package org.evenkeel.demo;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.evenkeel.simulator.Customers;
import org.evenkeel.simulator.DemoCatalogue;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;

/**
 * The three shops, on loopback, with tokens that only this host knows. They themselves remember nothing: at each start they have
 * the same goods under the same ids, on shelves as the ledger left them, and orders with numbers never used before.
 */
final class DemoShops {
    private static final long CATALOGUE_SEED = 7;
    private static final List<String> NAMES = List.of("harbour", "market", "mill");
    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ORDERS_A_MINUTE = 100;

    private final Simulator simulator;

    private DemoShops(Simulator simulator) {
        this.simulator = simulator;
    }

    /**
     * Opens the shops.
     *
     * @param shelves what is for sale of a SKU that was counted before; empty for one that was not
     */
    static DemoShops open(Function<String, OptionalLong> shelves) throws IOException {
        Simulator.Builder builder = Simulator.builder();
        NAMES.forEach(name -> builder.shop(name, Tokens.fresh()));
        Simulator simulator = builder.build();
        DemoCatalogue.fill(List.copyOf(simulator.shops()), CATALOGUE_SEED);
        simulator.shops().forEach(shop -> goOn(shop, shelves));
        return new DemoShops(simulator.start());
    }

    private static void goOn(Shop shop, Function<String, OptionalLong> shelves) {
        long minutes = Duration.between(FIRST_DAY, shop.now()).toMinutes();
        shop.skip(Math.toIntExact(minutes % (Integer.MAX_VALUE / (2 * ORDERS_A_MINUTE)) * ORDERS_A_MINUTE));
        shop.catalogue().variants().values().stream()
                .filter(variant -> variant.sku() != null && variant.tracked())
                .forEach(variant -> shelves.apply(variant.sku())
                        .ifPresent(units -> shop.stock()
                                .setAvailable(variant, shop.catalogue().mainLocation(), units)));
    }

    List<Shop> all() {
        return List.copyOf(simulator.shops());
    }

    URI address(Shop shop) {
        return simulator.address(shop);
    }

    /** What customers do is the same at each start. */
    void seedCustomers(long seed) {
        simulator.customers().seed(seed);
    }

    /** One customer, or the shopkeeper, does one thing in one shop. */
    Customers.Visit nextVisit() {
        return simulator.customers().next();
    }

    void close() {
        simulator.close();
    }
}
