package org.evenkeel.ledger.impl.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.ProductQuery;
import org.evenkeel.ledger.ProductRow;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.ProductEntity;
import org.hibernate.query.NativeQuery;

/**
 * Lists of products, made for large catalogues: first the ids of the page, by an index where the sort allows it, then the
 * figures of these alone. SQL that both databases understand. Stateless.
 */
final class ProductPages {
    private final ListingCounts counts;

    ProductPages(ListingCounts counts) {
        this.counts = counts;
    }

    Page<ProductRow> page(Tx tx, ProductQuery query) {
        Map<String, Object> values = new HashMap<>();
        String where = where(query, values);
        NativeQuery<Long> ids =
                tx.session().createNativeQuery("select p.id from product p" + sorted(query, where), Long.class);
        NativeQuery<Long> total = tx.session().createNativeQuery("select count(*) from product p" + where, Long.class);
        values.forEach(ids::setParameter);
        values.forEach(total::setParameter);
        List<Long> found = ids.setFirstResult(query.page().offset())
                .setMaxResults(query.page().limit())
                .getResultList();
        return new Page<>(rows(tx, found), total.getSingleResult(), query.page());
    }

    private static String where(ProductQuery query, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>();
        conditions.add(
                switch (query.filter()) {
                    case ALL -> "p.archived = false";
                    case ARCHIVED -> "p.archived = true";
                    case UNOPENED -> "p.archived = false and p.opened = false";
                    case OVERSOLD ->
                        "p.archived = false and exists (select 1 from stock_level o"
                                + " where o.product_id = p.id and o.in_stock < o.booked)";
                });
        String text = Texts.fold(query.text().strip());
        if (!text.isEmpty()) {
            conditions.add("(p.folded like :part escape '!' or p.name_folded like :part escape '!')");
            values.put("part", Texts.containing(text));
        }
        return " where " + String.join(" and ", conditions);
    }

    private String sorted(ProductQuery query, String where) {
        String direction = query.descending() ? " desc" : "";
        return switch (query.sort()) {
            case SKU -> where + " order by p.folded" + direction + ", p.id" + direction;
            case NAME -> where + " order by p.name_folded" + direction + ", p.id" + direction;
            case IN_STOCK -> bySum("in_stock", where, direction);
            case BOOKED -> bySum("booked", where, direction);
            case AVAILABLE -> bySum("in_stock - booked", where, direction);
            case INCOMING -> bySum("incoming", where, direction);
            case LISTINGS ->
                " left join (" + counts.perProductSql() + ") c on c.product_id = p.id" + where
                        + " order by coalesce(c.listings, 0)" + direction + ", p.id" + direction;
        };
    }

    private static String bySum(String figure, String where, String direction) {
        return " left join (select product_id, sum(" + figure + ") as figure from stock_level group by product_id) f"
                + " on f.product_id = p.id" + where + " order by coalesce(f.figure, 0)" + direction + ", p.id"
                + direction;
    }

    /** The rows of some products, in that order; those that do not exist are left out. */
    List<ProductRow> rows(Tx tx, List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, ProductEntity> products = tx.session()
                .createSelectionQuery("from Product p where p.id in (:ids)", ProductEntity.class)
                .setParameterList("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(product -> product.id, Function.identity()));
        Map<Long, Sums> sums = sums(tx, ids);
        Map<Long, ListingCounts.Counts> listings = counts.of(tx, ids);
        return ids.stream()
                .filter(products::containsKey)
                .map(id -> row(
                        CatalogueService.view(products.get(id)),
                        sums.getOrDefault(id, Sums.none(id)),
                        listings.getOrDefault(id, ListingCounts.Counts.NONE)))
                .toList();
    }

    private static ProductRow row(Product product, Sums sums, ListingCounts.Counts listings) {
        return new ProductRow(
                product,
                sums.inStock(),
                sums.booked(),
                Math.subtractExact(sums.inStock(), sums.booked()),
                sums.forSale(),
                sums.incoming(),
                listings.listings(),
                listings.behind());
    }

    private static Map<Long, Sums> sums(Tx tx, List<Long> ids) {
        return tx.session()
                .createSelectionQuery(
                        "select l.product, sum(l.inStock), sum(l.booked), sum(l.incoming),"
                                + " sum(case when l.inStock > l.booked and p.countsForSale = true"
                                + " then l.inStock - l.booked else 0L end)"
                                + " from Level l join Location p on p.id = l.location"
                                + " where l.product in (:ids) group by l.product",
                        Sums.class)
                .setParameterList("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(Sums::product, Function.identity()));
    }

    private record Sums(Long product, Long inStock, Long booked, Long incoming, Long forSale) {
        static Sums none(long product) {
            return new Sums(product, 0L, 0L, 0L, 0L);
        }
    }
}
