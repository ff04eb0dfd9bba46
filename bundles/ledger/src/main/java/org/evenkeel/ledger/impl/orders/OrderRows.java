package org.evenkeel.ledger.impl.orders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.AllocationEntity;
import org.evenkeel.ledger.impl.model.OrderEntity;
import org.evenkeel.ledger.impl.model.OrderLineEntity;
import org.evenkeel.ledger.impl.orders.OrderWork.LineWork;
import org.hibernate.LockMode;

/** Reads and writes orders with their lines and allocations, in few statements however many there are. Thread-safe. */
final class OrderRows {
    private static final int CHUNK = 500;

    private final Vendor vendor;

    OrderRows(Vendor vendor) {
        this.vendor = vendor;
    }

    /** The known ones of a store's orders, by the store's ids, locked. Their lines are not loaded. */
    Map<String, OrderEntity> lock(Tx tx, String store, Collection<String> codes) {
        List<Long> ids = new ArrayList<>();
        for (List<String> chunk : chunks(codes)) {
            ids.addAll(tx.select(
                            "select o.id from StoreOrder o where o.store = :store and o.code in (:codes)",
                            Long.class,
                            "codes",
                            chunk)
                    .setParameter("store", store)
                    .getResultList());
        }
        return lockRows(tx, ids).stream().collect(Collectors.toMap(order -> order.code, Function.identity()));
    }

    /** Orders by the ledger's ids, locked and with all that is below them. Those that do not exist are left out. */
    List<OrderWork> lock(Tx tx, Collection<Long> ids) {
        List<OrderWork> orders = lockRows(tx, ids).stream()
                .map(order -> new OrderWork(order, false))
                .toList();
        load(tx, orders);
        return orders;
    }

    /** In sorted order: PostgreSQL with one statement; Derby cannot lock what it sorts, and is in this process. */
    private List<OrderEntity> lockRows(Tx tx, Collection<Long> ids) {
        List<Long> sorted = ids.stream().distinct().sorted().toList();
        if (vendor == Vendor.DERBY) {
            return sorted.stream()
                    .map(id -> tx.session().get(OrderEntity.class, id, LockMode.PESSIMISTIC_WRITE))
                    .filter(Objects::nonNull)
                    .toList();
        }
        List<OrderEntity> locked = new ArrayList<>();
        for (List<Long> chunk : chunks(sorted)) {
            locked.addAll(
                    tx.select("from StoreOrder o where o.id in (:ids) order by o.id", OrderEntity.class, "ids", chunk)
                            .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                            .getResultList());
        }
        return locked;
    }

    /** Orders that book for others or themselves, by what they claim. */
    Map<String, OrderEntity> claimed(Tx tx, Collection<String> claims) {
        Map<String, OrderEntity> found = new HashMap<>();
        for (List<String> chunk : chunks(claims)) {
            tx.select("from StoreOrder o where o.claim in (:claims)", OrderEntity.class, "claims", chunk)
                    .getResultList()
                    .forEach(order -> found.put(order.claim, order));
        }
        return found;
    }

    /** Loads lines and allocations into orders that are not fresh. */
    void load(Tx tx, Collection<OrderWork> orders) {
        Map<Long, OrderWork> byId = orders.stream()
                .filter(work -> !work.fresh)
                .collect(Collectors.toMap(work -> work.order.id, Function.identity()));
        Map<Long, LineWork> lines = new LinkedHashMap<>();
        for (List<Long> chunk : chunks(byId.keySet())) {
            tx.select("from OrderLine l where l.order in (:orders)", OrderLineEntity.class, "orders", chunk)
                    .getResultList()
                    .forEach(row -> lines.put(row.id, byId.get(row.order).add(row, false)));
        }
        for (List<Long> chunk : chunks(lines.keySet())) {
            tx.select(
                            "from Allocation a where a.line in (:lines) order by a.id",
                            AllocationEntity.class,
                            "lines",
                            chunk)
                    .getResultList()
                    .forEach(row -> lines.get(row.line).allocations.add(row));
        }
    }

    static <T> List<List<T>> chunks(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += CHUNK) {
            chunks.add(list.subList(from, Math.min(list.size(), from + CHUNK)));
        }
        return chunks;
    }

    /** Writes orders with everything below them. */
    void write(Tx tx, List<OrderWork> orders) {
        writeOrders(tx, orders);
        List<Object> fresh = new ArrayList<>();
        List<Object> known = new ArrayList<>();
        for (OrderWork work : orders) {
            for (LineWork line : work.lines.values()) {
                line.row.order = work.order.id;
                (line.fresh ? fresh : known).add(line.row);
            }
        }
        insert(tx, fresh);
        update(tx, known);
        writeAllocations(tx, orders);
    }

    private static void writeOrders(Tx tx, List<OrderWork> orders) {
        // Those that book for others of the same page first, so that they have an id to be linked to.
        insert(
                tx,
                orders.stream()
                        .filter(work -> work.fresh && work.owner == null)
                        .map(work -> work.order)
                        .toList());
        List<OrderWork> linked =
                orders.stream().filter(work -> work.fresh && work.owner != null).toList();
        linked.forEach(work -> work.order.linkedTo = work.owner.id);
        insert(tx, linked.stream().map(work -> work.order).toList());
        update(
                tx,
                orders.stream()
                        .filter(work -> !work.fresh)
                        .map(work -> work.order)
                        .toList());
    }

    private static void writeAllocations(Tx tx, List<OrderWork> orders) {
        List<Object> fresh = new ArrayList<>();
        List<Object> known = new ArrayList<>();
        for (OrderWork work : orders) {
            for (LineWork line : work.lines.values()) {
                for (AllocationEntity row : line.allocations) {
                    (row.id == null ? fresh : known).add(row);
                    row.line = line.row.id;
                }
            }
        }
        insert(tx, fresh);
        update(tx, known);
    }

    private static void insert(Tx tx, List<?> rows) {
        if (!rows.isEmpty()) {
            tx.session().insertMultiple(rows);
        }
    }

    private static void update(Tx tx, List<?> rows) {
        if (!rows.isEmpty()) {
            tx.session().updateMultiple(rows);
        }
    }
}
