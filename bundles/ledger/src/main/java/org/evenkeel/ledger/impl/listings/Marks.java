package org.evenkeel.ledger.impl.listings;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.posting.FigureMarks;

/**
 * Marks figures as due, within the transaction that changed what they depend on. Each figure takes note of the version that
 * it was told of; an acknowledgement of an older one leaves it due. Stateless.
 *
 * <p>The caller holds the rows of the products that moved. Whoever links a listing to a product holds them too, so that no
 * figure misses a change.
 */
final class Marks implements FigureMarks {
    private static final String MARK_PRODUCTS = "update Figure f set"
            + " f.neededProductVersion = (select p.version from Product p where p.id = f.product),"
            + " f.due = true, f.rowVersion = f.rowVersion + 1,"
            + " f.queue = case when f.active = true and f.queue in (REST, FRESH, DOWN, UP, PARKED, DORMANT) then org.evenkeel.ledger.impl.listings.Queue.MOVED"
            + " else f.queue end"
            + " where f.product in (:products)";

    private static final String MARK_LISTINGS = "update Figure f set f.neededRuleVersion = :version,"
            + " f.due = true, f.rowVersion = f.rowVersion + 1,"
            + " f.queue = case when f.active = true and f.queue in (REST, DOWN, UP, PARKED, DORMANT) then org.evenkeel.ledger.impl.listings.Queue.FRESH"
            + " else f.queue end"
            + " where f.listing in (:listings)";

    private static final String POSTPONE = "update Figure f set f.rowVersion = f.rowVersion + 1,"
            + " f.queue = org.evenkeel.ledger.impl.listings.Queue.FRESH"
            + " where f.product in (:products) and f.queue = MOVED";

    private final Rows rows;

    Marks(Rows rows) {
        this.rows = rows;
    }

    @Override
    public void moved(Tx tx, Set<Long> products) {
        for (List<Long> part : Chunks.padded(products)) {
            List<String> stores = tx.select(
                            "select distinct f.store from Figure f where f.product in (:products)",
                            String.class,
                            "products",
                            part)
                    .getResultList();
            if (!stores.isEmpty()) {
                tx.mutate(MARK_PRODUCTS, "products", part).executeUpdate();
                tx.changes().stores(stores);
            }
        }
    }

    @Override
    public void mappingChanged(Tx tx, String store) {
        ListingStoreEntity row = rows.lockStore(tx, store);
        row.raiseForAll(true);
        tx.session().update(row);
        tx.changes().stores(List.of(store));
    }

    @Override
    public void finish(LedgerTransactions transactions, String store) {
        new Marking(transactions, rows).finish(store);
    }

    /** Products were opened by what a store shows, very many at once: what orders move is looked at before them. */
    static void opened(Tx tx, Set<Long> products) {
        for (List<Long> part : Chunks.padded(products)) {
            tx.mutate(POSTPONE, "products", part).executeUpdate();
        }
    }

    /** The rules of some listings changed. @param version the number of that change; the caller holds the store's row */
    static void rulesChanged(Tx tx, Collection<Long> listings, long version) {
        for (List<Long> part : Chunks.padded(listings)) {
            tx.mutate(MARK_LISTINGS, "listings", part)
                    .setParameter("version", version)
                    .executeUpdate();
        }
    }
}
