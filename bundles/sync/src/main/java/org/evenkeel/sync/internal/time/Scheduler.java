package org.evenkeel.sync.internal.time;

import java.time.Instant;

/** Runs things at a time. What is scheduled may run on any thread, at or after its time, never on the caller's stack. */
public interface Scheduler {

    /** Runs {@code work} at {@code at}, at once if that has passed. */
    Cancellable schedule(Instant at, Runnable work);

    /** Something that can be called off. */
    interface Cancellable {
        Cancellable NOTHING = () -> {};

        /** Calls it off; without effect when it already ran. */
        void cancel();
    }
}
