package org.evenkeel.sync;

/** What a Refresh does. */
public enum RefreshKind {
    /** Listings and orders in, then inventory out. */
    NORMAL,
    /** As {@link #NORMAL}, and every listing is compared with a read-back. */
    HARD,
    /**
     * Listings and orders in; what would be sent is recorded with the run, and nothing is sent. Changes that come meanwhile
     * wait until it is over.
     */
    DRY
}
