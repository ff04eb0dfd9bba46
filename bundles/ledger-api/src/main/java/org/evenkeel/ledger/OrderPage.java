package org.evenkeel.ledger;

import java.util.List;
import java.util.Objects;

/**
 * A page of orders to be applied in one transaction, together with the cursor behind it.
 *
 * @param store whose
 * @param entries what the store reported
 * @param cursor the store's cursor behind this page; null leaves the kept one alone (orders read by id)
 * @param reread whether the orders were read by id because a snapshot with an equal version differed: then an equal version
 *     is applied, as the newest that can be known
 */
public record OrderPage(StoreId store, List<OrderEntry> entries, String cursor, boolean reread) {
    public OrderPage {
        Objects.requireNonNull(store, "store");
        entries = List.copyOf(entries);
    }
}
