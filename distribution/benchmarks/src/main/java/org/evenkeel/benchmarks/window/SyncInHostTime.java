package org.evenkeel.benchmarks.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.evenkeel.benchmarks.Folders;
import org.evenkeel.benchmarks.HostProcess;
import org.evenkeel.benchmarks.HostStores;
import org.evenkeel.benchmarks.Signal;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;

/**
 * The distribution as it is shipped, as a process of its own; simulated Shopify shops that speak HTTP and throttle nobody; real
 * time. A webhook is signed and posted for each order, as Shopify does. A push counts from the moment at which the shop takes it, its
 * answer follows within milliseconds.
 */
final class SyncInHostTime {
    private static final double UNLIMITED = 1e9;
    private static final long PLENTY = 100_000;
    private static final int WARM_UP = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CONFIGURATION = "org.evenkeel.sync.config";

    private final int stores;
    private final int products;
    private final int orders;
    private final Duration every;
    private final long seed;
    private final Clock clock = Clock.systemUTC();
    private final Signal signal = new Signal();
    private final List<List<Variant>> variants = new ArrayList<>();
    private final Map<Variant, Integer> numbers = new HashMap<>();
    private volatile SaleWindows windows;

    /** @param every the mean distance of two orders */
    SyncInHostTime(int stores, int products, int orders, Duration every, long seed) {
        this.stores = stores;
        this.products = products;
        this.orders = orders;
        this.every = every;
        this.seed = seed;
    }

    Outcome run() throws IOException, InterruptedException {
        Path data = Folders.temporary("host");
        Files.createDirectories(data.resolve("config"));
        Files.writeString(data.resolve("config").resolve(CONFIGURATION), "guard.percent=I\"100\"\n");
        try (Simulator simulator = shops();
                HostProcess host = HostProcess.start(data, "")) {
            HostStores connected = new HostStores(host, host.rest(data));
            for (Shop shop : simulator.shops()) {
                connected.add(simulator, shop);
                connected.awaitRun(connected.turnOn(shop), PATIENCE);
            }
            connected.awaitQuiet(PATIENCE);
            SplittableRandom random = new SplittableRandom(seed);
            sell(simulator, connected, random, WARM_UP);
            return sell(simulator, connected, random, orders);
        } finally {
            Folders.delete(data);
        }
    }

    private Simulator shops() throws IOException {
        Simulator.Builder builder = Simulator.builder();
        for (int i = 0; i < stores; i++) {
            builder.shop(
                    Demand.store(i), "shpat_" + UUID.randomUUID().toString().replace("-", ""));
        }
        Simulator simulator = builder.build().start();
        List<Shop> shops = List.copyOf(simulator.shops());
        for (int store = 0; store < stores; store++) {
            Shop shop = shops.get(store);
            shop.budget().set(UNLIMITED, UNLIMITED);
            List<Variant> listed = new ArrayList<>();
            for (int product = 0; product < products; product++) {
                Variant variant = shop.addProduct("Product " + product, Demand.sku(product), PLENTY);
                numbers.put(variant, product);
                listed.add(variant);
            }
            variants.add(listed);
            int number = store;
            shop.stock().onMovedByApp((variant, location, delta) -> told(number, numbers.get(variant), -delta));
        }
        return simulator;
    }

    private void told(int store, int product, long units) {
        SaleWindows now = windows;
        if (now != null) {
            now.told(store, product, units, clock.instant());
            signal.hear();
        }
    }

    /** Places orders at chance distances, and waits until every other store was told of each. */
    private Outcome sell(Simulator simulator, HostStores connected, SplittableRandom random, int count)
            throws InterruptedException {
        long[] opening = new long[products];
        Arrays.fill(opening, PLENTY);
        SaleWindows measured = new SaleWindows(stores, opening);
        windows = measured;
        ScheduledExecutorService buyers = Executors.newSingleThreadScheduledExecutor();
        try {
            double after = 0;
            for (int i = 0; i < count; i++) {
                after += -Math.log(1 - random.nextDouble()) * every.toNanos();
                int store = random.nextInt(stores);
                int product = random.nextInt(products);
                buyers.schedule(
                        () -> buy(simulator, connected, measured, store, product), (long) after, TimeUnit.NANOSECONDS);
            }
            Duration limit = PATIENCE.plusNanos((long) after);
            signal.await(
                    "That all stores are told of all sales",
                    limit,
                    () -> measured.orders() == count && measured.open() == 0,
                    () -> measured.open() + " of " + measured.orders() + " sales are still on sale elsewhere");
            return Outcome.of(measured);
        } finally {
            buyers.shutdownNow();
        }
    }

    private void buy(Simulator simulator, HostStores connected, SaleWindows measured, int store, int product) {
        Shop shop = simulator.shop(Demand.store(store));
        Basket basket = Basket.of(variants.get(store).get(product), 1);
        measured.sold(store, product, 1, clock.instant());
        connected.webhook(shop, shop.sales().place(basket));
    }
}
