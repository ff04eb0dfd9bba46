package org.evenkeel.ledger.impl.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.MovementId;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.MovementEntity;
import org.hibernate.query.SelectionQuery;

/** Reads the journal. Thread-safe. */
public final class JournalService implements Journal {
    private final LedgerTransactions transactions;
    private final Audit audit = new Audit();

    public JournalService(LedgerTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Page<Movement> movements(Query query, PageRequest page) {
        return transactions.read(tx -> page(tx, query, page));
    }

    private static Page<Movement> page(Tx tx, Query query, PageRequest page) {
        Map<String, Object> values = new HashMap<>();
        String where = where(query, values);
        SelectionQuery<Object[]> rows = tx.session()
                .createSelectionQuery(
                        "select m, r.id from Movement m left join Movement r on r.reverses = m.id" + where
                                + " order by m.id desc",
                        Object[].class)
                .setFirstResult(page.offset())
                .setMaxResults(page.limit());
        SelectionQuery<Long> count =
                tx.session().createSelectionQuery("select count(*) from Movement m" + where, Long.class);
        values.forEach(rows::setParameter);
        values.forEach(count::setParameter);
        List<Movement> movements = rows.getResultList().stream()
                .map(row -> Movements.view((MovementEntity) row[0], (Long) row[1]))
                .toList();
        return new Page<>(movements, count.getSingleResult(), page);
    }

    private static String where(Query query, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>();
        if (query.product() != null) {
            conditions.add("m.product = :product");
            values.put("product", query.product().value());
        }
        if (query.location() != null) {
            conditions.add("m.location = :location");
            values.put("location", query.location().value());
        }
        if (query.reason() != null) {
            conditions.add("m.reason = :reason");
            values.put("reason", query.reason().name());
        }
        if (query.order() != null) {
            conditions.add("m.order = (select o.id from StoreOrder o where o.store = :store and o.code = :code)");
            values.put("store", query.order().store().value());
            values.put("code", query.order().id());
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    @Override
    public Optional<Movement> movement(MovementId id) {
        return transactions.read(tx -> Movements.find(tx, id.value()));
    }

    @Override
    public List<String> audit() {
        return transactions.snapshot(audit::findings);
    }
}
