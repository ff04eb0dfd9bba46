package org.evenkeel.sync.internal.nodes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.evenkeel.connector.TransientException;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/**
 * Calls into a store's connector while its lease stands: asked before each call, and once more on the call's own thread, right
 * before the connector is entered. A node that was stopped in between makes no call.
 */
public final class LeasedCalls implements CallExecutor {
    private final CallExecutor calls;
    private final HeldLease lease;
    private final Runnable lost;
    private final Set<Cancellable> inFlight = ConcurrentHashMap.newKeySet();

    /** @param lost told, instead of the call's end, that the lease was over when the call ended; returns at once */
    public LeasedCalls(CallExecutor calls, HeldLease lease, Runnable lost) {
        this.calls = calls;
        this.lease = lease;
        this.lost = lost;
    }

    /** @throws org.evenkeel.ledger.LeaseLostException when the lease is over */
    @Override
    public <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
        lease.check();
        Leased leased = new Leased();
        inFlight.add(leased);
        leased.call = calls.<T>call(
                order,
                call -> {
                    if (!lease.stands()) {
                        throw new TransientException("Another node serves the store.");
                    }
                    return work.run(call);
                },
                result -> {
                    inFlight.remove(leased);
                    if (lease.stands()) {
                        done.accept(result);
                    } else {
                        lost.run();
                    }
                });
        if (!lease.stands()) {
            leased.cancel();
        }
        return leased;
    }

    /** Cancels the call under way. Waits for nobody, not for the lane either. */
    public void cut() {
        inFlight.forEach(Cancellable::cancel);
    }

    private final class Leased implements Cancellable {
        private volatile Cancellable call = NOTHING;

        @Override
        public void cancel() {
            inFlight.remove(this);
            call.cancel();
        }
    }
}
