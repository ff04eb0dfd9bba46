package org.evenkeel.sync.internal;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.evenkeel.sync.internal.time.Scheduler;

/** Runs things on the scheduler, one after the other in the order in which they were given. Thread-safe. */
final class InOrder {
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    InOrder(InstantSource clock, Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    synchronized void run(Runnable work) {
        waiting.add(work);
        if (!running) {
            running = true;
            scheduler.schedule(clock.instant(), this::next);
        }
    }

    private void next() {
        Runnable work;
        synchronized (this) {
            work = waiting.poll();
        }
        try {
            work.run();
        } finally {
            synchronized (this) {
                running = !waiting.isEmpty();
                if (running) {
                    scheduler.schedule(clock.instant(), this::next);
                }
            }
        }
    }
}
