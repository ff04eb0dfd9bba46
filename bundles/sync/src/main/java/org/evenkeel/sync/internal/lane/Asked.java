package org.evenkeel.sync.internal.lane;

import java.util.function.Consumer;
import org.evenkeel.sync.internal.call.CallResult;

/** Asks a store one thing. Whatever comes of it is told to who asked, once. */
final class Asked<T> implements Activity {
    private final Scope scope;
    private final String operation;
    private final Question<T> question;
    private final Consumer<CallResult<T>> told;
    private boolean done;

    Asked(Scope scope, String operation, Question<T> question, Consumer<CallResult<T>> told) {
        this.scope = scope;
        this.operation = operation;
        this.question = question;
        this.told = told;
    }

    @Override
    public Next next() {
        if (done) {
            return Next.DONE;
        }
        return new Next.Calling<T>(
                operation,
                Transcript.plain(),
                call -> question.ask(scope.connector, call),
                answer -> tell(new CallResult.Answer<>(answer)),
                trouble -> {
                    tell(trouble);
                    return true;
                });
    }

    private void tell(CallResult<T> result) {
        done = true;
        told.accept(result);
    }
}
