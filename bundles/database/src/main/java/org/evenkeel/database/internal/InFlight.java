package org.evenkeel.database.internal;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.hibernate.SharedSessionContract;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of one unit that are at work, and the gate that closes behind the last of them. Thread-safe. */
final class InFlight {

    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

    private final Lock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<SharedSessionContract> sessions = new HashSet<>();
    private volatile boolean closed;

    boolean closed() {
        return closed;
    }

    /** @return false when the gate is closed */
    boolean enter(SharedSessionContract session) {
        lock.lock();
        try {
            return !closed && sessions.add(session);
        } finally {
            lock.unlock();
        }
    }

    void leave(SharedSessionContract session) {
        lock.lock();
        try {
            sessions.remove(session);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets nobody in any more, cancels the statements that run, and waits for their transactions to end.
     *
     * @return false when it had been closed before
     */
    boolean close(Duration wait) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            sessions.forEach(InFlight::cancel);
            awaitNone(wait.toNanos());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static void cancel(SharedSessionContract session) {
        try {
            ((SharedSessionContractImplementor) session).getJdbcCoordinator().cancelLastQuery();
        } catch (RuntimeException e) {
            LOG.debug("A running statement could not be cancelled; its transaction ends with it", e);
        }
    }

    private void awaitNone(long nanos) {
        long rest = nanos;
        try {
            while (!sessions.isEmpty() && rest > 0) {
                rest = left.awaitNanos(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!sessions.isEmpty()) {
            LOG.warn("{} transactions did not end in time; they fail with their connections", sessions.size());
        }
    }
}
