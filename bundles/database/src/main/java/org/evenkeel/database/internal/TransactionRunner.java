package org.evenkeel.database.internal;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import org.evenkeel.database.DatabaseException;
import org.hibernate.JDBCException;
import org.hibernate.TransactionException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.hibernate.exception.SQLGrammarException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a transaction again after a {@linkplain Conflicts conflict}, and turns what is the database's failure, not the
 * work's, into a {@link DatabaseException}. Knows nothing of connections: each run is whole. Thread-safe.
 */
final class TransactionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionRunner.class);

    /** Runs of the work at most: with Derby's lock time-out, the longest that a caller waits is below a minute. */
    static final int ATTEMPTS = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final String unit;
    private final FailsafeExecutor<Object> retries;

    TransactionRunner(String unit) {
        this(unit, ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE);
    }

    TransactionRunner(String unit, int attempts, Duration firstPause, Duration longestPause) {
        this.unit = unit;
        this.retries = Failsafe.with(RetryPolicy.builder()
                .handleIf(Conflicts::isConflict)
                .withMaxAttempts(attempts)
                .withBackoff(firstPause, longestPause)
                // Those who were in each other's way must not come back at the same moment.
                .withJitter(0.5)
                .onRetry(event ->
                        LOG.debug("Transaction of {} runs again after a conflict: {}", unit, event.getLastException()))
                .build());
    }

    /**
     * @param attempt one whole transaction, from begin to commit or rollback
     * @throws DatabaseException when the database fails or conflicts persist; whatever else the attempt throws, unchanged
     */
    <T> T run(Supplier<T> attempt) {
        try {
            return retries.get(attempt::get);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new DatabaseException("Interrupted while a transaction of " + unit + " waited to run again", e);
            }
            throw e;
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    private RuntimeException translated(RuntimeException failure) {
        if (Conflicts.isConflict(failure)) {
            return new DatabaseException(
                    "Other transactions stayed in the way of one of " + unit + ", which was given up; try again: "
                            + SqlErrors.deepestMessage(failure),
                    failure);
        }
        if (isFailureOfTheDatabase(failure)) {
            return new DatabaseException(
                    "The database failed in a transaction of " + unit + ": " + SqlErrors.deepestMessage(failure),
                    failure);
        }
        return failure;
    }

    /** Not the statement's fault (a constraint, a value, a wrong query), which is the caller's to understand. */
    private static boolean isFailureOfTheDatabase(RuntimeException failure) {
        // A connection that broke can be neither committed nor rolled back.
        return failure instanceof TransactionException
                || failure instanceof JDBCException
                        && !(failure instanceof ConstraintViolationException)
                        && !(failure instanceof DataException)
                        && !(failure instanceof SQLGrammarException);
    }
}
