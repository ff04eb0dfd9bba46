package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.ledger.impl.Tx;

/**
 * Decides, for each counter of a store, which one of its listings is pushed: of those that may be, the one that was seen first.
 * When that one goes, the next takes over with all that is known of the counter, since the figures are the counter's. Stateless.
 */
final class CounterOwners {
    private final Rows rows;

    CounterOwners(Rows rows) {
        this.rows = rows;
    }

    /**
     * Decides anew, after listings of these counters changed: their states, and whose their figures are.
     *
     * @return the listing that each counter belongs to, pushed or not
     */
    Map<String, ListingEntity> settle(Tx tx, String store, Collection<String> counters) {
        Map<String, ListingEntity> owners = new HashMap<>();
        if (counters.isEmpty()) {
            return owners;
        }
        List<ListingEntity> listings = rows.ofCounters(tx, store, counters);
        Map<String, ListingEntity> pushed = new HashMap<>();
        for (ListingEntity listing : listings) {
            if (listing.eligible()) {
                pushed.putIfAbsent(listing.counter, listing);
            }
        }
        List<ListingEntity> changed = new ArrayList<>();
        for (ListingEntity listing : listings) {
            if (listing.derive(pushed.get(listing.counter))) {
                changed.add(listing);
            }
            owners.merge(listing.counter, listing, CounterOwners::better);
        }
        tx.session().updateMultiple(changed);
        own(tx, store, owners);
        return owners;
    }

    /** The pushed one, else one that is still there, else the first. */
    private static ListingEntity better(ListingEntity one, ListingEntity other) {
        if (one.eligible() != other.eligible()) {
            return one.eligible() ? one : other;
        }
        return one.gone && !other.gone ? other : one;
    }

    private void own(Tx tx, String store, Map<String, ListingEntity> owners) {
        Set<Long> ids = new HashSet<>();
        Set<Long> products = new TreeSet<>();
        for (FigureEntity figure : rows.figures(tx, store, owners.keySet())) {
            ListingEntity owner = owners.get(figure.counter);
            if (figure.belongTo(owner, takesPart(figure, owner))) {
                ids.add(figure.id);
                if (owner.product != null) {
                    products.add(owner.product);
                }
            }
        }
        rows.lockProducts(tx, products);
        List<FigureEntity> changed = new ArrayList<>();
        for (FigureEntity figure : rows.lockFigures(tx, ids).values()) {
            ListingEntity owner = owners.get(figure.counter);
            if (figure.belongTo(owner, takesPart(figure, owner))) {
                changed.add(figure);
            }
        }
        rows.tell(tx, store, changed);
        rows.write(tx, changed);
    }

    static boolean takesPart(FigureEntity figure, ListingEntity owner) {
        return figure.shown && owner.eligible();
    }
}
