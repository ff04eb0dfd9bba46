package org.evenkeel.sync.internal.kept;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.sync.Exchange;
import org.hibernate.StatelessSession;

/** What runs exchanged with their stores, kept for a set time. Thread-safe. */
public final class KeptExchanges {
    private final Persistence persistence;
    private final Duration age;

    /** @param age how long they are kept */
    KeptExchanges(Persistence persistence, Duration age) {
        this.persistence = persistence;
        this.age = age;
    }

    /** @param place how many the run has already */
    void insert(StatelessSession session, long run, List<Exchange> exchanges, int place) {
        List<ExchangeEntity> rows = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            ExchangeEntity row = new ExchangeEntity();
            row.key = new ExchangeEntity.Key(run, place + rows.size());
            row.beganAt = exchange.at().truncatedTo(ChronoUnit.MICROS);
            row.details = Json.exchange(exchange);
            rows.add(row);
        }
        session.insertMultiple(rows);
    }

    /** Forgets what is too old. */
    void prune(StatelessSession session, Instant now) {
        session.createMutationQuery("delete from Exchange e where e.beganAt < :oldest")
                .setParameter("oldest", now.minus(age))
                .executeUpdate();
    }

    /** Those of a run, oldest first. */
    public Page<Exchange> of(long run, PageRequest page) {
        return persistence.inStatelessTransaction(session -> {
            List<Exchange> exchanges = session
                    .createSelectionQuery(
                            "from Exchange e where e.key.run = :run order by e.key.place", ExchangeEntity.class)
                    .setParameter("run", run)
                    .setFirstResult(page.offset())
                    .setMaxResults(page.limit())
                    .getResultList()
                    .stream()
                    .map(row -> Json.exchange(row.beganAt, row.details))
                    .toList();
            long total = session.createSelectionQuery(
                            "select count(*) from Exchange e where e.key.run = :run", Long.class)
                    .setParameter("run", run)
                    .getSingleResult();
            return new Page<>(exchanges, total, page);
        });
    }
}
