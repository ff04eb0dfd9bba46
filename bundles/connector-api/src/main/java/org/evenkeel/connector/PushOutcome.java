package org.evenkeel.connector;

import java.util.Objects;

/** What became of one item of a push. */
public sealed interface PushOutcome {

    /** The store shows the figure now. */
    record Acknowledged() implements PushOutcome {}

    /**
     * The store took it and will apply it later.
     *
     * @param token to be asked for with {@link StoreConnector#confirm}
     */
    record Accepted(String token) implements PushOutcome {
        public Accepted {
            Objects.requireNonNull(token, "token");
        }
    }

    /**
     * The store refused this item for a reason that another try will not change; it is parked.
     *
     * @param code the store's code
     * @param message the store's words, without secrets
     */
    record Refused(String code, String message) implements PushOutcome {
        public Refused {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The store does not show the expected figure; nothing was changed.
     *
     * @param actual what it shows; null when it does not tell
     */
    record Stale(Long actual) implements PushOutcome {}

    /**
     * Nothing was tried for this item, such as when another one of its batch spoilt the whole; it can go again at once.
     *
     * @param message why
     */
    record NotSent(String message) implements PushOutcome {
        public NotSent {
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * It is not known whether the store applied it.
     *
     * @param message what happened
     */
    record Unknown(String message) implements PushOutcome {
        public Unknown {
            Objects.requireNonNull(message, "message");
        }
    }
}
