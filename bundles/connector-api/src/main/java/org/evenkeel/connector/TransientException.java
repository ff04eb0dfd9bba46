package org.evenkeel.connector;

/** A passing fault: network, 5xx, maintenance. The lane tries again with backoff and jitter. */
public final class TransientException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    public TransientException(String message) {
        super(message, null);
    }

    public TransientException(String message, Throwable cause) {
        super(message, cause);
    }
}
