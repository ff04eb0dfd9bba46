package org.evenkeel.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.evenkeel.simulator.DemoCatalogue;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;

/** The three shops, on loopback, with the tokens that only this host knows. */
final class DemoShops {
    private static final long CATALOGUE_SEED = 7;
    private static final List<String> NAMES = List.of("harbour", "market", "mill");

    private final Simulator simulator;

    private DemoShops(Simulator simulator) {
        this.simulator = simulator;
    }

    /**
     * Opens the shops.
     *
     * @param folder where they keep what they know between starts
     */
    static DemoShops open(Path folder) throws IOException {
        Simulator.Builder builder = Simulator.builder();
        NAMES.forEach(name -> builder.shop(name, Tokens.fresh()));
        Simulator simulator = builder.build();
        DemoCatalogue.fill(List.copyOf(simulator.shops()), CATALOGUE_SEED);
        return new DemoShops(simulator.start());
    }

    List<Shop> all() {
        return List.copyOf(simulator.shops());
    }

    URI address(Shop shop) {
        return simulator.address(shop);
    }

    boolean customersRunning() {
        return simulator.customers().running();
    }

    void letCustomersIn(long seed, Duration between) {
        simulator.customers().start(seed, between);
    }

    void close() {
        simulator.close();
    }
}
