package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A page of orders to be applied in one transaction, together with the cursor behind it.
 *
 * @param store whose
 * @param entries what the store reported
 * @param cursor the store's cursor behind this page; null leaves the kept one alone (orders read by id)
 * @param reread whether the orders were read by id because a snapshot with an equal version differed: then an equal version
 *     is applied, as the newest that can be known
 * @param counted orders that In Stock counts already
 */
public record OrderPage(StoreId store, List<OrderEntry> entries, String cursor, boolean reread, Counted counted) {

    /**
     * Orders that are recorded and not booked when they are first seen, since a person said that In Stock counts them already.
     * Later on they are treated like orders from before turning on: what is cancelled with restock, or returned, after the
     * moment is a movement of its own.
     *
     * @param ids the store's ids of the orders
     * @param at the moment as of which In Stock counts them, by the store's clock
     */
    public record Counted(Set<String> ids, Instant at) {
        /** None is counted already. */
        public static final Counted NONE = new Counted(Set.of(), Instant.EPOCH);

        public Counted {
            ids = Set.copyOf(ids);
            Objects.requireNonNull(at, "at");
        }
    }

    public OrderPage {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(counted, "counted");
        entries = List.copyOf(entries);
    }

    /** A page of which In Stock counts nothing yet. */
    public OrderPage(StoreId store, List<OrderEntry> entries, String cursor, boolean reread) {
        this(store, entries, cursor, reread, Counted.NONE);
    }
}
