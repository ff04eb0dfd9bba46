package org.evenkeel.ledger.impl.listings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingQuery;
import org.evenkeel.ledger.ListingView;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Tx;

/**
 * Listings as people read them. A page is found by ids alone and read whole then, so that a far page costs a walk along an
 * index. Stateless.
 */
final class ListingViews {
    private final Rows rows;
    private final WantedFigures wanted;

    ListingViews(Rows rows, WantedFigures wanted) {
        this.rows = rows;
        this.wanted = wanted;
    }

    Page<ListingView> page(Tx tx, ListingQuery query) {
        Conditions conditions = new Conditions(query);
        var counting =
                tx.session().createSelectionQuery("select count(*) from Listing l" + conditions.where(), Long.class);
        conditions.bind(counting::setParameter);
        long total = counting.getSingleResult();
        var finding = tx.session()
                .createSelectionQuery(
                        "select l.id from Listing l" + conditions.where() + " order by l.store, l.sku, l.id",
                        Long.class)
                .setFirstResult(query.page().offset())
                .setMaxResults(query.page().limit());
        conditions.bind(finding::setParameter);
        return new Page<>(views(tx, read(tx, finding.getResultList())), total, query.page());
    }

    private static List<ListingEntity> read(Tx tx, List<Long> ids) {
        Map<Long, ListingEntity> found = new HashMap<>();
        for (List<Long> part : Chunks.padded(ids)) {
            tx.select("from Listing l where l.id in (:ids)", ListingEntity.class, "ids", part)
                    .getResultList()
                    .forEach(listing -> found.put(listing.id, listing));
        }
        return ids.stream().map(found::get).toList();
    }

    Optional<ListingView> one(Tx tx, ListingKey key) {
        ListingRef ref = new ListingRef(key.listing(), key.variant());
        ListingEntity listing =
                rows.listings(tx, key.store().value(), List.of(ref)).get(ref);
        return listing == null
                ? Optional.empty()
                : views(tx, List.of(listing)).stream().findFirst();
    }

    private List<ListingView> views(Tx tx, List<ListingEntity> listings) {
        Map<String, List<ListingEntity>> byStore = listings.stream()
                .collect(Collectors.groupingBy(listing -> listing.store, TreeMap::new, Collectors.toList()));
        Map<Long, List<ListingView.Figure>> figures = new HashMap<>();
        Map<Long, EffectiveRule> rules = new HashMap<>();
        byStore.forEach((store, some) -> {
            figures.putAll(figures(tx, store, some));
            rules.putAll(Rules.of(tx, store, some));
        });
        return listings.stream()
                .map(listing -> view(listing, rules.get(listing.id), figures.getOrDefault(listing.id, List.of())))
                .toList();
    }

    private Map<Long, List<ListingView.Figure>> figures(Tx tx, String store, Collection<ListingEntity> listings) {
        Map<String, List<FigureEntity>> byCounter = rows
                .figures(
                        tx,
                        store,
                        listings.stream()
                                .map(listing -> listing.counter)
                                .collect(Collectors.toCollection(TreeSet::new)))
                .stream()
                .filter(figure -> figure.shown)
                .sorted(Comparator.comparing(figure -> figure.storeLocation))
                .collect(Collectors.groupingBy(figure -> figure.counter));
        Map<Long, Wanted> computed = new HashMap<>();
        List<Long> ids = byCounter.values().stream()
                .flatMap(List::stream)
                .map(figure -> figure.id)
                .toList();
        wanted.of(tx, store, ids).forEach(each -> computed.put(each.figure().id, each));
        Map<Long, List<ListingView.Figure>> views = new HashMap<>();
        for (ListingEntity listing : listings) {
            views.put(
                    listing.id,
                    byCounter.getOrDefault(listing.counter, List.of()).stream()
                            .map(figure -> view(figure, computed.get(figure.id)))
                            .toList());
        }
        return views;
    }

    private static ListingView.Figure view(FigureEntity figure, Wanted computed) {
        return new ListingView.Figure(
                figure.id,
                figure.storeLocation,
                computed != null && computed.mapped(),
                figure.seen,
                figure.seenAt,
                figure.acknowledged,
                figure.acknowledgedAt,
                figure.belief,
                computed != null && computed.pushable() ? (Long) computed.number() : null,
                figure.active && (figure.due || figure.queue.outstanding()),
                figure.outcome(),
                figure.message,
                figure.retryAt,
                computed == null ? "" : computed.notSent());
    }

    private static ListingView view(ListingEntity listing, EffectiveRule rule, List<ListingView.Figure> figures) {
        return new ListingView(
                new ListingKey(new StoreId(listing.store), listing.code, listing.variant),
                listing.sku,
                listing.title,
                listing.state,
                listing.stateReason,
                listing.product == null ? null : new ProductId(listing.product),
                listing.foldedMatch,
                rule,
                figures);
    }

    /** What a query asks for, as HQL. */
    private static final class Conditions {
        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> parameters = new TreeMap<>();

        Conditions(ListingQuery query) {
            if (query.store() != null) {
                add("l.store = :store", "store", query.store().value());
            }
            if (query.product() != null) {
                add("l.product = :product", "product", query.product().value());
            }
            if (query.state() != null) {
                add("l.state = :state", "state", query.state());
            }
            if (query.text() != null && !query.text().isBlank()) {
                add(
                        "l.search like :text escape '!'",
                        "text",
                        "%" + escaped(query.text().strip()) + "%");
            }
            if (query.problems()) {
                conditions.add(
                        "exists (select 1 from Figure f where f.listing = l.id and f.active = true"
                                + " and (f.queue in (MOVED, FRESH, DOWN, UP, WAITING, UNKNOWN, ACCEPTED, PARKED) or f.offBelief = true))");
            }
        }

        private void add(String condition, String name, Object value) {
            conditions.add(condition);
            parameters.put(name, value);
        }

        private static String escaped(String text) {
            return text.toLowerCase(Locale.ROOT)
                    .replace("!", "!!")
                    .replace("%", "!%")
                    .replace("_", "!_");
        }

        String where() {
            return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        }

        void bind(BiConsumer<String, Object> query) {
            parameters.forEach(query);
        }
    }
}
