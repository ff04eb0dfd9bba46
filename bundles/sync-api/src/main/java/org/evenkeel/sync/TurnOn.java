package org.evenkeel.sync;

/**
 * What is chosen when synchronizing is turned on for the first time; later times it is not used.
 *
 * @param takeOpenOrders whether open orders placed before are booked too
 * @param opening what becomes of products that were never counted
 */
public record TurnOn(boolean takeOpenOrders, Opening opening) {
    /** What becomes of products that were never counted. */
    public enum Opening {
        /** The store's figure becomes In Stock. */
        ADOPT,
        /** They wait for a person, and are not pushed. */
        REVIEW
    }

    public static final TurnOn DEFAULT = new TurnOn(false, Opening.ADOPT);
}
