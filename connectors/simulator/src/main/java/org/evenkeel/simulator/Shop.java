package org.evenkeel.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One simulated shop: catalogue, stock, orders, the faults it is told to show and the calls it got. It knows no
 * protocol. One lock guards the whole shop, so every step of it, and every answer to a call, is one moment.
 */
public final class Shop {
    /** A change of the shop at a whole second of its clock. */
    @FunctionalInterface
    interface Change {
        void at(Instant now);
    }

    /** A change that has something to say. */
    @FunctionalInterface
    interface Step<T> {
        T at(Instant now);
    }

    private final String name;
    private final String token;
    private final SimClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Catalogue catalogue = new Catalogue(this);
    private final Stock stock = new Stock(this);
    private final OrderBook orders = new OrderBook(this);
    private final Sales sales = new Sales(this);
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Budget budget = new Budget(System::nanoTime);
    private final Callbacks callbacks = new Callbacks(this);
    private final Set<Happening> happened = new LinkedHashSet<>();
    private final List<Consumer<Happening>> listeners = new ArrayList<>();
    private final IdempotencyKeys idempotency = new IdempotencyKeys();
    private final Instant createdAt;
    private long lastId;
    private Boolean stocksOnSet;
    private boolean appRemoved;
    private int lastOrderNumber = 1000;

    Shop(String name, String token, SimClock clock, long firstId) {
        this.name = name;
        this.token = Objects.requireNonNull(token, "token");
        this.clock = clock;
        this.lastId = firstId;
        this.createdAt = now();
        catalogue.addLocation("Main street");
    }

    /** The name, which is also the first part of the path of its address. */
    public String name() {
        return name;
    }

    /** Whether {@code candidate} is the token of an app that may call this shop. */
    public boolean accepts(String candidate) {
        return candidate != null && Secrets.same(token, candidate) && !read(() -> appRemoved);
    }

    /** The token that an app sends. */
    public String token() {
        return token;
    }

    public SimClock clock() {
        return clock;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public Stock stock() {
        return stock;
    }

    public OrderBook orders() {
        return orders;
    }

    public Sales sales() {
        return sales;
    }

    public Faults faults() {
        return faults;
    }

    public RequestLog log() {
        return log;
    }

    /**
     * Whether an app that sets a figure where the item is not stocked yet stocks it there by that; null leaves it to
     * the protocol.
     */
    public Boolean stocksOnSet() {
        return read(() -> stocksOnSet);
    }

    public void setStocksOnSet(Boolean stocks) {
        change(now -> stocksOnSet = stocks);
    }

    /** Where the shop calls back. */
    public Callbacks callbacks() {
        return callbacks;
    }

    /** The merchant removes the app: its token opens nothing any more, and it is told so. */
    public void removeApp() {
        change(now -> {
            appRemoved = true;
            happened(Happening.Kind.APP_REMOVED, this);
        });
    }

    /**
     * Tells of everything that happens from now on, at the end of each step, in the thread that took it and under the shop's
     * lock: be quick, and wait for nothing.
     */
    public void onHappening(Consumer<Happening> listener) {
        change(now -> listeners.add(listener));
    }

    /** Called under the lock; told at the end of the step, once. */
    void happened(Happening.Kind kind, Object subject) {
        happened.add(new Happening(kind, subject));
    }

    private void tell() {
        if (lock.getHoldCount() > 1 || happened.isEmpty()) {
            return;
        }
        List<Happening> all = List.copyOf(happened);
        happened.clear();
        all.forEach(one -> listeners.forEach(listener -> listener.accept(one)));
    }

    /** What an app may spend on calls. */
    public Budget budget() {
        return budget;
    }

    public IdempotencyKeys idempotency() {
        return idempotency;
    }

    /** The time of the shop, in whole seconds as stores stamp it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    // ---- the most used steps in one word

    /** Adds a product with one tracked variant and stocks it at the main location. */
    public Variant addProduct(String title, String sku, long available) {
        return write(now -> {
            Variant variant = catalogue.addProduct(title, sku);
            stock.setAvailable(variant, catalogue.mainLocation(), available);
            return variant;
        });
    }

    /** The figures of a variant at the main location. */
    public Figures shelf(Variant variant) {
        return stock.figures(variant, catalogue.mainLocation());
    }

    /** Places a paid order for one variant. */
    public Order order(Variant variant, int quantity) {
        return sales.place(Basket.of(variant, quantity));
    }

    // ---- the lock

    /** Reads several things at one moment. */
    public <T> T read(Supplier<T> reading) {
        lock.lock();
        try {
            T value = reading.get();
            tell();
            return value;
        } finally {
            forget();
            lock.unlock();
        }
    }

    /** Reads at one moment without a result. */
    public void inspect(Consumer<Shop> reading) {
        read(() -> {
            reading.accept(this);
            return null;
        });
    }

    <T> T write(Step<T> step) {
        lock.lock();
        try {
            T value = step.at(now());
            tell();
            return value;
        } finally {
            forget();
            lock.unlock();
        }
    }

    /** What a step that failed would have told. */
    private void forget() {
        if (lock.getHoldCount() == 1) {
            happened.clear();
        }
    }

    void change(Change change) {
        write(now -> {
            change.at(now);
            return null;
        });
    }

    /** A fresh id, for what a protocol makes up itself. */
    public long newId() {
        return read(this::nextId);
    }

    /**
     * Leaves out ids and order numbers, as a shop would have them that was there before: an order of today never has the id
     * of one of yesterday.
     */
    public void skip(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Ids only rise, not by " + count);
        }
        change(now -> {
            lastId += count;
            lastOrderNumber += count;
        });
    }

    long nextId() {
        return ++lastId;
    }

    int nextOrderNumber() {
        return ++lastOrderNumber;
    }

    @Override
    public String toString() {
        return "shop " + name;
    }
}
