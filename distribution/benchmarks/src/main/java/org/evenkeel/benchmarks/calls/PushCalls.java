package org.evenkeel.benchmarks.calls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.evenkeel.benchmarks.House;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;
import org.evenkeel.sync.TurnOn;

/**
 * A store is off while so many of its figures change; then it is turned on, and the calls are counted that it takes until the
 * shop shows all of them. The least is a call for each full batch of the store, and one for the rest.
 */
final class PushCalls {
    /** What Shopify takes in one call. */
    static final int BATCH = 250;

    private static final String SET = "inventorySetQuantities";
    private static final String ORDERS = "orders";
    private static final long STOCK = 1_000;
    private static final double UNLIMITED = 1e9;

    /** Which way the figures that wait have moved. */
    enum Way {
        DOWN,
        UP,
        BOTH;

        long delta(int position) {
            return this == DOWN || this == BOTH && position % 2 == 0 ? -1 : 1;
        }
    }

    /**
     * What one batch took.
     *
     * @param way which way its figures had moved
     * @param waiting how many figures waited
     * @param pushes calls that sent figures
     * @param least the least that can do
     * @param pulls calls that pulled orders, beyond those of a run that has nothing to send
     */
    record Counted(Way way, int waiting, long pushes, long least, long pulls) {
        double ratio() {
            return (double) pushes / least;
        }
    }

    private final List<Integer> sizes;
    private final Consumer<String> told;
    private final List<Variant> variants = new ArrayList<>();
    private final List<ProductId> products = new ArrayList<>();

    PushCalls(List<Integer> sizes, Consumer<String> told) {
        this.sizes = sizes;
        this.told = told;
    }

    /** @param folder an empty one, for what is kept beside the database */
    List<Counted> run(Database database, Path folder) throws IOException, InterruptedException {
        int most = sizes.stream().max(Integer::compare).orElseThrow();
        List<Counted> all = new ArrayList<>();
        try (Simulator simulator = Simulator.builder()
                        .shop("shop", UUID.randomUUID().toString())
                        .build()
                        .start();
                House house = new House(database, folder)) {
            Shop shop = simulator.shop("shop");
            shop.budget().set(UNLIMITED, UNLIMITED);
            for (int i = 0; i < most; i++) {
                variants.add(shop.addProduct("Product " + i, sku(i), STOCK));
            }
            house.connect(simulator, shop);
            for (int i = 0; i < most; i++) {
                products.add(house.ledger()
                        .catalogue()
                        .productBySku(new Sku(sku(i)))
                        .orElseThrow()
                        .id());
            }
            long idle = idlePulls(house, shop);
            for (Way way : Way.values()) {
                for (int size : sizes) {
                    Counted counted = count(house, shop, way, size, idle);
                    told.accept(words(counted));
                    all.add(counted);
                }
            }
        }
        return all;
    }

    static String words(Counted counted) {
        return String.format(
                java.util.Locale.ROOT,
                "%6d %-4s %4d push calls, least %4d, ratio %.3f; one call each would be %.0f times the least; %d order pulls for them",
                counted.waiting(),
                counted.way().name().toLowerCase(java.util.Locale.ROOT),
                counted.pushes(),
                counted.least(),
                counted.ratio(),
                (double) counted.waiting() / counted.least(),
                counted.pulls());
    }

    private static String sku(int number) {
        return "SKU-" + number;
    }

    private long idlePulls(House house, Shop shop) throws InterruptedException {
        StoreId store = new StoreId(shop.name());
        house.stores().turnOff(store, House.ACTOR);
        shop.log().clear();
        house.awaitRun(house.stores().turnOn(store, TurnOn.DEFAULT, House.ACTOR));
        if (shop.log().count(SET) > 0) {
            throw new IllegalStateException("Figures were sent though none had changed");
        }
        return shop.log().count(ORDERS);
    }

    private Counted count(House house, Shop shop, Way way, int size, long idle) throws InterruptedException {
        StoreId store = new StoreId(shop.name());
        house.stores().turnOff(store, House.ACTOR);
        List<Long> wanted = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long delta = way.delta(i);
            adjust(house, products.get(i), delta);
            wanted.add(shop.shelf(variants.get(i)).available() + delta);
        }
        shop.log().clear();
        house.awaitRun(house.stores().turnOn(store, TurnOn.DEFAULT, House.ACTOR));
        for (int i = 0; i < size; i++) {
            long shown = shop.shelf(variants.get(i)).available();
            if (shown != wanted.get(i)) {
                throw new IllegalStateException(sku(i) + " shows " + shown + ", not " + wanted.get(i));
            }
        }
        return new Counted(
                way,
                size,
                shop.log().count(SET),
                (size + BATCH - 1) / BATCH,
                shop.log().count(ORDERS) - idle);
    }

    private static void adjust(House house, ProductId product, long delta) {
        house.ledger()
                .inventory()
                .adjust(new Adjustment(
                        product,
                        house.ledger().catalogue().defaultLocation().id(),
                        delta > 0 ? Adjustment.Kind.ADD : Adjustment.Kind.SUBTRACT,
                        Math.abs(delta),
                        null,
                        "benchmark",
                        House.ACTOR,
                        new IdempotencyKey(House.ACTOR, UUID.randomUUID().toString())));
    }
}
