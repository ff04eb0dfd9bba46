package org.evenkeel.sync.internal.call;

import org.evenkeel.connector.ConnectorException;

/** How a guarded call into a connector ended. */
public sealed interface CallResult<T> {

    /** It answered. */
    record Answer<T>(T value) implements CallResult<T> {}

    /** It did not answer. */
    sealed interface Trouble<T> extends CallResult<T> {
        /** Words for a person; without secrets as far as the connector kept its word. */
        String words();
    }

    /** It failed as connectors fail. */
    record Failed<T>(ConnectorException failure) implements Trouble<T> {
        @Override
        public String words() {
            return failure.getMessage();
        }
    }

    /** It passed its deadline and was given up; what it did is not known. */
    record GivenUp<T>(String words) implements Trouble<T> {}

    /** It failed as only a bug fails; what it did is not known. */
    record Bug<T>(String words, Throwable cause) implements Trouble<T> {}
}
