package org.evenkeel.sync.internal;

import org.evenkeel.ledger.StoreId;

/** Another node serves the store: what was asked is to be asked there. Nothing was done. */
final class ServedElsewhereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServedElsewhereException(StoreId store) {
        super("Another node serves " + store, null, false, false);
    }
}
