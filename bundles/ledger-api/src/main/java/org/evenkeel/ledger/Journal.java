package org.evenkeel.ledger;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The movements, newest first. Thread-safe; read only. */
@ProviderType
public interface Journal {

    /**
     * Which movements are wanted.
     *
     * @param product only this product's; null for all
     * @param location only at this location; null for all
     * @param reason only of this reason; null for all
     * @param order only of this order; null for all
     */
    record Query(ProductId product, LocationId location, Movement.Reason reason, OrderKey order) {
        public static final Query ALL = new Query(null, null, null, null);

        public static Query of(ProductId product) {
            return new Query(product, null, null, null);
        }
    }

    Page<Movement> movements(Query query, PageRequest page);

    Optional<Movement> movement(MovementId id);

    /**
     * Proves the books: for each level, the sum of its movements, the running balances and the open order lines against the
     * level. Reads in one snapshot.
     *
     * @return what does not add up, in words that name the rows; empty when the books are right
     */
    List<String> audit();
}
