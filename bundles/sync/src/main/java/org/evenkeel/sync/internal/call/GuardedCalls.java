package org.evenkeel.sync.internal.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.StoreState;
import org.evenkeel.sync.internal.time.Scheduler;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The border to foreign code in the running host: each call has a thread of an owned pool, a deadline at which it is
 * interrupted and given up, and the only catch-all of the sync.
 */
public final class GuardedCalls implements CallExecutor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedCalls.class);

    /** More calls of one store than this that do not come back would in the end take all threads. */
    private static final int MOST_STUCK = 3;

    private final InstantSource clock;
    private final Scheduler scheduler;
    private final Duration patience;
    private final ExecutorService threads;
    /** Calls by store whose thread has not come back. */
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /**
     * @param clock the host's
     * @param scheduler gives calls up at their deadline
     * @param most the most calls at once, over all stores
     * @param patience how long closing waits for calls under way
     */
    public GuardedCalls(InstantSource clock, Scheduler scheduler, int most, Duration patience) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "evenkeel-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
        Guarded<T> guarded = new Guarded<>(order, work, done);
        guarded.start();
        return guarded::cancel;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A connector's call did not react to interruption within {}; it is left behind", patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One call. Whoever settles it first, the answer, the deadline or the caller, decides. */
    private final class Guarded<T> implements Call {
        private final CallOrder order;
        private final Work<T> work;
        private final Consumer<CallResult<T>> done;
        private final Instant deadline;
        private final AtomicBoolean settled = new AtomicBoolean();
        private volatile Thread thread;
        private volatile Cancellable timer = Cancellable.NOTHING;

        Guarded(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
            this.order = order;
            this.work = work;
            this.done = done;
            this.deadline = clock.instant().plus(order.limit());
        }

        void start() {
            if (running.getOrDefault(order.store(), 0) >= MOST_STUCK) {
                settle(new CallResult.Bug<>(
                        order.store() + ": " + MOST_STUCK + " earlier calls do not react to interruption", null));
                return;
            }
            timer = scheduler.schedule(deadline, this::giveUp);
            try {
                threads.execute(this::run);
            } catch (RejectedExecutionException full) {
                settle(new CallResult.GivenUp<>(order.name() + ": too many calls are under way"));
            }
        }

        private void run() {
            running.merge(order.store(), 1, Integer::sum);
            try {
                guarded();
            } finally {
                running.computeIfPresent(order.store(), (store, calls) -> calls == 1 ? null : calls - 1);
            }
        }

        private void guarded() {
            Thread current = Thread.currentThread();
            ClassLoader before = current.getContextClassLoader();
            String name = current.getName();
            current.setContextClassLoader(order.loader());
            current.setName("evenkeel-call " + order.name());
            synchronized (this) {
                thread = current;
            }
            CallResult<T> result = attempt();
            synchronized (this) {
                // From here on an interruption would hit the thread's next call.
                thread = null;
                Thread.interrupted();
            }
            current.setContextClassLoader(before);
            current.setName(name);
            settle(result);
        }

        /** The one catch-all: whatever a connector throws besides its own exceptions is its bug. */
        private CallResult<T> attempt() {
            try {
                T value = settled.get() ? null : work.run(this);
                return value == null
                        ? new CallResult.Bug<>(order.name() + " answered nothing (null)", null)
                        : new CallResult.Answer<>(value);
            } catch (ConnectorException e) {
                return new CallResult.Failed<>(e);
            } catch (Throwable e) {
                return new CallResult.Bug<>(
                        order.name() + " failed: " + e.getClass().getName(), e);
            }
        }

        private void settle(CallResult<T> result) {
            if (settled.compareAndSet(false, true)) {
                timer.cancel();
                done.accept(result);
            }
        }

        private void giveUp() {
            if (settled.compareAndSet(false, true)) {
                interrupt();
                done.accept(new CallResult.GivenUp<>(
                        order.name() + " did not answer within " + order.limit().toSeconds() + " s"));
            }
        }

        void cancel() {
            if (settled.compareAndSet(false, true)) {
                timer.cancel();
                interrupt();
            }
        }

        private synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        @Override
        public Instant deadline() {
            return deadline;
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public boolean cancelled() {
            return settled.get();
        }

        @Override
        public StoreState state() {
            return order.state();
        }
    }
}
