package org.evenkeel.database.testing;

/** No PostgreSQL server can be started on this machine; the message says why. */
public class PostgresUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PostgresUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
