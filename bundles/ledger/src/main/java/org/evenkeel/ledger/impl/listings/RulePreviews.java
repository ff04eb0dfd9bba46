package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        RuleTargets targets = transactions.read(tx -> RuleTargets.find(tx, rows, changes));
        Tally tally = new Tally(onlyDifferent, page);
        for (String store : stores(targets)) {
            OfStore rules = transactions.read(tx -> ofStore(tx, targets, store));
            long after = 0;
            while (true) {
                long from = after;
                List<Long> ids = transactions.read(tx -> next(tx, targets, store, rules.wide(), from));
                if (ids.isEmpty()) {
                    break;
                }
                look(store, ids, targets, rules.then(), tally);
                after = ids.get(ids.size() - 1);
            }
        }
        return tally.preview();
    }

    private TreeSet<String> stores(RuleTargets targets) {
        TreeSet<String> stores = targets.stores();
        if (targets.ofDefault()) {
            stores.addAll(transactions.read(tx -> tx.session()
                    .createSelectionQuery("select s.store from ListingStore s", String.class)
                    .getResultList()));
        }
        return stores;
    }

    /** @param then the rule for listings without one of their own @param wide whether that is another one than now */
    private record OfStore(EffectiveRule then, boolean wide) {}

    private static OfStore ofStore(Tx tx, RuleTargets targets, String store) {
        Map<String, RuleEntity> rules = Rules.find(tx, List.of(Rules.DEFAULT, Rules.ofStore(store)));
        RuleEntity own = rules.get(Rules.ofStore(store));
        EffectiveRule now = Rules.of(rules.get(Rules.DEFAULT), own);
        Target byDefault = targets.of(Rules.DEFAULT);
        Target ofStore = targets.of(Rules.ofStore(store));
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

    /** The next figures that may be concerned, by id. */
    private static List<Long> next(Tx tx, RuleTargets targets, String store, boolean wide, long after) {
        if (wide) {
            return tx.session()
                    .createSelectionQuery(
                            "select f.id from Figure f where f.store = :store and f.id > :after order by f.id",
                            Long.class)
                    .setParameter("store", store)
                    .setParameter("after", after)
                    .setMaxResults(Chunks.SIZE)
                    .getResultList();
        }
        TreeSet<Long> ids = new TreeSet<>();
        List<Long> listings = targets.all().stream()
                .filter(target -> target.listing() != null && target.store().equals(store))
                .map(target -> target.listing().id)
                .toList();
        for (List<Long> part : Chunks.padded(listings)) {
            ids.addAll(tx.session()
                    .createSelectionQuery(
                            "select f.id from Figure f where f.listing in (:listings) and f.id > :after", Long.class)
                    .setParameterList("listings", part)
                    .setParameter("after", after)
                    .getResultList());
        }
        return ids.stream().limit(Chunks.SIZE).toList();
    }

    private void look(String store, List<Long> ids, RuleTargets targets, EffectiveRule ofStore, Tally tally) {
        Map<Long, Basis> found = new TreeMap<>();
        Set<Long> left = new HashSet<>(ids);
        for (int look = 0; look < LOOKS && !left.isEmpty(); look++) {
            for (Basis basis : transactions.read(tx -> wanted.bases(tx, store, left))) {
                found.put(basis.figure().id, basis);
                left.remove(basis.figure().id);
            }
        }
        found.values().forEach(basis -> tally.add(basis, then(basis, targets, ofStore)));
    }

    private static EffectiveRule then(Basis basis, RuleTargets targets, EffectiveRule ofStore) {
        Target own = targets.of(Rules.ofListing(basis.owner().id));
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
