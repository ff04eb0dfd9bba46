package org.evenkeel.sync.internal.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;

/**
 * The rules that people set, and what listings should show by them, computed anew in the plainest way: the nearest rule counts
 * as a whole; what is kept back goes first, then the share, then the bounds; at or below the mark nothing is shown.
 */
final class RulesSet {
    private final Map<RuleScope, ListingRule> rules = new HashMap<>();
    /** Listings that may show more than there is, or for long what there was. */
    private final Set<SimStore.Listing> loose = new HashSet<>();

    /** @param rule null where it is taken away */
    void set(RuleScope scope, ListingRule rule, Iterable<SimStore> stores) {
        if (rule == null) {
            rules.remove(scope);
        } else {
            rules.put(scope, rule);
        }
        for (SimStore store : stores) {
            for (SimStore.Listing listing : store.listings.values()) {
                ListingRule now = of(store.id, listing);
                if (now != null && (now.min() > 0 || now.paused())) {
                    loose.add(listing);
                }
            }
        }
    }

    private ListingRule of(StoreId store, SimStore.Listing listing) {
        ListingRule nearest = rules.get(new RuleScope.OfListing(new ListingKey(store, listing.id, "")));
        if (nearest == null) {
            nearest = rules.get(new RuleScope.OfStore(store));
        }
        return nearest == null ? rules.get(RuleScope.DEFAULT) : nearest;
    }

    boolean paused(SimStore store, SimStore.Listing listing) {
        ListingRule rule = of(store.id, listing);
        return rule != null && rule.paused();
    }

    /** Whether the listing's rules ever let it sell what is not there. */
    boolean isLoose(SimStore.Listing listing) {
        return loose.contains(listing);
    }

    /** What a listing should offer of so many units. */
    long offered(SimStore store, SimStore.Listing listing, long available) {
        ListingRule rule = of(store.id, listing);
        if (rule == null) {
            return Math.max(0, available);
        }
        if (available <= rule.closeAt() || available <= rule.buffer()) {
            return 0;
        }
        long shown = (available - rule.buffer()) * rule.share() / 10_000;
        if (shown > rule.max()) {
            return rule.max();
        }
        return shown > 0 && shown < rule.min() ? rule.min() : shown;
    }
}
