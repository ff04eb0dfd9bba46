package org.evenkeel.ledger.impl.orders;

import java.util.Collection;
import java.util.Map;
import org.evenkeel.ledger.impl.Tx;

/** Which products the listings of a store sell. */
public interface ListingLookup {

    /** Those of {@code wanted} that are known, in a few statements however many are asked for. */
    Map<Ref, Found> find(Tx tx, String store, Collection<Ref> wanted);

    /**
     * A listing by the store's ids.
     *
     * @param listing not null
     * @param variant empty where the store has none; never null
     */
    record Ref(String listing, String variant) {}

    /**
     * What is known of a listing.
     *
     * @param product the product it sells; null when it has none
     * @param tracked false when the store does not count it: its lines are not tracked either
     */
    record Found(Long product, boolean tracked) {}
}
