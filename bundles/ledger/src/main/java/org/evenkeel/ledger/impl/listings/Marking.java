package org.evenkeel.ledger.impl.listings;

import java.util.List;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;
import org.hibernate.LockMode;

/**
 * Tells the figures of a store of a change that concerns all of them, some hundreds in a transaction, so that nobody waits for
 * it long. How far it came stands in the store's row: what a crash left is told by whoever asks next for what is due. Telling
 * twice changes nothing. Thread-safe; keeps nothing.
 */
final class Marking {
    static final int AT_ONCE = 500;

    private static final String MARK = "update Figure f set f.neededRuleVersion = :version,"
            + " f.due = true, f.rowVersion = f.rowVersion + 1,"
            + " f.queue = case when f.active = true and f.queue in (REST, DOWN, UP, PARKED, DORMANT) then org.evenkeel.ledger.impl.listings.Queue.FRESH"
            + " else f.queue end"
            + " where f.store = :store and f.id > :after and f.id <= :last and f.neededRuleVersion < :version"
            + " and f.acknowledgedRuleVersion < :version";

    private static final String WITHOUT_OWN_RULE = " and not exists (select 1 from Rule r where r.listing = f.listing)";

    private final LedgerTransactions transactions;
    private final Rows rows;

    Marking(LedgerTransactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    /** Tells all that is left to tell; costs a look at one row when nothing is. */
    void finish(String store) {
        if (transactions.read(tx -> rows.ruleVersions(tx, store).marking())) {
            while (transactions.run(tx -> step(tx, store))) {
                // Each step is a transaction of its own.
            }
        }
    }

    private boolean step(Tx tx, String store) {
        ListingStoreEntity row = tx.session().get(ListingStoreEntity.class, store, LockMode.PESSIMISTIC_WRITE);
        if (row == null || row.markingAfter == null) {
            return false;
        }
        List<Long> ids = tx.session()
                .createSelectionQuery(
                        "select f.id from Figure f where f.store = :store and f.id > :after order by f.id", Long.class)
                .setParameter("store", store)
                .setParameter("after", row.markingAfter)
                .setMaxResults(AT_ONCE)
                .getResultList();
        if (!ids.isEmpty()) {
            mark(tx, row, ids.get(ids.size() - 1));
        }
        boolean more = ids.size() == AT_ONCE;
        if (!more) {
            // Who was told of the change itself may have looked too early.
            tx.changes().kinds(row.markingAll ? Change.Kind.LOCATIONS : Change.Kind.RULES);
            tx.changes().stores(List.of(store));
        }
        row.markingAfter = more ? ids.get(ids.size() - 1) : null;
        row.markingAll = more && row.markingAll;
        tx.session().update(row);
        return more;
    }

    private static void mark(Tx tx, ListingStoreEntity row, long last) {
        tx.session()
                .createMutationQuery(row.markingAll ? MARK : MARK + WITHOUT_OWN_RULE)
                .setParameter("version", row.wideVersion)
                .setParameter("store", row.store)
                .setParameter("after", row.markingAfter)
                .setParameter("last", last)
                .executeUpdate();
    }
}
