package org.evenkeel.ledger.impl.posting;

import java.util.Set;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;

/** Marks the figures of listings as due within the transaction that changed what they depend on. */
public interface FigureMarks {

    /**
     * Products whose levels moved (and whose change version rose): the figures of their listings are due. Adds the stores
     * concerned to {@link Tx#changes()}.
     */
    void moved(Tx tx, Set<Long> products);

    /** The mapping of a store's locations changed: all of its figures are due. {@link #finish} belongs behind the commit. */
    void mappingChanged(Tx tx, String store);

    /** Marks what concerns a whole store, after the commit of what changed it, in transactions of its own. Idempotent. */
    void finish(LedgerTransactions transactions, String store);
}
