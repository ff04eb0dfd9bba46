package org.evenkeel.simulator;

/**
 * What a shop believes about one item at one location, in whole units, at one moment.
 *
 * @param available for sale; negative when oversold
 * @param committed sold, not yet shipped
 * @param unavailable on the shelf but held back (damaged, reserved, safety stock, quality control)
 */
public record Figures(long available, long committed, long unavailable) {
    /** No stock at all. */
    public static final Figures NONE = new Figures(0, 0, 0);

    /** Physically on the shelf: available + committed + unavailable. */
    public long onHand() {
        return Math.addExact(Math.addExact(available, committed), unavailable);
    }
}
