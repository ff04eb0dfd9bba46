package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RulePreview.Effect;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.listings.RuleTargets.Target;

/**
 * Finds out what changes of rules would do: walks through the figures that they concern, some hundreds in a transaction, and
 * computes each under both rules from the same stock. Thread-safe; keeps nothing.
 */
final class RulePreviews {
    /** How often figures are looked at again that something came between. */
    private static final int LOOKS = 5;

    private final LedgerTransactions transactions;
    private final Rows rows;
    private final WantedFigures wanted;

    RulePreviews(LedgerTransactions transactions, Rows rows, WantedFigures wanted) {
        this.transactions = transactions;
        this.rows = rows;
        this.wanted = wanted;
    }

    RulePreview of(List<RuleChange> changes, boolean onlyDifferent, PageRequest page) {
        IntendedRules intended = transactions.read(tx -> RuleTargets.find(tx, rows, changes));
        return of(intended, onlyDifferent, page);
    }

    RulePreview of(IntendedRules intended, boolean onlyDifferent, PageRequest page) {
        Tally tally = new Tally(onlyDifferent, page);
        for (String store : transactions.read(tx -> stores(tx, intended))) {
            OfStore rules = transactions.read(tx -> ofStore(tx, intended, store));
            if (rules.wide()) {
                walkStore(store, intended, rules, tally);
            } else {
                walkListings(store, intended, rules, tally);
            }
        }
        return tally.preview();
    }

    private static SortedSet<String> stores(Tx tx, IntendedRules intended) {
        TreeSet<String> stores = new TreeSet<>(intended.stores(tx));
        if (intended.of(tx, Rules.DEFAULT) != null) {
            stores.addAll(tx.session()
                    .createSelectionQuery("select s.store from ListingStore s", String.class)
                    .getResultList());
        }
        return stores;
    }

    /** @param then the rule for listings without one of their own @param wide whether that is another one than now */
    private record OfStore(EffectiveRule then, boolean wide) {}

    private static OfStore ofStore(Tx tx, IntendedRules intended, String store) {
        Map<String, RuleEntity> rules = Rules.find(tx, List.of(Rules.DEFAULT, Rules.ofStore(store)));
        RuleEntity own = rules.get(Rules.ofStore(store));
        EffectiveRule now = Rules.of(rules.get(Rules.DEFAULT), own);
        Target byDefault = intended.of(tx, Rules.DEFAULT);
        Target ofStore = intended.of(tx, Rules.ofStore(store));
        ListingRule ownThen = ofStore != null ? ofStore.rule() : own == null ? null : own.rule();
        EffectiveRule then;
        if (ownThen != null) {
            then = new EffectiveRule(ownThen, new RuleScope.OfStore(new StoreId(store)));
        } else if (byDefault != null) {
            then = byDefault.rule() == null
                    ? EffectiveRule.UNSET
                    : new EffectiveRule(byDefault.rule(), RuleScope.DEFAULT);
        } else {
            then = Rules.of(rules.get(Rules.DEFAULT), null);
        }
        return new OfStore(then, !then.rule().equals(now.rule()));
    }

    /** Every figure of the store may be concerned. */
    private void walkStore(String store, IntendedRules intended, OfStore rules, Tally tally) {
        List<Long> ids = figures(store, 0);
        while (!ids.isEmpty()) {
            look(store, ids, intended, rules.then(), tally);
            ids = figures(store, ids.get(ids.size() - 1));
        }
    }

    private List<Long> figures(String store, long after) {
        return transactions.read(tx -> tx.session()
                .createSelectionQuery(
                        "select f.id from Figure f where f.store = :store and f.id > :after order by f.id", Long.class)
                .setParameter("store", store)
                .setParameter("after", after)
                .setMaxResults(Chunks.SIZE)
                .getResultList());
    }

    /** Only figures of listings that are named may be concerned. */
    private void walkListings(String store, IntendedRules intended, OfStore rules, Tally tally) {
        IntendedRules.Part part = transactions.read(tx -> intended.next(tx, store, -1));
        while (!part.listings().isEmpty()) {
            List<Long> listings = part.listings();
            look(store, transactions.read(tx -> ofListings(tx, listings)), intended, rules.then(), tally);
            long last = part.last();
            part = transactions.read(tx -> intended.next(tx, store, last));
        }
    }

    private static List<Long> ofListings(Tx tx, List<Long> listings) {
        List<Long> ids = new ArrayList<>();
        for (List<Long> part : Chunks.padded(listings)) {
            ids.addAll(tx.session()
                    .createSelectionQuery(
                            "select f.id from Figure f where f.listing in (:listings) order by f.id", Long.class)
                    .setParameterList("listings", part)
                    .getResultList());
        }
        return ids;
    }

    private void look(String store, List<Long> ids, IntendedRules intended, EffectiveRule ofStore, Tally tally) {
        Map<Long, Basis> found = new TreeMap<>();
        Set<Long> left = new HashSet<>(ids);
        for (int look = 0; look < LOOKS && !left.isEmpty(); look++) {
            for (Basis basis : transactions.read(tx -> wanted.bases(tx, store, left))) {
                found.put(basis.figure().id, basis);
                left.remove(basis.figure().id);
            }
        }
        Set<Long> owners = new HashSet<>();
        found.values().forEach(basis -> owners.add(basis.owner().id));
        Map<Long, Target> own = transactions.read(tx -> intended.of(tx, owners));
        found.values().forEach(basis -> tally.add(basis, then(basis, own.get(basis.owner().id), ofStore)));
    }

    private static EffectiveRule then(Basis basis, Target own, EffectiveRule ofStore) {
        if (own != null) {
            return own.rule() == null ? ofStore : new EffectiveRule(own.rule(), Rules.scope(basis.owner()));
        }
        return basis.rule().scope() instanceof RuleScope.OfListing ? basis.rule() : ofStore;
    }

    /** Counts, and keeps a page. */
    private static final class Tally {
        private final boolean onlyDifferent;
        private final PageRequest page;
        private final Map<Effect, Long> counts = new EnumMap<>(Effect.class);
        private final List<RulePreview.Row> rows = new ArrayList<>();
        private long matching;

        Tally(boolean onlyDifferent, PageRequest page) {
            this.onlyDifferent = onlyDifferent;
            this.page = page;
        }

        void add(Basis basis, EffectiveRule then) {
            if (then.rule().equals(basis.rule().rule())) {
                return;
            }
            RulePreview.Row row = row(basis, then);
            counts.merge(row.effect(), 1L, Long::sum);
            if (onlyDifferent && row.effect() == Effect.UNCHANGED) {
                return;
            }
            if (matching >= page.offset() && rows.size() < page.limit()) {
                rows.add(row);
            }
            matching++;
        }

        private static RulePreview.Row row(Basis basis, EffectiveRule then) {
            Wanted is = basis.wanted();
            Wanted willBe = basis.under(then);
            ListingEntity owner = basis.owner();
            return new RulePreview.Row(
                    basis.figure().id,
                    new ListingKey(new StoreId(owner.store), owner.code, owner.variant),
                    owner.sku,
                    owner.title,
                    basis.figure().storeLocation,
                    basis.rule(),
                    then,
                    is.pushable() ? (Long) is.number() : null,
                    willBe.pushable() ? (Long) willBe.number() : null,
                    basis.figure().belief);
        }

        private long of(Effect effect) {
            return counts.getOrDefault(effect, 0L);
        }

        RulePreview preview() {
            return new RulePreview(
                    new RulePreview.Totals(
                            counts.values().stream().mapToLong(Long::longValue).sum(),
                            of(Effect.RAISED),
                            of(Effect.LOWERED),
                            of(Effect.ZEROED),
                            of(Effect.PAUSED),
                            of(Effect.RESUMED),
                            of(Effect.UNCHANGED)),
                    new Page<>(rows, matching, page));
        }
    }
}
