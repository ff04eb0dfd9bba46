package org.evenkeel.ledger.impl.catalogue;

import java.util.Collection;
import java.util.Map;
import org.evenkeel.ledger.impl.Tx;

/** How many listings sell a product, for lists of products. */
public interface ListingCounts {

    /** The counts of some products; those without a listing may be left out. */
    Map<Long, Counts> of(Tx tx, Collection<Long> products);

    /**
     * A query in SQL that both databases understand, without parameters, of two columns {@code product_id} and
     * {@code listings}: how many listings that are not gone sell each product. Products are sorted by it.
     */
    String perProductSql();

    /**
     * @param listings how many sell it, those gone not counted
     * @param behind how many figures of these are due and not yet acknowledged
     */
    record Counts(int listings, int behind) {
        public static final Counts NONE = new Counts(0, 0);
    }
}
