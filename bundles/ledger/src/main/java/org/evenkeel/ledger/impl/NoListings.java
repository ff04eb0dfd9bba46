package org.evenkeel.ledger.impl;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.impl.catalogue.ListingCounts;
import org.evenkeel.ledger.impl.orders.ListingLookup;
import org.evenkeel.ledger.impl.orders.StoreEffects;
import org.evenkeel.ledger.impl.posting.FigureMarks;

/** A ledger that knows no listings. */
final class NoListings implements ListingSide {

    @Override
    public FigureMarks marks() {
        return new FigureMarks() {
            @Override
            public void moved(Tx tx, Set<Long> products) {
                // Nobody shows them.
            }

            @Override
            public void mappingChanged(Tx tx, String store) {
                // It shows nothing.
            }
        };
    }

    @Override
    public StoreEffects effects() {
        return (tx, store, effects) -> {};
    }

    @Override
    public ListingLookup lookup() {
        return (tx, store, wanted) -> Map.of();
    }

    @Override
    public ListingCounts counts() {
        return new ListingCounts() {
            @Override
            public Map<Long, Counts> of(Tx tx, Collection<Long> products) {
                return Map.of();
            }

            @Override
            public String perProductSql() {
                return "select p.id as product_id, 0 as listings from product p";
            }
        };
    }

    @Override
    public List<Class<?>> entities() {
        return List.of();
    }

    @Override
    public ListingBook book(Core core) {
        return null;
    }
}
