package org.evenkeel.ledger.impl.orders;

import java.util.List;
import org.evenkeel.ledger.impl.Tx;

/** Moves what a store is believed to show by what the store itself did for orders. */
public interface StoreEffects {

    /** Called within the transaction that applies orders of {@code store}, once per page, also for lines that book nothing. */
    void apply(Tx tx, String store, List<Effect> effects);

    /**
     * What a store did to its own figures for one order line.
     *
     * @param listing the store's listing id; null when unknown
     * @param variant the store's variant id; null when unknown
     * @param sku raw; null when there is none
     * @param storeLocation where; null when the store does not tell
     * @param sellableDelta change of what can be sold there: Δ(returned + cancelled − ordered)
     * @param onHandDelta change of what is on hand there: Δ(returned − fulfilled − lost)
     */
    record Effect(
            String listing, String variant, String sku, String storeLocation, long sellableDelta, long onHandDelta) {}
}
