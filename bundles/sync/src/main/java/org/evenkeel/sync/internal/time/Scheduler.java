package org.evenkeel.sync.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs things at a time. What is scheduled may run on any thread, at or after its time, never on the caller's stack. */
public interface Scheduler {

    /** Runs {@code work} at {@code at}, at once if that has passed. */
    Cancellable schedule(Instant at, Runnable work);

    /**
     * Waits on the calling thread for what somebody else is to complete. In virtual time, time passes meanwhile.
     *
     * @param most how long at most
     * @throws TimeoutException when it is not complete by then
     */
    default <T> T await(CompletableFuture<T> answer, Duration most)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something that can be called off. */
    interface Cancellable {
        Cancellable NOTHING = () -> {};

        /** Calls it off; without effect when it already ran. */
        void cancel();
    }
}
