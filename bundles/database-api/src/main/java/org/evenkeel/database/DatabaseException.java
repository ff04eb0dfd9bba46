package org.evenkeel.database;

/** The database cannot do what was asked; the message is fit for an administrator and holds no secret. */
public class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
