package org.evenkeel.connector;

import java.time.Duration;

/** The store asks for patience. The lane waits at least that long and then does the same call again. */
public final class RateLimitedException extends ConnectorException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;
    private final boolean urgentMayGo;

    /**
     * @param message the store's words
     * @param retryAfter how long to wait, not negative
     */
    public RateLimitedException(String message, Duration retryAfter) {
        this(message, retryAfter, false);
    }

    /**
     * @param message the store's words
     * @param retryAfter how long to wait, not negative
     * @param urgentMayGo whether only calls of this kind wait: what the store still lets pass is kept for orders and figures
     */
    public RateLimitedException(String message, Duration retryAfter, boolean urgentMayGo) {
        super(message, null);
        this.retryAfter = retryAfter;
        this.urgentMayGo = urgentMayGo;
    }

    /** How long to wait; never null. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether orders and figures may go before the time is over. */
    public boolean urgentMayGo() {
        return urgentMayGo;
    }
}
