package org.evenkeel.benchmarks.window;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.evenkeel.benchmarks.Folders;
import org.evenkeel.benchmarks.HostProcess;
import org.evenkeel.benchmarks.HostStores;
import org.evenkeel.benchmarks.Signal;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;
import org.evenkeel.simulator.shopify.WebhookMessage;

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
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
            sell(simulator, host, connected, random, WARM_UP);
            return sell(simulator, host, connected, random, orders);
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
            for (int product = 0; product < products; product++) {
                numbers.put(shop.addProduct("Product " + product, Demand.sku(product), PLENTY), product);
            }
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
    private Outcome sell(
            Simulator simulator, HostProcess host, HostStores connected, SplittableRandom random, int count)
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
                        () -> buy(simulator, host, connected, measured, store, product),
                        (long) after,
                        TimeUnit.NANOSECONDS);
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

    private void buy(
            Simulator simulator, HostProcess host, HostStores connected, SaleWindows measured, int store, int product) {
        Shop shop = simulator.shop(Demand.store(store));
        Variant variant = shop.catalogue().variant(Demand.sku(product));
        Instant at = clock.instant();
        measured.sold(store, product, 1, at);
        Order order = shop.sales().place(Basket.of(variant, 1));
        WebhookMessage message = WebhookMessage.order(shop, "orders/create", order, HostStores.clientSecret(shop));
        post(host.address().resolve("/webhooks/" + connected.id(shop)), message);
    }

    private void post(URI address, WebhookMessage message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).POST(BodyPublishers.ofByteArray(message.body()));
        message.headers().forEach(request::header);
        CompletableFuture<Void> answered = client.sendAsync(request.build(), BodyHandlers.discarding())
                .thenAccept(answer -> {
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException("A webhook was answered " + answer.statusCode());
                    }
                });
        answered.exceptionally(failure -> {
            System.err.println(failure.getMessage());
            return null;
        });
    }
}
