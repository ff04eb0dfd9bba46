package org.evenkeel.sync.internal.lane;

import java.util.function.Consumer;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.StoreState;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.call.CallExecutor.CallOrder;
import org.evenkeel.sync.internal.call.CallExecutor.Work;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/**
 * A lane's connector and the calls into it: at most one is in flight, and its end counts only while that connector is still
 * attached. Guarded by the lane.
 */
final class LaneCalls {
    private final StoreId store;
    private final LaneServices services;
    private final StoreState state;
    private final Consumer<Runnable> locked;
    private StoreConnector connector;
    private ClassLoader loader;
    private Cancellable inFlight;
    /** Rises whenever what was called before no longer counts. */
    private long generation;

    /**
     * @param state what is kept for the store's connector
     * @param locked runs work under the lane's lock
     */
    LaneCalls(StoreId store, LaneServices services, StoreState state, Consumer<Runnable> locked) {
        this.store = store;
        this.services = services;
        this.state = state;
        this.locked = locked;
    }

    void attach(StoreConnector newConnector, ClassLoader newLoader) {
        connector = newConnector;
        loader = newLoader;
    }

    /** Lets the connector go. A call under way is cancelled, and its end is not told. */
    void letGo() {
        generation++;
        if (inFlight != null) {
            inFlight.cancel();
            inFlight = null;
        }
        connector = null;
        loader = null;
    }

    /** The attached connector; null when there is none. */
    StoreConnector connector() {
        return connector;
    }

    boolean underWay() {
        return inFlight != null;
    }

    /** Starts a call. @param ended told under the lane's lock how it ended */
    <T> void call(String operation, Work<T> work, Consumer<CallResult<T>> ended) {
        CallOrder order = new CallOrder(
                store.value(), operation, loader, services.settings().callLimit(), state);
        long mine = generation;
        inFlight = services.calls().call(order, work, result -> later(() -> ended(mine, result, ended)));
    }

    /** On a thread of the scheduler, since a call's thread may not touch the ledger. */
    private void later(Runnable work) {
        services.scheduler().schedule(services.clock().instant(), () -> locked.accept(work));
    }

    private <T> void ended(long mine, CallResult<T> result, Consumer<CallResult<T>> ended) {
        if (mine == generation) {
            inFlight = null;
            ended.accept(result);
        }
    }
}
