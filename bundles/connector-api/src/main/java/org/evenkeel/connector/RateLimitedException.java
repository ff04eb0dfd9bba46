package org.evenkeel.connector;

import java.time.Duration;

/** The store asks for patience. The lane waits at least that long and then does the same call again. */
public final class RateLimitedException extends ConnectorException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    /**
     * @param message the store's words
     * @param retryAfter how long to wait, not negative
     */
    public RateLimitedException(String message, Duration retryAfter) {
        super(message, null);
        this.retryAfter = retryAfter;
    }

    /** How long to wait; never null. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
