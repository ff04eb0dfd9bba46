package org.evenkeel.connector;

import java.time.Duration;
import java.util.Objects;

/**
 * What a store can do, declared once by its connector.
 *
 * @param pushBatch most items in one push, ≥ 1
 * @param compareAndSet whether a figure can be set on condition of the present one
 * @param idempotencyKeys whether an identical batch may be repeated under its key without taking effect twice
 * @param zeroAllowed whether 0 can be pushed; if not, the connector closes the listing instead and says so in its state
 * @param cap the highest figure the store takes
 * @param locations whether figures are per location; if not, the connector uses {@link StoreLocation#ONLY} throughout
 * @param meaning what a figure counts
 * @param orderLag how late an order may appear in {@code orders} after it moved the store's figure
 * @param pullCost what an order pull costs
 * @param pendingOrders whether unpaid orders reserve stock and are reported
 * @param webhooks whether the connector is a {@link WebhookReceiver}
 * @param orderIdBatch most ids in one {@code ordersById}, ≥ 1
 * @param readBackBatch most targets in one {@code readBack}, ≥ 1
 */
public record Capabilities(
        int pushBatch,
        boolean compareAndSet,
        boolean idempotencyKeys,
        boolean zeroAllowed,
        long cap,
        boolean locations,
        Meaning meaning,
        Duration orderLag,
        PullCost pullCost,
        boolean pendingOrders,
        boolean webhooks,
        int orderIdBatch,
        int readBackBatch) {

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

    public Capabilities {
        if (pushBatch < 1 || orderIdBatch < 1 || readBackBatch < 1) {
            throw new IllegalArgumentException("Batches hold at least one item.");
        }
        if (cap < 1) {
            throw new IllegalArgumentException("The cap is at least 1, not " + cap);
        }
        if (orderLag.isNegative()) {
            throw new IllegalArgumentException("The order lag is not negative.");
        }
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(pullCost, "pullCost");
    }

    /** The most modest store: one item a call, sellable figures, one location, nothing conditional. */
    public static Capabilities modest() {
        return new Capabilities(
                1,
                false,
                false,
                true,
                Integer.MAX_VALUE,
                false,
                Meaning.SELLABLE,
                Duration.ZERO,
                PullCost.CHEAP,
                false,
                false,
                1,
                1);
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
        return new Capabilities(
                batch,
                conditional,
                keys,
                zeroAllowed,
                highest,
                locations,
                meaning,
                orderLag,
                pullCost,
                pendingOrders,
                webhooks,
                orderIdBatch,
                readBackBatch);
    }

    /**
     * These capabilities, with figures of another meaning.
     *
     * @param counts what a figure counts
     * @param perLocation whether figures are per location
     */
    public Capabilities withFigures(Meaning counts, boolean perLocation) {
        return new Capabilities(
                pushBatch,
                compareAndSet,
                idempotencyKeys,
                zeroAllowed,
                cap,
                perLocation,
                counts,
                orderLag,
                pullCost,
                pendingOrders,
                webhooks,
                orderIdBatch,
                readBackBatch);
    }

    /**
     * These capabilities, with orders told otherwise.
     *
     * @param lag how late an order may appear after it moved the store's figure
     * @param cost what an order pull costs
     * @param pending whether unpaid orders reserve stock and are reported
     */
    public Capabilities withOrders(Duration lag, PullCost cost, boolean pending) {
        return new Capabilities(
                pushBatch,
                compareAndSet,
                idempotencyKeys,
                zeroAllowed,
                cap,
                locations,
                meaning,
                lag,
                cost,
                pending,
                webhooks,
                orderIdBatch,
                readBackBatch);
    }

    /**
     * These capabilities, with larger reads.
     *
     * @param orderIds most ids in one {@code ordersById}, ≥ 1
     * @param figures most targets in one {@code readBack}, ≥ 1
     */
    public Capabilities withReads(int orderIds, int figures) {
        return new Capabilities(
                pushBatch,
                compareAndSet,
                idempotencyKeys,
                zeroAllowed,
                cap,
                locations,
                meaning,
                orderLag,
                pullCost,
                pendingOrders,
                webhooks,
                orderIds,
                figures);
    }

    /** These capabilities, of a connector that is a {@link WebhookReceiver} too. */
    public Capabilities withWebhooks() {
        return new Capabilities(
                pushBatch,
                compareAndSet,
                idempotencyKeys,
                zeroAllowed,
                cap,
                locations,
                meaning,
                orderLag,
                pullCost,
                pendingOrders,
                true,
                orderIdBatch,
                readBackBatch);
    }
}
