package org.evenkeel.database;

import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An open persistence unit. Thread-safe; each call runs in a transaction of its own at READ COMMITTED on the calling
 * thread, and commits when the work returns.
 *
 * <p>A deadlock, a lock time-out or a serialization failure rolls the transaction back and runs the work again, a bounded
 * number of times with a short jittered pause, so <strong>work must have no effect outside of its session</strong>. When
 * the work throws, the transaction is rolled back and the exception reaches the caller as it was. Calls do not nest: work
 * that calls these methods again opens an independent transaction.
 *
 * <p>A duplicate key is no conflict and nothing runs again: Hibernate's {@code ConstraintViolationException} reaches the
 * caller, who knows whether it means "already done", at a commit as much as inside of the work. So do a value that does not
 * fit and a wrong query. A wait for a lock ends after 5 seconds and counts as a conflict.
 *
 * <p>Rows are locked with {@code find(…, PESSIMISTIC_WRITE)}, one by one in sorted order, or by a query on one table: Derby
 * takes no {@code FOR UPDATE} in a query with {@code ORDER BY} or a join.
 */
@ProviderType
public interface Persistence extends AutoCloseable {

    /**
     * Runs work in a transaction with a persistence context.
     *
     * @return what the work returned
     * @throws DatabaseException when the database fails, or conflicts persist after the last retry
     */
    <T> T inTransaction(Function<Session, T> work);

    /** As {@link #inTransaction}, without a persistence context: for reads of many rows and for hot paths. */
    <T> T inStatelessTransaction(Function<StatelessSession, T> work);

    /** Which product this unit is kept in. */
    Database.Vendor vendor();

    /** Closes the unit; calls under way end with a {@link DatabaseException}. Idempotent. */
    @Override
    void close();
}
