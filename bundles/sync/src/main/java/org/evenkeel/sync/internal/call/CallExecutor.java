package org.evenkeel.sync.internal.call;

import java.time.Duration;
import java.util.function.Consumer;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.StoreState;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/** Makes calls into connectors: with a deadline, cancellable, never on the caller's stack. */
public interface CallExecutor {

    /**
     * Starts a call.
     *
     * @param order what is called, in which surroundings
     * @param work the call itself
     * @param done told once how it ended, on any thread; not told after the call was cancelled
     * @return cancels the call: it is interrupted, and its end is not told
     */
    <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done);

    /** What is called. */
    @FunctionalInterface
    interface Work<T> {
        T run(Call call) throws ConnectorException;
    }

    /**
     * The surroundings of a call.
     *
     * @param store whose connector is called
     * @param operation what is called
     * @param loader the connector's class loader, the thread's context class loader meanwhile
     * @param limit how long it may take
     * @param state what the host keeps for the store
     */
    record CallOrder(String store, String operation, ClassLoader loader, Duration limit, StoreState state) {
        /** For thread names and words. */
        String name() {
            return store + " " + operation;
        }
    }
}
