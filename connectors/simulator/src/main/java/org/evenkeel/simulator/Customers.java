package org.evenkeel.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Customers and shopkeepers at work: mostly they buy, now and then an order is paid, shipped, called off or sent
 * back. The same seed over the same shops does the same things. Safe for use by many threads; steps never overlap.
 */
public final class Customers {
    private static final Logger LOG = LoggerFactory.getLogger(Customers.class);

    /**
     * What happened.
     *
     * @param shop where
     * @param what in words, such as {@code ordered}
     * @param order the order, or null where nobody found anything to buy
     */
    public record Visit(Shop shop, String what, Order order) {}

    private final Simulator simulator;
    private Random random = new Random(1);
    private ScheduledExecutorService timer;

    Customers(Simulator simulator) {
        this.simulator = simulator;
    }

    /** Starts over with this seed. */
    public synchronized void seed(long seed) {
        random = new Random(seed);
    }

    /** One step in one shop, chosen by the seed. */
    public synchronized Visit next() {
        List<Shop> shops = new ArrayList<>(simulator.shops());
        Shop shop = shops.get(random.nextInt(shops.size()));
        return shop.write(now -> visit(shop));
    }

    /** Steps by themselves, at this distance, until {@link #stop()}. Starting again changes the pace. */
    public synchronized void start(long seed, Duration distance) {
        if (distance.isNegative() || distance.isZero()) {
            throw new IllegalArgumentException("Customers need some time between them, not " + distance);
        }
        stop();
        seed(seed);
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "simulator-customers");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleAtFixedRate(this::step, distance.toNanos(), distance.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether customers come by themselves. */
    public synchronized boolean running() {
        return timer != null;
    }

    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    private void step() {
        try {
            next();
        } catch (RuntimeException e) {
            // A step that fails must not end the stream of customers.
            LOG.warn("A customer could not be served", e);
        }
    }

    private Visit visit(Shop shop) {
        int dice = random.nextInt(100);
        if (dice < 55) {
            return buy(shop);
        }
        Optional<Order> order = recentOrder(shop);
        if (order.isEmpty() || order.get().cancelledAt() != null) {
            return buy(shop);
        }
        return handle(shop, order.get(), dice);
    }

    private Visit buy(Shop shop) {
        List<Variant> onSale = shop.catalogue().variants().values().stream()
                .filter(variant -> variant.product().status() == Product.Status.ACTIVE && !variant.composite())
                .toList();
        if (onSale.isEmpty()) {
            return new Visit(shop, "found nothing to buy", null);
        }
        Basket basket = random.nextInt(10) == 0 ? Basket.empty().unpaid() : Basket.empty();
        for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
            basket = basket.and(onSale.get(random.nextInt(onSale.size())), 1 + random.nextInt(2));
        }
        return shop.sales()
                .checkout(basket)
                .map(order -> new Visit(shop, "ordered", order))
                .orElseGet(() -> new Visit(shop, "found it sold out", null));
    }

    private Optional<Order> recentOrder(Shop shop) {
        int back = random.nextInt(20);
        return shop.orders().byId().descendingMap().values().stream().skip(back).findFirst();
    }

    private Visit handle(Shop shop, Order order, int dice) {
        boolean open = order.lines().stream().anyMatch(line -> line.open() > 0);
        if (order.payment() == Order.Payment.PENDING) {
            shop.sales().pay(order);
            return new Visit(shop, "paid", order);
        }
        if (open && dice < 93) {
            shop.sales().fulfil(order);
            return new Visit(shop, "shipped", order);
        }
        if (open) {
            shop.sales().cancel(order, true);
            return new Visit(shop, "called off", order);
        }
        return sendBack(shop, order);
    }

    private Visit sendBack(Shop shop, Order order) {
        Optional<OrderLine> line = order.lines().stream()
                .filter(l -> l.fulfilled() - l.refundedAfterFulfilment() > 0)
                .findFirst();
        if (line.isEmpty() || random.nextInt(4) != 0) {
            return buy(shop);
        }
        shop.sales().refund(order, line.get(), 1, Refund.Restock.RETURN);
        return new Visit(shop, "sent back", order);
    }
}
