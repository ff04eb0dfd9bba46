package org.evenkeel.ledger.impl.orders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ParkedOrder;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.ParkedOrderEntity;

/** Orders that could not be applied. Stateless. */
final class Parking {
    private static final int LONGEST_CONTENT = 16_000;
    private static final int LONGEST_REASON = 1_000;

    /** An order to be parked: the store's id, why, and what of it can be shown. */
    record Problem(String code, String reason, String content) {}

    /** Parks some of a store's orders, and lets those go that were applied. The store's row is locked. */
    void update(Tx tx, String store, Collection<Problem> problems, Collection<String> applied) {
        Set<String> codes = new HashSet<>(applied);
        problems.forEach(problem -> codes.add(code(problem.code())));
        if (codes.isEmpty()) {
            return;
        }
        Map<String, ParkedOrderEntity> parked = find(tx, store, codes);
        List<ParkedOrderEntity> fresh = new ArrayList<>();
        for (Problem problem : problems) {
            String code = code(problem.code());
            ParkedOrderEntity row = parked.get(code);
            if (row == null) {
                row = new ParkedOrderEntity();
                row.store = store;
                row.code = code;
                row.since = tx.now();
                fresh.add(row);
                parked.put(code, row);
            }
            row.reason = Texts.readable(problem.reason(), LONGEST_REASON);
            row.content = Texts.readable(problem.content(), LONGEST_CONTENT);
            row.tries = Math.addExact(row.tries, 1);
        }
        fresh.forEach(tx.session()::insert);
        problems.stream()
                .map(problem -> parked.get(code(problem.code())))
                .distinct()
                .filter(row -> !fresh.contains(row))
                .forEach(tx.session()::update);
        applied.stream().map(parked::get).filter(row -> row != null).forEach(tx.session()::delete);
    }

    private static Map<String, ParkedOrderEntity> find(Tx tx, String store, Set<String> codes) {
        Map<String, ParkedOrderEntity> found = new HashMap<>();
        tx.session()
                .createSelectionQuery(
                        "from ParkedOrder p where p.store = :store and p.code in (:codes)", ParkedOrderEntity.class)
                .setParameter("store", store)
                .setParameterList("codes", codes)
                .getResultList()
                .forEach(row -> found.put(row.code, row));
        return found;
    }

    /** The store's id as it can be kept: one that is too long, empty or unreadable is known by its hash. */
    private static String code(String code) {
        if (!code.isEmpty() && code.length() <= 255 && Texts.isStorable(code)) {
            return code;
        }
        return Texts.readable(code, 150) + "#" + Texts.hash(code);
    }

    Page<ParkedOrder> page(Tx tx, PageRequest page) {
        List<ParkedOrder> parked = tx.session()
                .createSelectionQuery("from ParkedOrder p order by p.since desc, p.id desc", ParkedOrderEntity.class)
                .setFirstResult(page.offset())
                .setMaxResults(page.limit())
                .getResultStream()
                .map(row -> new ParkedOrder(
                        new OrderKey(new StoreId(row.store), row.code), row.reason, row.content, row.since, row.tries))
                .toList();
        long total = tx.session()
                .createSelectionQuery("select count(*) from ParkedOrder p", Long.class)
                .getSingleResult();
        return new Page<>(parked, total, page);
    }

    void dismiss(Tx tx, OrderKey order) {
        int gone = tx.session()
                .createMutationQuery("delete from ParkedOrder p where p.store = :store and p.code = :code")
                .setParameter("store", order.store().value())
                .setParameter("code", order.id())
                .executeUpdate();
        if (gone == 0) {
            throw new NotFoundException("Order " + order.id() + " of store " + order.store() + " is not parked.");
        }
    }
}
