package org.evenkeel.connector;

import java.time.Instant;

/** The store no longer serves changes as far back as the cursor. It is reported, and open orders are read again by id. */
public final class CursorTooOldException extends ConnectorException {
    private static final long serialVersionUID = 1L;
    private final Instant earliest;

    /**
     * @param message the store's words
     * @param earliest from when the store still serves changes
     */
    public CursorTooOldException(String message, Instant earliest) {
        super(message, null);
        this.earliest = earliest;
    }

    /** From when the store still serves changes; never null. */
    public Instant earliest() {
        return earliest;
    }
}
