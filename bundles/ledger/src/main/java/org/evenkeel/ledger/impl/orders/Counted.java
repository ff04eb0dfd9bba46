package org.evenkeel.ledger.impl.orders;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.OrderLineEntity;

/**
 * When products were last counted, against when units of a line left: a count that came later has seen them gone, and taking
 * them off In Stock once more would count them twice.
 */
final class Counted {
    private final Map<Long, Instant> last;

    private Counted(Map<Long, Instant> last) {
        this.last = last;
    }

    static Counted of(Tx tx, Collection<Long> products) {
        Map<Long, Instant> last = new HashMap<>();
        if (!products.isEmpty()) {
            tx.session()
                    .createSelectionQuery(
                            "select l.product, max(l.countedAt) from Level l"
                                    + " where l.product in (:products) and l.countedAt is not null group by l.product",
                            Object[].class)
                    .setParameterList("products", products)
                    .getResultList()
                    .forEach(row -> last.put((Long) row[0], (Instant) row[1]));
        }
        return new Counted(last);
    }

    /**
     * Whether a product was counted after units of a line had left, or may have been.
     *
     * @param unknown what is taken for the time at which they left where the store does not tell
     */
    boolean sawThemGone(long product, OrderLineEntity row, Instant unknown) {
        Instant counted = last.get(product);
        Instant left = row.sentAt == null ? unknown : row.sentAt;
        return counted != null && row.fulfilled + row.lost > 0 && counted.isAfter(left);
    }
}
