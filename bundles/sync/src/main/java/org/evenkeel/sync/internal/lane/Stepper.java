package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps what a lane has under way: each step asks the topmost activity what it wants next. Between steps the lane stops,
 * waits, or lets something urgent go first; while a call is in flight there is no step. Guarded by the lane.
 */
final class Stepper {
    private static final Logger LOG = LoggerFactory.getLogger(Stepper.class);

    private final StoreId store;
    private final LaneServices services;
    private final LaneWatcher watcher;
    private final LaneCalls calls;
    private final LaneRuns runs;
    private final Patience patience;
    private final Troubles troubles;
    private final BooleanSupplier on;
    private final LaneTimer timer;

    /** How deep the stack was when something had to wait: what is urgent goes on top of it. */
    private int waitingAt;

    /**
     * @param on whether synchronizing is on
     * @param locked runs work under the lane's lock
     */
    Stepper(
            StoreId store,
            LaneServices services,
            LaneWatcher watcher,
            LaneCalls calls,
            LaneRuns runs,
            Patience patience,
            Troubles troubles,
            BooleanSupplier on,
            Consumer<Runnable> locked) {
        this.store = store;
        this.services = services;
        this.watcher = watcher;
        this.calls = calls;
        this.runs = runs;
        this.patience = patience;
        this.troubles = troubles;
        this.on = on;
        this.timer = new LaneTimer(services.scheduler(), locked, this::step);
    }

    void soon() {
        at(services.clock().instant());
    }

    private void at(Instant time) {
        if (runs.scope() != null) {
            timer.at(time);
        }
    }

    /** Nothing that was planned counts any more. */
    void cancel() {
        timer.cancel();
    }

    private void step() {
        if (runs.scope() == null || calls.underWay()) {
            return;
        }
        try {
            boolean aside = runs.takeAside();
            if (!aside && patience.waits(runs.urgent() || runs.depth() > waitingAt)) {
                at(patience.until());
            } else if (!aside && !on.getAsBoolean()) {
                runs.interrupt(Run.Result.INTERRUPTED, "Synchronizing was turned off.");
            } else if (runs.top() != null || runs.begin(services.clock().instant())) {
                take(runs.top().next());
            } else if (runs.next() != null) {
                at(runs.next());
            }
        } catch (RuntimeException e) {
            ledgerFailed(e);
        }
    }

    private void take(Next next) {
        if (next instanceof Next.Calling<?> calling) {
            call(calling);
            return;
        }
        if (next instanceof Next.Until until) {
            at(until.time());
            return;
        }
        if (next instanceof Next.Then then) {
            runs.push(then.first());
        } else if (next instanceof Next.Done) {
            runs.pop(on.getAsBoolean());
        }
        soon();
    }

    private <T> void call(Next.Calling<T> calling) {
        RunRecorder run = runs.scope().run;
        Instant asked = services.clock().instant();
        run.count(Count.CALLS, 1);
        calls.<T>call(calling.operation(), calling.work(), result -> {
            if (run.takes(calling.operation())) {
                run.exchange(exchange(calling, result, asked));
            }
            ended(calling, result);
        });
    }

    private <T> Exchange exchange(Next.Calling<T> calling, CallResult<T> result, Instant asked) {
        Transcript<T> transcript = calling.transcript();
        Duration took = Duration.between(asked, services.clock().instant());
        if (result instanceof CallResult.Answer<T> answer) {
            String summary = transcript.summary(answer.value());
            List<Exchange.Line> lines = transcript.lines(answer.value());
            return new Exchange(asked, calling.operation(), took, summary, lines, 0, Exchange.Outcome.ANSWERED);
        }
        String words = ((CallResult.Trouble<T>) result).words();
        Exchange.Outcome outcome =
                result instanceof CallResult.Failed ? Exchange.Outcome.FAILED : Exchange.Outcome.UNKNOWN;
        return new Exchange(asked, calling.operation(), took, words, transcript.sent(), 0, outcome);
    }

    private <T> void ended(Next.Calling<T> calling, CallResult<T> result) {
        try {
            if (result instanceof CallResult.Answer<T> answer) {
                patience.worked();
                calling.answered().accept(answer.value());
                watcher.changed(store);
                soon();
            } else {
                troubled(calling, (CallResult.Trouble<T>) result);
            }
        } catch (RuntimeException e) {
            ledgerFailed(e);
        }
    }

    private <T> void troubled(Next.Calling<T> calling, CallResult.Trouble<T> trouble) {
        if (trouble instanceof CallResult.Bug<T> bug) {
            LOG.error("{}: {}", store, bug.words(), bug.cause());
        } else {
            LOG.info("{}: {}: {}", store, calling.operation(), trouble.words());
        }
        if (calling.troubled().test(trouble)) {
            soon();
            return;
        }
        waitingAt = runs.depth();
        troubles.of(trouble);
        await();
    }

    private void ledgerFailed(RuntimeException failure) {
        if (failure instanceof LeaseLostException lost) {
            // No failure: what is under way is ended with the lane.
            watcher.lost(lost.lease());
            return;
        }
        if (runs.scope() == null) {
            LOG.warn("{}: a step failed", store, failure);
            return;
        }
        troubles.ofLedger(failure);
        await();
    }

    /** Goes on when the wait is over; a lane that stands still is not waiting for anything. */
    private void await() {
        watcher.changed(store);
        if (patience.until() != null) {
            at(patience.until());
        }
    }
}
