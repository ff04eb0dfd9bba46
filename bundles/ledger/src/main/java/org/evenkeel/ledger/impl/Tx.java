package org.evenkeel.ledger.impl;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.evenkeel.ledger.impl.posting.LockedLevels;
import org.hibernate.StatelessSession;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.SelectionQuery;

/**
 * One transaction of the ledger: its session, its time, the levels that it has locked, and what is to be told after its
 * commit. Belongs to one thread and ends with the work it was given to.
 */
public final class Tx {
    private final StatelessSession session;
    private final Instant now;
    private final Changes changes = new Changes();
    private final LockedLevels levels = new LockedLevels();

    Tx(StatelessSession session, Instant now) {
        this.session = Objects.requireNonNull(session, "session");
        this.now = Objects.requireNonNull(now, "now");
    }

    /** Where rows are read and written; never flushes by itself. */
    public StatelessSession session() {
        return session;
    }

    /**
     * A query with a list of values, written {@code in (:name)} in it.
     *
     * @param values at least one; at most some hundreds
     */
    public <R> SelectionQuery<R> select(String query, Class<R> type, String name, List<?> values) {
        InList list = new InList(name, values);
        return list.bind(session.createSelectionQuery(list.in(query), type));
    }

    /** The same for a query that changes rows. */
    public MutationQuery mutate(String query, String name, List<?> values) {
        InList list = new InList(name, values);
        return list.bind(session.createMutationQuery(list.in(query)));
    }

    /** The time of everything that this transaction writes, by our clock, in microseconds. */
    public Instant now() {
        return now;
    }

    /** What is told after the commit. */
    public Changes changes() {
        return changes;
    }

    /** The levels that this transaction has locked, with the figures that it gave them. */
    public LockedLevels levels() {
        return levels;
    }
}
