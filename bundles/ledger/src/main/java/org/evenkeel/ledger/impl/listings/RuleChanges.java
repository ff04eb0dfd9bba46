package org.evenkeel.ledger.impl.listings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.listings.RuleTargets.Target;

/**
 * Changes rules, and tells exactly the figures whose rule became another one: those of single listings within the transaction,
 * those of whole stores behind it ({@link Marking}). Stateless.
 *
 * <p>The rows of the stores concerned are locked, so that changes of rules, of the mapping and of listings take turns; a change
 * of the default locks the default and then all stores.
 */
final class RuleChanges {
    private final Rows rows;

    RuleChanges(Rows rows) {
        this.rows = rows;
    }

    /**
     * @param changed how many rules are another one now
     * @param before the rules that those were, by scope; null where there was none
     * @param wide stores whose figures are to be told behind the commit
     */
    record Done(int changed, Map<String, ListingRule> before, Set<String> wide) {}

    Done change(Tx tx, List<RuleChange> changes, String actor) {
        return change(tx, RuleTargets.find(tx, rows, changes), actor);
    }

    Done change(Tx tx, RuleTargets targets, String actor) {
        Map<String, ListingStoreEntity> stores = lock(tx, targets);
        Map<String, RuleEntity> rules = Rules.find(tx, scopes(targets, stores.keySet()));
        Map<String, EffectiveRule> before = ofStores(rules, stores.keySet());
        List<Changed> changed = new ArrayList<>();
        Writing writing = new Writing(tx.now(), Texts.readable(actor, 255), rules);
        for (Target target : targets.all()) {
            RuleEntity row = rules.get(target.scope());
            ListingRule old = row == null || row.changedAt == null ? null : row.rule();
            if (writing.of(target, row)) {
                changed.add(new Changed(target, old));
            }
        }
        writing.end(tx);
        Map<String, EffectiveRule> after = ofStores(rules, stores.keySet());
        Set<String> wide = new TreeSet<>();
        stores.forEach((store, row) -> {
            if (!before.get(store).rule().equals(after.get(store).rule())) {
                row.raiseForAll(false);
                wide.add(store);
            }
        });
        tell(tx, stores, concerned(changed, before, after), wide);
        if (!changed.isEmpty()) {
            tx.changes().kinds(Change.Kind.RULES);
        }
        Map<String, ListingRule> old = new HashMap<>();
        changed.forEach(change -> old.put(change.target().scope(), change.old()));
        return new Done(changed.size(), old, wide);
    }

    private record Changed(Target target, ListingRule old) {}

    private Map<String, ListingStoreEntity> lock(Tx tx, RuleTargets targets) {
        TreeSet<String> stores = targets.stores();
        if (targets.ofDefault()) {
            rows.lockDefaultRule(tx);
            stores.addAll(tx.session()
                    .createSelectionQuery("select s.store from ListingStore s", String.class)
                    .getResultList());
        }
        Map<String, ListingStoreEntity> locked = new TreeMap<>();
        stores.forEach(store -> locked.put(store, rows.lockStore(tx, store)));
        return locked;
    }

    private static Set<String> scopes(RuleTargets targets, Collection<String> stores) {
        Set<String> scopes = new TreeSet<>();
        scopes.add(Rules.DEFAULT);
        stores.forEach(store -> scopes.add(Rules.ofStore(store)));
        targets.all().forEach(target -> scopes.add(target.scope()));
        return scopes;
    }

    private static Map<String, EffectiveRule> ofStores(Map<String, RuleEntity> rules, Collection<String> stores) {
        Map<String, EffectiveRule> found = new TreeMap<>();
        stores.forEach(store -> found.put(store, Rules.of(rules.get(Rules.DEFAULT), rules.get(Rules.ofStore(store)))));
        return found;
    }

    /** Rows on their way to the database, so that many cost no more statements than one. */
    private static final class Writing {
        private final Instant at;
        private final String actor;
        private final Map<String, RuleEntity> rules;
        private final List<RuleEntity> inserted = new ArrayList<>();
        private final List<RuleEntity> updated = new ArrayList<>();
        private final List<RuleEntity> deleted = new ArrayList<>();

        /** @param rules what there is, by scope; kept up to date */
        Writing(Instant at, String actor, Map<String, RuleEntity> rules) {
            this.at = at;
            this.actor = actor;
            this.rules = rules;
        }

        /** @return whether that changes anything */
        boolean of(Target target, RuleEntity row) {
            if (target.isDefault()) {
                return ofDefault(target.rule(), row);
            }
            if (target.rule() == null) {
                if (row != null) {
                    deleted.add(row);
                    rules.remove(target.scope());
                }
                return row != null;
            }
            if (row != null && row.rule().equals(target.rule())) {
                return false;
            }
            RuleEntity written = row == null ? created(target) : row;
            set(written, target.rule());
            (row == null ? inserted : updated).add(written);
            rules.put(written.scope, written);
            return true;
        }

        /** The default's row stays; without a time it counts as not set. */
        private boolean ofDefault(ListingRule rule, RuleEntity row) {
            boolean wasSet = row.changedAt != null;
            if (rule == null ? !wasSet : wasSet && row.rule().equals(rule)) {
                return false;
            }
            set(row, rule == null ? ListingRule.ONE_TO_ONE : rule);
            row.changedAt = rule == null ? null : at;
            updated.add(row);
            return true;
        }

        private void set(RuleEntity row, ListingRule rule) {
            row.rule(rule);
            row.changedAt = at;
            row.changedBy = actor;
        }

        void end(Tx tx) {
            tx.session().deleteMultiple(deleted);
            tx.session().updateMultiple(updated);
            tx.session().insertMultiple(inserted);
        }
    }

    private static RuleEntity created(Target target) {
        RuleEntity row = new RuleEntity();
        row.scope = target.scope();
        row.kind = target.listing() == null ? RuleEntity.OF_STORE : RuleEntity.OF_LISTING;
        row.store = target.store();
        row.listing = target.listing() == null ? null : target.listing().id;
        return row;
    }

    /** Listings whose own rule changed so that another one counts, by store. */
    private static Map<String, List<ListingEntity>> concerned(
            List<Changed> changed, Map<String, EffectiveRule> before, Map<String, EffectiveRule> after) {
        Map<String, List<ListingEntity>> concerned = new TreeMap<>();
        for (Changed change : changed) {
            ListingEntity listing = change.target().listing();
            if (listing == null) {
                continue;
            }
            ListingRule was = change.old() == null ? before.get(listing.store).rule() : change.old();
            ListingRule is = change.target().rule() == null
                    ? after.get(listing.store).rule()
                    : change.target().rule();
            if (!was.equals(is)) {
                concerned
                        .computeIfAbsent(listing.store, store -> new ArrayList<>())
                        .add(listing);
            }
        }
        return concerned;
    }

    private static void tell(
            Tx tx,
            Map<String, ListingStoreEntity> stores,
            Map<String, List<ListingEntity>> concerned,
            Set<String> wide) {
        stores.forEach((store, row) -> {
            List<ListingEntity> listings = concerned.getOrDefault(store, List.of());
            if (!listings.isEmpty()) {
                Marks.rulesChanged(
                        tx, listings.stream().map(listing -> listing.id).toList(), row.raise());
                tx.changes()
                        .products(listings.stream()
                                .map(listing -> listing.product)
                                .filter(java.util.Objects::nonNull)
                                .toList());
            }
            if (!listings.isEmpty() || wide.contains(store)) {
                tx.session().update(row);
                tx.changes().stores(List.of(store));
            }
        });
    }
}
