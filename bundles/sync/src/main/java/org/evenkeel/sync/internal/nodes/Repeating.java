package org.evenkeel.sync.internal.nodes;

import java.time.Instant;
import java.time.InstantSource;
import org.evenkeel.sync.internal.time.Scheduler;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/** Work that is planned for the earliest time that anybody asked for, and never runs twice at once. Thread-safe. */
final class Repeating {
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Runnable work;
    private Cancellable planned = Cancellable.NOTHING;
    private Instant at;
    private boolean running;
    private boolean cancelled;

    Repeating(Scheduler scheduler, InstantSource clock, Runnable work) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.work = work;
    }

    /** Plans it, unless it is planned for an earlier time. */
    synchronized void at(Instant time) {
        if (cancelled || at != null && !at.isAfter(time)) {
            return;
        }
        at = time;
        if (!running) {
            plan();
        }
    }

    private void plan() {
        planned.cancel();
        Instant time = at;
        planned = scheduler.schedule(time, () -> run(time));
    }

    private void run(Instant time) {
        synchronized (this) {
            if (cancelled || running || !time.equals(at)) {
                return;
            }
            at = null;
            running = true;
        }
        try {
            work.run();
        } finally {
            synchronized (this) {
                running = false;
                if (at != null && !cancelled) {
                    plan();
                }
            }
        }
    }

    synchronized void cancel() {
        cancelled = true;
        planned.cancel();
    }
}
