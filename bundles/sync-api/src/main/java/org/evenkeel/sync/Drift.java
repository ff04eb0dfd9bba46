package org.evenkeel.sync;

/**
 * What becomes of a figure that was changed in the store by somebody else: seen twice with the same gap to what the store was
 * believed to show, while no order and no outstanding push explains it.
 */
public enum Drift {
    /** The ledger is the master: its figure is sent over it, under the fence. */
    OVERWRITE,
    /**
     * The gap becomes an adjustment of the product, where the figure's rule is one to one and one ledger location stands
     * behind it; elsewhere it is shown as under {@link #ALERT}.
     */
    ADOPT,
    /** It is shown, and nothing is sent over it until a person decides. */
    ALERT
}
