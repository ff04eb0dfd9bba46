package org.evenkeel.sync.internal.lane;

import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;

/** Told by lanes, while they hold their lock: return at once and call no lane back. */
public interface LaneWatcher {

    /** Something of a store's status changed. */
    void changed(StoreId store);

    /** A lane found that its store was turned off. */
    void turnedOff(StoreId store);

    /** Orders of a store were seen for the first time and left less for sale. */
    void sold(StoreId store, List<Sale> sales);

    /** A mark for this moment: what was told before is older. */
    long mark();

    /** A store acknowledged figures of products. */
    void acknowledged(StoreId store, Set<ProductId> products);

    /** Nothing was due for a store when it was asked after that mark. */
    void level(StoreId store, long since);

    /** Another node serves the store: the lane is to be closed. Told any number of times. */
    default void lost(Lease lease) {}
}
