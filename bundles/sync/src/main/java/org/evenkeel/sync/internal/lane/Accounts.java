package org.evenkeel.sync.internal.lane;

import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;

/** Finds stores by what they call themselves. */
record Accounts(StoreRegistry stores) implements Border.Origins {

    @Override
    public StoreId byAccount(String account) {
        return stores.stores().stream()
                .filter(store -> store.removedAt() == null && store.account().equalsIgnoreCase(account))
                .map(Store::id)
                .findFirst()
                .orElse(null);
    }
}
