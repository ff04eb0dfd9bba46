package org.evenkeel.sync.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler of the running host: a few daemon threads that step all lanes. */
public final class PooledScheduler implements Scheduler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PooledScheduler.class);

    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor pool;
    private final Duration patience;

    /**
     * @param clock what the given times are measured against
     * @param threads how many lanes may step at once
     * @param patience how long closing waits for steps under way
     */
    public PooledScheduler(InstantSource clock, int threads, Duration patience) {
        this(clock, threads, patience, "evenkeel-sync");
    }

    /** @param name the beginning of the threads' names */
    public PooledScheduler(InstantSource clock, int threads, Duration patience, String name) {
        this.clock = clock;
        this.patience = patience;
        AtomicInteger number = new AtomicInteger();
        this.pool = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Cancellable schedule(Instant at, Runnable work) {
        long nanos = Math.max(0, Duration.between(clock.instant(), at).toNanos());
        try {
            ScheduledFuture<?> task = pool.schedule(() -> run(work), nanos, TimeUnit.NANOSECONDS);
            return () -> task.cancel(false);
        } catch (RejectedExecutionException closed) {
            return Cancellable.NOTHING;
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // A pool that swallows it would leave a lane that stands still without a word.
            LOG.error("A step of the sync failed", e);
        }
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A step of the sync is still under way after {}; it ends with what it waits for", patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
