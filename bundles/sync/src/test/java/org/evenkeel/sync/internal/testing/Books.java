package org.evenkeel.sync.internal.testing;

import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.sync.internal.lane.Ledger;

/** A ledger as a simulation sees it: the real one, or its contract in memory. */
public interface Books {
    Ledger services();

    /** What runs before and behind each effect of the services, and may throw. */
    void effects(Runnable before, Runnable after);

    void listener(LedgerListener listener);

    /** A person counts the shelf. */
    void set(String sku, long inStock);

    long available(String sku);

    long booked(String sku);

    boolean knows(FakeStore store, String order);

    /** Throws when the books do not add up. */
    void audit();
}
