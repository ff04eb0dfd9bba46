package org.evenkeel.ledger.impl;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.database.Persistence;
import org.evenkeel.ledger.LedgerListener.Change;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the ledger's transactions: one per call, repeated as a whole when another transaction was in the way, and told to the
 * listeners once, after the commit.
 *
 * <p>Deadlocks and lock time-outs are repeated by {@link Persistence}. Two transactions that insert the same row (an order, a
 * product, a level, an idempotency key) meet in a duplicate key: the one that comes second runs again, and finds the row.
 *
 * <p><strong>Lock order</strong>, so that deadlocks are rare: the store's lease (shared) → the store's row (pages of orders, its
 * locations and switches) → order rows by id → the default rule → the rows of stores' listings by store (pulls of listings,
 * rules, mapping) → levels by product and location → products by id → figures of listings by id. Whoever needs several rows
 * of one kind locks them together, sorted. Thread-safe.
 */
public final class LedgerTransactions {
    /** How often a transaction that met a duplicate key runs at most. The second run finds the row; the rest is reserve. */
    private static final int ATTEMPTS = 8;

    private static final String DUPLICATE_KEY = "23505";
    private static final Logger LOG = LoggerFactory.getLogger(LedgerTransactions.class);

    private final Persistence persistence;
    private final Clock clock;
    private final Consumer<Change> listeners;
    private final Fence fence;

    /**
     * @param clock gives the times of movements
     * @param listeners told after each commit that changed something, on the committing thread; must not throw
     */
    public LedgerTransactions(Persistence persistence, Clock clock, Consumer<Change> listeners) {
        this(persistence, clock, listeners, Fence.NONE);
    }

    private LedgerTransactions(Persistence persistence, Clock clock, Consumer<Change> listeners, Fence fence) {
        this.persistence = Objects.requireNonNull(persistence, "persistence");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listeners = Objects.requireNonNull(listeners, "listeners");
        this.fence = Objects.requireNonNull(fence, "fence");
    }

    /** The same transactions, each of which passes a fence first. */
    public LedgerTransactions behind(Fence asked) {
        return new LedgerTransactions(persistence, clock, listeners, asked);
    }

    /** Runs work in a transaction. Work may run more than once, so it has no effect outside of its {@link Tx}. */
    public <T> T run(Function<Tx, T> work) {
        Done<T> done = repeatedOnDuplicateKeys(work);
        done.changes().toTell().ifPresent(listeners);
        return done.result();
    }

    /** Runs work that only reads, each statement of it what was committed before it. */
    public <T> T read(Function<Tx, T> work) {
        return persistence.inStatelessTransaction(session -> {
            fence.beforeReading(session);
            return work.apply(begin(session));
        });
    }

    /**
     * Runs work that only reads, all of it from one state of the database: no commit comes between its statements. On Derby
     * it holds up writers of what it read, on PostgreSQL nobody.
     */
    public <T> T snapshot(Function<Tx, T> work) {
        int isolation = persistence.vendor() == Vendor.DERBY
                ? Connection.TRANSACTION_SERIALIZABLE
                : Connection.TRANSACTION_REPEATABLE_READ;
        return persistence.inStatelessTransaction(session -> {
            // Before the first statement; the pool gives the connection its own level back.
            session.doWork(connection -> connection.setTransactionIsolation(isolation));
            fence.beforeReading(session);
            return work.apply(begin(session));
        });
    }

    /** Which product the ledger is kept in. */
    public Vendor vendor() {
        return persistence.vendor();
    }

    private <T> Done<T> repeatedOnDuplicateKeys(Function<Tx, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return persistence.inStatelessTransaction(session -> {
                    fence.beforeWriting(session);
                    Tx tx = begin(session);
                    return new Done<>(work.apply(tx), tx.changes());
                });
            } catch (ConstraintViolationException e) {
                if (!isDuplicateKey(e)) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw new DatabaseException("The same row was inserted again and again by others; try again", e);
                }
                LOG.debug(
                        "Transaction runs again: another one inserted the same row first ({})", e.getConstraintName());
            }
        }
    }

    private static boolean isDuplicateKey(ConstraintViolationException failure) {
        for (SQLException e = failure.getSQLException(); e != null; e = e.getNextException()) {
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                return true;
            }
        }
        return DUPLICATE_KEY.equals(failure.getSQLState());
    }

    private Tx begin(StatelessSession session) {
        return new Tx(session, now());
    }

    /** The ledger's time, in microseconds. */
    public Instant now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    }

    private record Done<T>(T result, Changes changes) {}
}
