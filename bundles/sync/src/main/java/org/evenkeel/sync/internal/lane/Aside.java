package org.evenkeel.sync.internal.lane;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evenkeel.sync.internal.call.CallResult.Trouble;

/** Something a person waits for, done between two steps of a run. Its troubles are told to that person, not to the lane. */
final class Aside implements Activity {
    private final Supplier<Activity> made;
    private final Consumer<String> ended;
    private Activity work;
    private boolean over;

    /**
     * @param made makes the work when its turn comes
     * @param ended told how it ended: null when all went well, else words; at most once
     */
    Aside(Supplier<Activity> made, Consumer<String> ended) {
        this.made = made;
        this.ended = ended;
    }

    @Override
    public Next next() {
        if (over) {
            return Next.DONE;
        }
        if (work == null) {
            work = made.get();
        }
        Next next = work.next();
        if (next instanceof Next.Done) {
            end(null);
        }
        return next instanceof Next.Calling<?> calling ? quiet(calling) : next;
    }

    private <T> Next quiet(Next.Calling<T> calling) {
        return new Next.Calling<T>(
                calling.operation(),
                calling.transcript(),
                calling.work(),
                calling.answered(),
                trouble -> troubled(calling, trouble));
    }

    private <T> boolean troubled(Next.Calling<T> calling, Trouble<T> trouble) {
        if (!calling.troubled().test(trouble)) {
            end(trouble.words());
        }
        return true;
    }

    /** Ends it with words; without effect when it ended before. */
    void end(String words) {
        if (!over) {
            over = true;
            ended.accept(words);
        }
    }
}
