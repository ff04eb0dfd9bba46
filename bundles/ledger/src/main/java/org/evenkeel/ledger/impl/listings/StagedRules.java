package org.evenkeel.ledger.impl.listings;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.listings.RuleTargets.Target;
import org.evenkeel.ledger.impl.rules.RuleText;

/** The changes of rules that a staged file stands for, read as they are needed. */
final class StagedRules implements IntendedRules {
    private final long id;

    StagedRules(long id) {
        this.id = id;
    }

    @Override
    public SortedSet<String> stores(Tx tx) {
        return new TreeSet<>(tx.session()
                .createSelectionQuery(
                        "select distinct r.store from RuleImportRow r where r.ofImport = :id and r.store is not null",
                        String.class)
                .setParameter("id", id)
                .getResultList());
    }

    @Override
    public Target of(Tx tx, String scope) {
        return tx
                .session()
                .createSelectionQuery(
                        "from RuleImportRow r where r.ofImport = :id and r.scope = :scope", RuleImportRowEntity.class)
                .setParameter("id", id)
                .setParameter("scope", scope)
                .getResultList()
                .stream()
                .map(row -> target(row, null))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Map<Long, Target> of(Tx tx, Collection<Long> listings) {
        Map<Long, Target> found = new HashMap<>();
        List<String> scopes = listings.stream().map(Rules::ofListing).toList();
        for (List<String> part : Chunks.padded(scopes)) {
            tx.session()
                    .createSelectionQuery(
                            "from RuleImportRow r where r.ofImport = :id and r.scope in (:scopes)",
                            RuleImportRowEntity.class)
                    .setParameter("id", id)
                    .setParameterList("scopes", part)
                    .getResultList()
                    .forEach(row -> found.put(row.listing, target(row, null)));
        }
        return found;
    }

    @Override
    public Part next(Tx tx, String store, long after) {
        List<RuleImportRowEntity> rows = tx.session()
                .createSelectionQuery(
                        "from RuleImportRow r where r.ofImport = :id and r.store = :store and r.place > :after"
                                + " and r.listing is not null order by r.place",
                        RuleImportRowEntity.class)
                .setParameter("id", id)
                .setParameter("store", store)
                .setParameter("after", Math.toIntExact(after))
                .setMaxResults(Chunks.SIZE)
                .getResultList();
        return new Part(
                rows.stream().map(row -> row.listing).toList(),
                rows.isEmpty() ? after : rows.get(rows.size() - 1).place);
    }

    /** The next rules to apply, by their places. */
    List<RuleImportRowEntity> rows(Tx tx, int from, int limit) {
        return tx.session()
                .createSelectionQuery(
                        "from RuleImportRow r where r.ofImport = :id and r.place >= :from order by r.place",
                        RuleImportRowEntity.class)
                .setParameter("id", id)
                .setParameter("from", from)
                .setMaxResults(limit)
                .getResultList();
    }

    static Target target(RuleImportRowEntity row, ListingEntity listing) {
        return new Target(row.scope, row.store, listing, RuleText.read(row.rule));
    }
}
