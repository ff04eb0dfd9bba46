package org.evenkeel.connector;

import java.time.Duration;
import java.util.Objects;

/**
 * What a store can do, declared once by its connector: begin with {@link #modest()} and say what is better.
 *
 * @param push how figures are sent
 * @param figures what figures are
 * @param orders how orders are told
 * @param reads how much is read at once
 * @param webhooks whether the connector is a {@link WebhookReceiver}
 */
public record Capabilities(Push push, Figures figures, Orders orders, Reads reads, boolean webhooks) {

    /** What a store's figure counts. */
    public enum Meaning {
        /** What can still be bought: open orders are subtracted already. */
        SELLABLE,
        /** What lies on the shelf: open orders are still in it. */
        ON_HAND
    }

    /** What an order pull costs; where it is dear, decreases go without one. */
    public enum PullCost {
        CHEAP,
        DEAR
    }

    /**
     * How figures are sent.
     *
     * @param batch most items in one push, ≥ 1
     * @param compareAndSet whether a figure can be set on condition of the present one
     * @param idempotencyKeys whether an identical batch may be repeated under its key without taking effect twice
     * @param zeroAllowed whether 0 can be pushed; if not, the connector closes the listing instead and says so in its state
     * @param cap the highest figure the store takes, ≥ 1
     */
    public record Push(int batch, boolean compareAndSet, boolean idempotencyKeys, boolean zeroAllowed, long cap) {
        public Push {
            atLeastOne("A push", batch);
            if (cap < 1) {
                throw new IllegalArgumentException("The cap is at least 1, not " + cap);
            }
        }
    }

    /**
     * What figures are.
     *
     * @param meaning what a figure counts
     * @param perLocation whether they are per location; if not, the connector uses {@link StoreLocation#ONLY} throughout
     */
    public record Figures(Meaning meaning, boolean perLocation) {
        public Figures {
            Objects.requireNonNull(meaning, "meaning");
        }
    }

    /**
     * How orders are told.
     *
     * @param lag how late an order may appear in {@code orders} after it moved the store's figure
     * @param cost what an order pull costs
     * @param pending whether unpaid orders reserve stock and are reported
     */
    public record Orders(Duration lag, PullCost cost, boolean pending) {
        public Orders {
            Objects.requireNonNull(cost, "cost");
            if (lag.isNegative()) {
                throw new IllegalArgumentException("The order lag is not negative.");
            }
        }
    }

    /**
     * How much is read at once.
     *
     * @param orderIds most ids in one {@code ordersById}, ≥ 1
     * @param figures most targets in one {@code readBack}, ≥ 1
     */
    public record Reads(int orderIds, int figures) {
        public Reads {
            atLeastOne("A look-up of orders", orderIds);
            atLeastOne("A read-back", figures);
        }
    }

    public Capabilities {
        Objects.requireNonNull(push, "push");
        Objects.requireNonNull(figures, "figures");
        Objects.requireNonNull(orders, "orders");
        Objects.requireNonNull(reads, "reads");
    }

    /** The most modest store: one item a call, sellable figures, one location, nothing conditional. */
    public static Capabilities modest() {
        return new Capabilities(
                new Push(1, false, false, true, Integer.MAX_VALUE),
                new Figures(Meaning.SELLABLE, false),
                new Orders(Duration.ZERO, PullCost.CHEAP, false),
                new Reads(1, 1),
                false);
    }

    /**
     * These capabilities, pushing otherwise.
     *
     * @param batch most items in one push, ≥ 1
     * @param conditional whether a figure can be set on condition of the present one
     * @param keys whether an identical batch may be repeated under its key
     * @param highest the highest figure the store takes
     */
    public Capabilities withPush(int batch, boolean conditional, boolean keys, long highest) {
        return with(new Push(batch, conditional, keys, push.zeroAllowed(), highest));
    }

    /** These capabilities, of a store that takes no 0. */
    public Capabilities withoutZero() {
        return with(new Push(push.batch(), push.compareAndSet(), push.idempotencyKeys(), false, push.cap()));
    }

    private Capabilities with(Push other) {
        return new Capabilities(other, figures, orders, reads, webhooks);
    }

    /** These capabilities, with figures of that meaning, per location or not. */
    public Capabilities withFigures(Meaning meaning, boolean perLocation) {
        return new Capabilities(push, new Figures(meaning, perLocation), orders, reads, webhooks);
    }

    /** These capabilities, with orders told otherwise, see {@link Orders}. */
    public Capabilities withOrders(Duration lag, PullCost cost, boolean pending) {
        return new Capabilities(push, figures, new Orders(lag, cost, pending), reads, webhooks);
    }

    /** These capabilities, with larger reads, see {@link Reads}. */
    public Capabilities withReads(int orderIds, int readings) {
        return new Capabilities(push, figures, orders, new Reads(orderIds, readings), webhooks);
    }

    /** These capabilities, of a connector that is a {@link WebhookReceiver} too. */
    public Capabilities withWebhooks() {
        return new Capabilities(push, figures, orders, reads, true);
    }

    /** Most items in one push. */
    public int pushBatch() {
        return push.batch();
    }

    /** Whether a figure can be set on condition of the present one. */
    public boolean compareAndSet() {
        return push.compareAndSet();
    }

    /** Whether an identical batch may be repeated under its key. */
    public boolean idempotencyKeys() {
        return push.idempotencyKeys();
    }

    /** Whether 0 can be pushed. */
    public boolean zeroAllowed() {
        return push.zeroAllowed();
    }

    /** The highest figure the store takes. */
    public long cap() {
        return push.cap();
    }

    /** What a figure counts. */
    public Meaning meaning() {
        return figures.meaning();
    }

    /** Whether figures are per location. */
    public boolean locations() {
        return figures.perLocation();
    }

    /** How late an order may appear. */
    public Duration orderLag() {
        return orders.lag();
    }

    /** What an order pull costs. */
    public PullCost pullCost() {
        return orders.cost();
    }

    /** Whether unpaid orders reserve stock and are reported. */
    public boolean pendingOrders() {
        return orders.pending();
    }

    /** Most ids in one look-up of orders. */
    public int orderIdBatch() {
        return reads.orderIds();
    }

    /** Most targets in one read-back. */
    public int readBackBatch() {
        return reads.figures();
    }

    private static void atLeastOne(String what, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException(what + " holds at least one item, not " + batch + ".");
        }
    }
}
