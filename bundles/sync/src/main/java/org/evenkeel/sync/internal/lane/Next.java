package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.evenkeel.sync.internal.call.CallExecutor.Work;
import org.evenkeel.sync.internal.call.CallResult.Trouble;

/** What an activity wants next from its lane. */
sealed interface Next {

    Next AGAIN = new Again();
    Next DONE = new Done();

    /** Step me again. */
    record Again() implements Next {}

    /** I am finished. */
    record Done() implements Next {}

    /** Do this first, then step me again. */
    record Then(Activity first) implements Next {}

    /** Step me again at that time; sooner does no harm. */
    record Until(Instant time) implements Next {}

    /**
     * Call the connector, then step me again.
     *
     * @param operation a word for it
     * @param transcript tells it so that people can read it
     * @param work the call
     * @param answered given the answer
     * @param troubled given the trouble; answers whether that settles it, so that the activity goes on at once. If not, the
     *     lane waits or stops as the trouble demands, and steps the activity again after a wait
     */
    record Calling<T>(
            String operation,
            Transcript<T> transcript,
            Work<T> work,
            Consumer<T> answered,
            Predicate<Trouble<T>> troubled)
            implements Next {}

    /** A call whose troubles are the lane's business alone. */
    static <T> Next call(String operation, Transcript<T> transcript, Work<T> work, Consumer<T> answered) {
        return new Calling<>(operation, transcript, work, answered, trouble -> false);
    }
}
