package org.evenkeel.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The faults that a shop is told to show. Safe for use by many threads. */
public final class Faults {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Fault> waiting = new ArrayList<>();
    private boolean duplicates;
    private int hanging;
    private long releases;
    private long abandonments;

    /** Adds a fault behind those that wait already. */
    public void add(Fault fault) {
        locked(() -> waiting.add(fault));
    }

    /** Forgets all faults that have not struck yet and stops listing orders twice; calls that hang go on hanging. */
    public void clear() {
        locked(() -> {
            waiting.clear();
            duplicates = false;
        });
    }

    /** The faults that have not struck yet, with the times they have left. */
    public List<Fault> waiting() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    /** Whether pages of orders repeat the last order of the page before. */
    public void setDuplicates(boolean listedTwice) {
        locked(() -> duplicates = listedTwice);
    }

    public boolean duplicates() {
        lock.lock();
        try {
            return duplicates;
        } finally {
            lock.unlock();
        }
    }

    /** Lets every call that hangs now go on. */
    public void release() {
        locked(() -> {
            releases++;
            moved.signalAll();
        });
    }

    /** Ends every call that hangs now without an answer; one that was not carried out never will be. */
    public void abandon() {
        locked(() -> {
            abandonments++;
            moved.signalAll();
        });
    }

    /** How many calls hang at this moment. */
    public int hanging() {
        lock.lock();
        try {
            return hanging;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until at least so many calls hang; says whether they do before the time is over. */
    public boolean awaitHanging(int calls, long time, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = unit.toNanos(time);
            while (hanging < calls && left > 0) {
                left = moved.awaitNanos(left);
            }
            return hanging >= calls;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first fault that strikes a call of these names. Called once for each call, by the protocol. */
    public Optional<Fault> strike(Collection<String> names) {
        lock.lock();
        try {
            for (int i = 0; i < waiting.size(); i++) {
                Fault fault = waiting.get(i);
                if (fault.operation() == null || names.contains(fault.operation())) {
                    useUp(i, fault);
                    return Optional.of(fault);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void useUp(int index, Fault fault) {
        if (fault.times() == 1) {
            waiting.remove(index);
        } else if (fault.times() != Integer.MAX_VALUE) {
            waiting.set(index, fault.times(fault.times() - 1));
        }
    }

    /** Hangs the calling thread as the fault says; returns whether the call may go on. */
    public boolean hang(Fault fault) {
        lock.lock();
        try {
            long release = releases;
            long abandonment = abandonments;
            long left = fault.length() == null ? Long.MAX_VALUE : fault.length().toNanos();
            hanging++;
            moved.signalAll();
            try {
                while (release == releases && abandonment == abandonments && left > 0) {
                    left = moved.awaitNanos(left);
                }
                return abandonment == abandonments;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                hanging--;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
