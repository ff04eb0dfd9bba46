package org.evenkeel.sync;

import java.util.Map;

/**
 * A change of a plan's choices. What is null or not named stays as it is; giving the same again changes nothing.
 *
 * @param opening ADOPT or HOLD: what becomes of products that were never counted where nothing is chosen for their SKU; null
 *     leaves it. TURN_ON only
 * @param skus by SKU, compared like SKUs (an exact match beats one that differs in case and white space): what becomes of that
 *     product; {@link Sku#DEFAULT} forgets what was chosen. At most {@value #MOST} at a time
 * @param missedOrders what becomes of missed orders where nothing is chosen for the order; null leaves it. TURN_ON only
 * @param orders by the store's order id: what becomes of that missed order. At most {@value #MOST} at a time. TURN_ON only
 * @param takeOpenOrders the first time: whether open orders placed before are booked; null leaves it. TURN_ON only
 */
public record PlanChoices(
        Opening opening,
        Map<String, Sku> skus,
        MissedOrder missedOrders,
        Map<String, MissedOrder> orders,
        Boolean takeOpenOrders) {
    /** The most SKUs or orders that one change names. */
    public static final int MOST = 10_000;

    /** Changes nothing. */
    public static final PlanChoices NONE = new PlanChoices(null, Map.of(), null, Map.of(), null);

    /** What becomes of a product that was never counted. */
    public enum Opening {
        /** The store's figure becomes In Stock (UNDO: the proposed figure is pushed). */
        ADOPT,
        /** It waits for a person, and is not pushed (UNDO: the figure is left as it is). */
        HOLD,
        /** A person tells In Stock (UNDO: another figure is pushed). Only for a SKU, not as a default. */
        SET
    }

    /** What becomes of an order that was placed while the store was off. */
    public enum MissedOrder {
        /** It is booked like any other. */
        BOOK,
        /** It is recorded and not booked, since In Stock counts it already. What is returned or cancelled later counts. */
        SKIP
    }

    /**
     * A choice for one SKU.
     *
     * @param opening what becomes of it; null forgets what was chosen
     * @param quantity for SET: units, ≥ 0: In Stock as it lies on the shelf, with what open orders keep booked (UNDO: the
     *     figure to push); else null
     */
    public record Sku(Opening opening, Long quantity) {
        public static final Sku DEFAULT = new Sku(null, null);
        public static final Sku ADOPT = new Sku(Opening.ADOPT, null);
        public static final Sku HOLD = new Sku(Opening.HOLD, null);

        public static Sku set(long quantity) {
            return new Sku(Opening.SET, quantity);
        }
    }

    public PlanChoices {
        skus = Map.copyOf(skus);
        orders = Map.copyOf(orders);
    }

    public static PlanChoices opening(Opening opening) {
        return new PlanChoices(opening, Map.of(), null, Map.of(), null);
    }

    public static PlanChoices sku(String sku, Sku choice) {
        return new PlanChoices(null, Map.of(sku, choice), null, Map.of(), null);
    }

    public static PlanChoices missedOrders(MissedOrder choice) {
        return new PlanChoices(null, Map.of(), choice, Map.of(), null);
    }

    public static PlanChoices order(String id, MissedOrder choice) {
        return new PlanChoices(null, Map.of(), null, Map.of(id, choice), null);
    }

    public static PlanChoices takeOpenOrders(boolean take) {
        return new PlanChoices(null, Map.of(), null, Map.of(), take);
    }
}
