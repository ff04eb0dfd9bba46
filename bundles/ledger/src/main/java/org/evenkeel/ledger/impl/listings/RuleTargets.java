package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.impl.Tx;

/** Changes of rules, with the rows that they are for, all of them at hand. */
final class RuleTargets implements IntendedRules {
    private final Map<String, Target> targets;

    private RuleTargets(Map<String, Target> targets) {
        this.targets = targets;
    }

    /**
     * @param scope the key of the rule's row
     * @param store the store, also of a listing; null of the default
     * @param listing the listing; null of other scopes
     * @param rule from then on; null for none
     */
    record Target(String scope, String store, ListingEntity listing, ListingRule rule) {
        boolean isDefault() {
            return store == null;
        }
    }

    /** @throws InvalidInputException when there are none, too many, or two for one scope */
    static void check(List<RuleChange> changes) {
        if (changes.isEmpty() || changes.size() > RuleBook.MOST_CHANGES) {
            throw new InvalidInputException(
                    "changes",
                    "1 to " + RuleBook.MOST_CHANGES + " rules are changed at a time, not " + changes.size() + ".");
        }
        Set<RuleScope> scopes = new java.util.HashSet<>();
        for (RuleChange change : changes) {
            if (!scopes.add(change.scope())) {
                throw new InvalidInputException(
                        "changes", "The rule of " + change.scope() + " is there twice; which one is meant?");
            }
        }
    }

    /** @throws NotFoundException when a store or listing is not known */
    static RuleTargets find(Tx tx, Rows rows, List<RuleChange> changes) {
        Map<String, List<ListingRef>> refs = new TreeMap<>();
        for (RuleChange change : changes) {
            if (change.scope() instanceof RuleScope.OfStore of) {
                rows.store(tx, of.store().value());
            } else if (change.scope() instanceof RuleScope.OfListing of) {
                refs.computeIfAbsent(of.listing().store().value(), store -> new ArrayList<>())
                        .add(ref(of.listing()));
            }
        }
        Map<String, Map<ListingRef, ListingEntity>> listings = new HashMap<>();
        refs.forEach((store, some) -> {
            rows.store(tx, store);
            listings.put(store, rows.listings(tx, store, some));
        });
        Map<String, Target> targets = new LinkedHashMap<>();
        for (RuleChange change : changes) {
            Target target = target(change, listings);
            targets.put(target.scope(), target);
        }
        return new RuleTargets(targets);
    }

    private static Target target(RuleChange change, Map<String, Map<ListingRef, ListingEntity>> listings) {
        if (change.scope() instanceof RuleScope.OfStore of) {
            String store = of.store().value();
            return new Target(Rules.ofStore(store), store, null, change.rule());
        }
        if (change.scope() instanceof RuleScope.OfListing of) {
            String store = of.listing().store().value();
            ListingEntity listing = listings.get(store).get(ref(of.listing()));
            if (listing == null) {
                throw new NotFoundException("There is no " + change.scope() + ".");
            }
            return new Target(Rules.ofListing(listing.id), store, listing, change.rule());
        }
        return new Target(Rules.DEFAULT, null, null, change.rule());
    }

    private static ListingRef ref(ListingKey key) {
        return new ListingRef(key.listing(), key.variant());
    }

    Collection<Target> all() {
        return targets.values();
    }

    /** @param targets each scope once */
    static RuleTargets of(Collection<Target> targets) {
        Map<String, Target> byScope = new LinkedHashMap<>();
        targets.forEach(target -> byScope.put(target.scope(), target));
        return new RuleTargets(byScope);
    }

    @Override
    public Target of(Tx tx, String scope) {
        return targets.get(scope);
    }

    @Override
    public Map<Long, Target> of(Tx tx, Collection<Long> listings) {
        Map<Long, Target> found = new HashMap<>();
        listings.forEach(listing -> {
            Target target = targets.get(Rules.ofListing(listing));
            if (target != null) {
                found.put(listing, target);
            }
        });
        return found;
    }

    @Override
    public Part next(Tx tx, String store, long after) {
        List<Long> listings = all().stream()
                .filter(target -> target.listing() != null && target.store().equals(store))
                .map(target -> target.listing().id)
                .skip(after + 1)
                .limit(Chunks.SIZE)
                .toList();
        return new Part(listings, after + listings.size());
    }

    @Override
    public SortedSet<String> stores(Tx tx) {
        return stores();
    }

    boolean ofDefault() {
        return targets.containsKey(Rules.DEFAULT);
    }

    /** The stores that are named. */
    TreeSet<String> stores() {
        TreeSet<String> stores = new TreeSet<>();
        all().stream().filter(target -> !target.isDefault()).forEach(target -> stores.add(target.store()));
        return stores;
    }
}
