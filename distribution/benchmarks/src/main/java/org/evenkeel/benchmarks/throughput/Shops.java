package org.evenkeel.benchmarks.throughput;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.evenkeel.benchmarks.Signal;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;

/** Simulated shops with one catalogue, of which only the first has anything in stock. They count the figures that are set. */
final class Shops implements AutoCloseable {
    static final long STOCK = 50;
    private static final double UNLIMITED = 1e9;
    private static final int LINES = 10;

    private final Simulator simulator;
    private final List<Variant> firsts = new ArrayList<>();
    private final AtomicLong moved = new AtomicLong();
    private final Signal signal = new Signal();
    private final int listings;
    private volatile long lastMove;

    Shops(int count, int listings) throws IOException {
        this.listings = listings;
        Simulator.Builder builder = Simulator.builder();
        for (int i = 1; i <= count; i++) {
            builder.shop("shop-" + i, "shpat_" + UUID.randomUUID().toString().replace("-", ""));
        }
        simulator = builder.build().start();
        for (Shop shop : all()) {
            shop.budget().set(UNLIMITED, UNLIMITED);
            for (int i = 0; i < listings; i++) {
                Variant variant = shop.addProduct("Product " + i, "SKU-" + i, shop == first() ? STOCK : 0);
                if (shop == first()) {
                    firsts.add(variant);
                }
            }
            shop.stock().onMovedByApp((variant, location, delta) -> {
                moved.incrementAndGet();
                lastMove = System.nanoTime();
                signal.hear();
            });
        }
    }

    Simulator simulator() {
        return simulator;
    }

    List<Shop> all() {
        return List.copyOf(simulator.shops());
    }

    Shop first() {
        return simulator.shops().iterator().next();
    }

    List<Shop> others() {
        return all().subList(1, all().size());
    }

    /** How many figures were set to something else. */
    long moved() {
        return moved.get();
    }

    /** When the last one was, by {@link System#nanoTime}. */
    long lastMove() {
        return lastMove;
    }

    Signal signal() {
        return signal;
    }

    /** Calls of an operation, of all shops. */
    long calls(String field) {
        return all().stream().mapToLong(shop -> shop.log().count(field)).sum();
    }

    long calls() {
        return all().stream().mapToLong(shop -> shop.log().total()).sum();
    }

    /** The first shop sells one unit each of so many products, spread over all of them, ten to an order. @return the last order */
    Order sell(int products) {
        Order last = null;
        for (int done = 0; done < products; done += LINES) {
            Basket basket = Basket.empty();
            for (int i = done; i < Math.min(products, done + LINES); i++) {
                basket = basket.and(firsts.get((int) ((long) i * listings / products)), 1);
            }
            last = first().sales().place(basket);
        }
        return last;
    }

    /** @throws IllegalStateException when a shop does not show what the first shows */
    void requireLevel() {
        for (Shop shop : others()) {
            List<Variant> variants =
                    shop.read(() -> List.copyOf(shop.catalogue().variants().values()));
            for (int i = 0; i < listings; i++) {
                long wanted = first().shelf(firsts.get(i)).available();
                long shown = shop.shelf(variants.get(i)).available();
                if (wanted != shown) {
                    throw new IllegalStateException(shop.name() + " shows " + shown + " of "
                            + variants.get(i).sku() + ", not " + wanted);
                }
            }
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
