package org.evenkeel.database.internal;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.util.Set;
import org.hibernate.exception.LockAcquisitionException;

/**
 * Which failures mean that two transactions were in each other's way, so that running the work again can succeed.
 *
 * <p>A duplicate key is none of them: two writers may have raced for it, but then the second one's work would meet the key
 * again and fail the same way. What a duplicate means, "already done" or an error, only the caller knows.
 */
final class Conflicts {

    private static final Set<String> STATES = Set.of(
            "40001", // both: deadlock in Derby, serialization failure in PostgreSQL
            "40P01", // PostgreSQL: deadlock
            "55P03", // PostgreSQL: lock time-out, or NOWAIT
            "40XL1", // Derby: lock time-out
            "40XL2"); // Derby: lock time-out, with the lock table in the message

    private Conflicts() {}

    static boolean isConflict(Throwable failure) {
        return SqlErrors.hasState(failure, STATES) || SqlErrors.any(failure, Conflicts::isLockFailure);
    }

    private static boolean isLockFailure(Throwable failure) {
        return failure instanceof LockAcquisitionException
                || failure instanceof org.hibernate.PessimisticLockException
                || failure instanceof PessimisticLockException
                || failure instanceof LockTimeoutException;
    }
}
