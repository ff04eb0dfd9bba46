package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.StoreId;

/** Told by lanes, while they hold their lock: return at once and call no lane back. */
public interface LaneWatcher {

    /** Something of a store's status changed. */
    void changed(StoreId store);

    /** Orders of a store moved the ledger; the newest was placed then. */
    void sold(StoreId store, Instant placedAt);

    /** A store shows what the ledger wants; something was acknowledged for it. */
    void level(StoreId store, boolean pushed);

    /** Another node serves the store: the lane is to be closed. Told any number of times. */
    default void lost(Lease lease) {}
}
