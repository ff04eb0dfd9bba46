package org.evenkeel.sync.internal.lane;

import org.evenkeel.connector.Capabilities;
import org.evenkeel.ledger.DueFigure;

/** From what should be shown to the number that a store takes. */
final class Numbers {
    private Numbers() {}

    /**
     * The store's number for a figure: with what an on-hand count includes besides, and never above the store's cap. 0 is a
     * number like any other; a connector whose store takes none closes the listing.
     */
    static long number(DueFigure figure, Capabilities can) {
        long counted = can.meaning() == Capabilities.Meaning.ON_HAND
                ? Math.addExact(figure.wanted(), figure.onHandOffset())
                : figure.wanted();
        return Math.min(can.cap(), Math.max(0, counted));
    }
}
