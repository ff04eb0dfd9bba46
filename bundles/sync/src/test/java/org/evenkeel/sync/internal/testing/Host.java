package org.evenkeel.sync.internal.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.StoreState;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.time.Scheduler;

/** A host in virtual time: what it scheduled and called dies with it. */
public final class Host implements Scheduler, CallExecutor {
    /** The host dies here and now. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        public Crash() {
            super("crash", null, false, false);
        }
    }

    private final VirtualTime time;
    private final Supplier<Duration> latency;
    private final Runnable onCrash;
    private boolean alive = true;
    private boolean running;

    public Host(VirtualTime time, Supplier<Duration> latency, Runnable onCrash) {
        this.time = time;
        this.latency = latency;
        this.onCrash = onCrash;
    }

    public boolean alive() {
        return alive;
    }

    void run(Runnable work) {
        try {
            running = true;
            work.run();
        } catch (Crash crash) {
            alive = false;
            onCrash.run();
        } finally {
            running = false;
        }
    }

    /** Whether what runs now is the host's own doing. */
    public boolean running() {
        return running;
    }

    public void die() {
        alive = false;
    }

    @Override
    public Cancellable schedule(Instant at, Runnable work) {
        Object event = time.add(at, this, work);
        return () -> time.remove(event);
    }

    @Override
    public <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
        VirtualCall call = new VirtualCall(order, time.instant().plus(order.limit()));
        Duration there = latency.get();
        Duration back = latency.get();
        // The request is on its way whatever becomes of the host; only its answer needs somebody who waits.
        time.in(there, () -> {
            CallResult<T> result = call.cancelled ? null : call.make(work);
            Instant answer = time.instant().plus(back);
            Instant told = call.hangs ? call.deadline : answer;
            schedule(told, () -> {
                if (!call.cancelled) {
                    done.accept(result);
                }
            });
        });
        return () -> call.cancelled = true;
    }

    /** A store that takes the call and never answers. */
    public static final class Hangs extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final class VirtualCall implements Call {
        private final CallOrder order;
        private final Instant deadline;
        private boolean cancelled;
        private boolean hangs;

        VirtualCall(CallOrder order, Instant deadline) {
            this.order = order;
            this.deadline = deadline;
        }

        <T> CallResult<T> make(Work<T> work) {
            try {
                return new CallResult.Answer<>(work.run(this));
            } catch (ConnectorException e) {
                return new CallResult.Failed<>(e);
            } catch (Hangs e) {
                hangs = true;
                return new CallResult.GivenUp<>(order.operation() + " did not answer");
            } catch (RuntimeException e) {
                return new CallResult.Bug<>(order.operation() + " failed: " + e, e);
            }
        }

        @Override
        public Instant deadline() {
            return deadline;
        }

        @Override
        public Instant now() {
            return time.instant();
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public StoreState state() {
            return order.state();
        }
    }
}
