package org.evenkeel.ledger.impl.orders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.OrderView.Line;
import org.evenkeel.ledger.OrderView.Match;
import org.evenkeel.ledger.OrderView.State;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.orders.OrderWork.LineWork;
import org.hibernate.query.SelectionQuery;

/** Orders as the API shows them. Stateless. */
final class OrderViews {
    private final OrderRows rows;

    OrderViews(OrderRows rows) {
        this.rows = rows;
    }

    Optional<OrderView> order(Tx tx, OrderKey key) {
        if (!Texts.isStorable(key.id())) {
            return Optional.empty();
        }
        List<OrderEntity> found = tx.session()
                .createSelectionQuery("from StoreOrder o where o.store = :store and o.code = :code", OrderEntity.class)
                .setParameter("store", key.store().value())
                .setParameter("code", key.id())
                .getResultList();
        return views(tx, found).stream().findFirst();
    }

    Page<OrderView> orders(Tx tx, OrderQuery query) {
        Map<String, Object> values = new HashMap<>();
        String where = where(query, values);
        SelectionQuery<OrderEntity> page = tx.session()
                .createSelectionQuery(
                        "from StoreOrder o" + where + " order by o.placedAt desc, o.id desc", OrderEntity.class)
                .setFirstResult(query.page().offset())
                .setMaxResults(query.page().limit());
        SelectionQuery<Long> count =
                tx.session().createSelectionQuery("select count(*) from StoreOrder o" + where, Long.class);
        values.forEach(page::setParameter);
        values.forEach(count::setParameter);
        return new Page<>(views(tx, page.getResultList()), count.getSingleResult(), query.page());
    }

    private static String where(OrderQuery query, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>();
        if (query.store() != null) {
            conditions.add("o.store = :store");
            values.put("store", query.store().value());
        }
        if (query.state() != null) {
            conditions.add("o.state = :state");
            values.put("state", query.state().name());
        }
        if (query.product() != null) {
            conditions.add("exists (select 1 from OrderLine l where l.order = o.id and l.product = :product)");
            values.put("product", query.product().value());
        }
        if (!query.text().isBlank()) {
            conditions.add(
                    "(lower(o.name) like :text escape '!' or lower(o.code) like :text escape '!'"
                            + " or exists (select 1 from OrderLine l where l.order = o.id and l.folded like :text escape '!'))");
            values.put("text", Texts.containing(Texts.fold(query.text().strip())));
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private List<OrderView> views(Tx tx, List<OrderEntity> orders) {
        List<OrderWork> loaded =
                orders.stream().map(order -> new OrderWork(order, false)).toList();
        rows.load(tx, loaded);
        Map<Long, OrderKey> owners = owners(tx, orders);
        return loaded.stream().map(work -> view(work, owners)).toList();
    }

    private static Map<Long, OrderKey> owners(Tx tx, Collection<OrderEntity> orders) {
        List<Long> ids = orders.stream()
                .map(order -> order.linkedTo)
                .filter(id -> id != null)
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        return tx.session()
                .createSelectionQuery("from StoreOrder o where o.id in (:ids)", OrderEntity.class)
                .setParameterList("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(order -> order.id, OrderViews::key));
    }

    private static OrderKey key(OrderEntity order) {
        return new OrderKey(new StoreId(order.store), order.code);
    }

    private static OrderView view(OrderWork work, Map<Long, OrderKey> owners) {
        OrderEntity order = work.order;
        return new OrderView(
                key(order),
                order.name,
                State.valueOf(order.state),
                order.placedAt,
                order.updatedAt,
                order.firstSeenAt,
                order.appliedAt,
                order.counter,
                order.pending,
                order.beforeTurnOn,
                order.linkedTo == null ? null : owners.get(order.linkedTo),
                work.sortedLines().stream().map(OrderViews::view).toList());
    }

    private static Line view(LineWork line) {
        var row = line.row;
        return new Line(
                row.code,
                row.title,
                row.sku,
                row.product == null ? null : new ProductId(row.product),
                Match.valueOf(row.match),
                Lines.counts(row),
                row.booked,
                location(line),
                row.oversold,
                row.flagged,
                row.undecided);
    }

    /** Where it is booked; where its units left from when nothing is booked any more. */
    private static LocationId location(LineWork line) {
        Map<Long, Posted> posted = line.posted();
        return posted.entrySet().stream()
                .filter(there -> there.getValue().booked() > 0)
                .findFirst()
                .or(() -> posted.entrySet().stream().findFirst())
                .map(there -> new LocationId(there.getKey()))
                .orElse(null);
    }
}
