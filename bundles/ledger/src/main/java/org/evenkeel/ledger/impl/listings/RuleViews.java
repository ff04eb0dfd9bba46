package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;

/** Rules as people read them. Stateless. */
final class RuleViews {
    private static final String FROM = " from Rule r left join Listing l on l.id = r.listing where ";

    private final Rows rows;

    RuleViews(Rows rows) {
        this.rows = rows;
    }

    Page<RuleRow> page(Tx tx, RuleQuery query) {
        Map<String, Object> parameters = new HashMap<>();
        String where = where(query, parameters);
        var counting = tx.session().createSelectionQuery("select count(*)" + FROM + where, Long.class);
        parameters.forEach(counting::setParameter);
        var finding = tx.session()
                .createSelectionQuery(
                        "select r, l" + FROM + where + " order by r.kind, r.store, l.sku, r.listing", Row.class)
                .setFirstResult(query.page().offset())
                .setMaxResults(query.page().limit());
        parameters.forEach(finding::setParameter);
        List<RuleRow> found =
                finding.getResultList().stream().map(RuleViews::view).toList();
        return new Page<>(found, counting.getSingleResult(), query.page());
    }

    private static String where(RuleQuery query, Map<String, Object> parameters) {
        List<String> conditions = new ArrayList<>();
        conditions.add("r.changedAt is not null");
        if (query.kind() != null) {
            conditions.add("r.kind = :kind");
            parameters.put(
                    "kind",
                    switch (query.kind()) {
                        case DEFAULT -> RuleEntity.OF_DEFAULT;
                        case STORE -> RuleEntity.OF_STORE;
                        case LISTING -> RuleEntity.OF_LISTING;
                    });
        }
        if (query.store() != null) {
            conditions.add("r.store = :store");
            parameters.put("store", query.store().value());
        }
        if (query.text() != null && !query.text().isBlank()) {
            conditions.add("l.search like :text escape '!'");
            parameters.put("text", Texts.containing(query.text().strip().toLowerCase(Locale.ROOT)));
        }
        return String.join(" and ", conditions);
    }

    /** Where a walk through the rules of listings is: their store, and the ledger's id of the listing. */
    record Place(String store, long listing) {
        static final Place FIRST = new Place("", 0);
    }

    /** @param last where they end; null when there are no more */
    record Part(List<RuleRow> rows, Place last) {}

    /** The next rules of listings, by store and the ledger's id. @param store only this one's; null for all */
    Part ofListings(Tx tx, StoreId store, Place after) {
        var finding = tx.session()
                .createSelectionQuery(
                        "select r, l" + FROM + "r.kind = :kind"
                                + (store == null
                                        ? " and (r.store > :store or r.store = :store and r.listing > :listing)"
                                        : " and r.store = :store and r.listing > :listing")
                                + " order by r.store, r.listing",
                        Row.class)
                .setParameter("kind", RuleEntity.OF_LISTING)
                .setParameter("store", store == null ? after.store() : store.value())
                .setParameter("listing", after.listing())
                .setMaxResults(Chunks.SIZE);
        List<Row> found = finding.getResultList();
        if (found.isEmpty()) {
            return new Part(List.of(), null);
        }
        RuleEntity last = found.get(found.size() - 1).rule();
        return new Part(found.stream().map(RuleViews::view).toList(), new Place(last.store, last.listing));
    }

    Optional<RuleRow> one(Tx tx, RuleScope scope) {
        ListingEntity listing = null;
        String key = Rules.DEFAULT;
        if (scope instanceof RuleScope.OfStore of) {
            key = Rules.ofStore(of.store().value());
        } else if (scope instanceof RuleScope.OfListing of) {
            listing = listing(tx, of.listing());
            if (listing == null) {
                return Optional.empty();
            }
            key = Rules.ofListing(listing.id);
        }
        RuleEntity rule = tx.session().get(RuleEntity.class, key);
        return rule == null || rule.changedAt == null ? Optional.empty() : Optional.of(view(new Row(rule, listing)));
    }

    Optional<EffectiveRule> effective(Tx tx, ListingKey key) {
        ListingEntity listing = listing(tx, key);
        return listing == null
                ? Optional.empty()
                : Optional.of(Rules.of(tx, listing.store, List.of(listing)).get(listing.id));
    }

    private ListingEntity listing(Tx tx, ListingKey key) {
        ListingRef ref = new ListingRef(key.listing(), key.variant());
        return rows.listings(tx, key.store().value(), List.of(ref)).get(ref);
    }

    private static RuleRow view(Row row) {
        RuleEntity rule = row.rule();
        ListingEntity listing = row.listing();
        return new RuleRow(
                scope(rule, listing),
                rule.rule(),
                listing == null ? null : listing.sku,
                listing == null ? "" : listing.title,
                rule.changedAt,
                rule.changedBy);
    }

    private static RuleScope scope(RuleEntity rule, ListingEntity listing) {
        if (listing != null) {
            return Rules.scope(listing);
        }
        return rule.store == null ? RuleScope.DEFAULT : new RuleScope.OfStore(new StoreId(rule.store));
    }

    private record Row(RuleEntity rule, ListingEntity listing) {}
}
