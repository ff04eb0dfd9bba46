package org.evenkeel.ledger.impl.orders;

import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.impl.Tx;

/** Order lines that wait for their product. */
public interface Inbox {

    /**
     * A product came to own a SKU: books the lines that wait for it, within the transaction that created it. Lines whose
     * units were sent before the product was last counted go on waiting for a person, since the count may have seen them gone.
     */
    void productAppeared(Tx tx, long product, Sku sku);
}
