package org.evenkeel.benchmarks;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until something holds; looks again when something was heard of, and from time to time in case nothing was. */
public final class Signal {
    private final Duration look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();

    /** A signal whose waiters look again ten times a second. */
    public Signal() {
        this(Duration.ofMillis(100));
    }

    /** @param look how long a waiter that hears nothing waits before it looks again */
    public Signal(Duration look) {
        this.look = look;
    }

    /** Something may have changed. */
    public void hear() {
        lock.lock();
        try {
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the condition holds.
     *
     * @param story what to tell when it does not hold in time
     * @throws IllegalStateException when it does not hold in time
     */
    public void await(String what, Duration limit, BooleanSupplier condition, Supplier<String> story)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        what + " did not come about within " + limit.toSeconds() + " s:\n" + story.get());
            }
            lock.lock();
            try {
                heard.awaitNanos(look.toNanos());
            } finally {
                lock.unlock();
            }
        }
    }
}
