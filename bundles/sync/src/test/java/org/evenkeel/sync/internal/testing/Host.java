package org.evenkeel.sync.internal.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

    private static final Duration LONGEST = Duration.ofHours(1);

    private final VirtualTime time;
    private final Supplier<Duration> latency;
    private final Runnable onCrash;
    private final Predicate<RuntimeException> logged;
    private boolean alive = true;
    private boolean running;
    private boolean stopped;
    private Instant stoppedAt;
    private Duration stoodStill = Duration.ZERO;

    public Host(VirtualTime time, Supplier<Duration> latency, Runnable onCrash) {
        this(time, latency, onCrash, failure -> false);
    }

    /** @param logged which failures of what it does are written to its log and no more, as real schedulers do */
    public Host(VirtualTime time, Supplier<Duration> latency, Runnable onCrash, Predicate<RuntimeException> logged) {
        this.time = time;
        this.latency = latency;
        this.onCrash = onCrash;
        this.logged = logged;
    }

    public boolean alive() {
        return alive;
    }

    void run(Runnable work) {
        boolean was = running;
        try {
            running = true;
            work.run();
        } catch (Crash crash) {
            // Whoever waited meanwhile dies with it.
            if (alive) {
                alive = false;
                onCrash.run();
            }
        } catch (RuntimeException e) {
            if (!logged.test(e)) {
                throw e;
            }
        } finally {
            running = was;
        }
    }

    /** Whether it stands still, as a process that is stopped: nothing of it runs, until it goes on and does all of it late. */
    public boolean stopped() {
        return stopped;
    }

    /** For how long it stood still, all in all. */
    public Duration stoodStill() {
        return stoodStill;
    }

    /** Stands still for a while, from outside or in the middle of what it does; without effect while it does already. */
    public void stop(Duration length) {
        if (!alive || stopped) {
            return;
        }
        stopped = true;
        stoppedAt = time.instant();
        if (running) {
            meanwhile(() -> time.pass(length));
            goOn();
        } else {
            time.in(length, this::goOn);
        }
    }

    private void goOn() {
        stopped = false;
        stoodStill = stoodStill.plus(Duration.between(stoppedAt, time.instant()));
        time.goesOn(this);
    }

    /** Others go on while this one is in the middle of something; what fails there is no failure of this one. */
    private void meanwhile(Runnable wait) {
        try {
            wait.run();
        } catch (RuntimeException e) {
            throw new AssertionError(e);
        }
        if (!alive) {
            throw new Crash();
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> answer, Duration most)
            throws ExecutionException, TimeoutException, InterruptedException {
        Instant end = time.instant().plus(most);
        time.at(end, () -> {});
        meanwhile(() -> time.until(
                () -> !alive || !stopped && (answer.isDone() || !time.instant().isBefore(end)), LONGEST));
        if (!answer.isDone()) {
            throw new TimeoutException();
        }
        return answer.get();
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
            if (stopped && there.toMillis() % 2 == 0) {
                // Its thread had not got as far as that; it does when the host goes on.
                schedule(time.instant(), () -> made(call, work, back, done));
            } else {
                made(call, work, back, done);
            }
        });
        return () -> call.cancelled = true;
    }

    private <T> void made(VirtualCall call, Work<T> work, Duration back, Consumer<CallResult<T>> done) {
        CallResult<T> result = call.cancelled ? null : call.make(work);
        Instant answer = time.instant().plus(back);
        Instant told = call.hangs ? call.deadline : answer;
        schedule(told, () -> {
            if (!call.cancelled) {
                done.accept(result);
            }
        });
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
