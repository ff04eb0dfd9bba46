package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Tx;

/** The one place where rules are looked up: the whole rule of the listing, else of its store, else the default. Stateless. */
final class Rules {
    static final String DEFAULT = "default";

    private Rules() {}

    static String ofStore(String store) {
        return "store:" + store;
    }

    static String ofListing(long listing) {
        return "listing:" + listing;
    }

    /** The rule for listings of a store that have none of their own. */
    static EffectiveRule of(Tx tx, String store) {
        Map<String, RuleEntity> found = find(tx, List.of(DEFAULT, ofStore(store)));
        return of(found.get(DEFAULT), found.get(ofStore(store)));
    }

    static EffectiveRule of(RuleEntity byDefault, RuleEntity ofStore) {
        return ofStore == null
                ? new EffectiveRule(byDefault.rule(), RuleScope.DEFAULT)
                : new EffectiveRule(ofStore.rule(), new RuleScope.OfStore(new StoreId(ofStore.store)));
    }

    /** The rule for a listing. @param own its own; null when it has none */
    static EffectiveRule of(ListingEntity listing, RuleEntity own, EffectiveRule ofStore) {
        return own == null ? ofStore : new EffectiveRule(own.rule(), scope(listing));
    }

    static RuleScope.OfListing scope(ListingEntity listing) {
        return new RuleScope.OfListing(new ListingKey(new StoreId(listing.store), listing.code, listing.variant));
    }

    /** The rules for some listings of a store, by the ledger's ids. */
    static Map<Long, EffectiveRule> of(Tx tx, String store, Collection<ListingEntity> listings) {
        EffectiveRule ofStore = of(tx, store);
        Map<String, RuleEntity> own =
                find(tx, listings.stream().map(listing -> ofListing(listing.id)).toList());
        Map<Long, EffectiveRule> rules = new HashMap<>();
        listings.forEach(listing -> rules.put(listing.id, of(listing, own.get(ofListing(listing.id)), ofStore)));
        return rules;
    }

    /** The rules of some scopes. */
    static Map<String, RuleEntity> find(Tx tx, Collection<String> scopes) {
        Map<String, RuleEntity> found = new HashMap<>();
        List<RuleEntity> rows = new ArrayList<>();
        for (List<String> part : Chunks.padded(scopes)) {
            rows.addAll(tx.select("from Rule r where r.scope in (:scopes)", RuleEntity.class, "scopes", part)
                    .getResultList());
        }
        rows.forEach(row -> found.put(row.scope, row));
        return found;
    }

    /** The rule of one figure's listing. */
    static EffectiveRule of(Tx tx, FigureEntity figure) {
        RuleEntity own = tx.session().get(RuleEntity.class, ofListing(figure.listing));
        if (own == null) {
            return of(tx, figure.store);
        }
        return of(tx.session().get(ListingEntity.class, figure.listing), own, null);
    }
}
