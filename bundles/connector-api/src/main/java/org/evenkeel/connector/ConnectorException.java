package org.evenkeel.connector;

/**
 * A failure of the store, typed by its consequence.
 *
 * <p>The message is shown to the operator: what failed and the way out, in the store's words where it has some, without
 * secrets and without a buyer's data. What only a developer needs goes into the cause.
 */
public abstract sealed class ConnectorException extends Exception
        permits ConfigurationException, RateLimitedException, TransientException, CursorTooOldException {
    private static final long serialVersionUID = 1L;

    ConnectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
