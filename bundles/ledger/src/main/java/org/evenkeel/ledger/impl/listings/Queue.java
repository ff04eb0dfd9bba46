package org.evenkeel.ledger.impl.listings;

/**
 * Where a figure stands on its way to the store. Kept by its ordinal: never reorder. All but {@link #REST} are found by an
 * index, so that work follows what changed.
 */
enum Queue {
    /** Nothing to do: level, or its listing takes no part. */
    REST,
    /** An order, an adjustment or an outcome concerns it: to be looked at first. */
    MOVED,
    /** A pull, a mapping or a person concerns it: to be looked at. */
    FRESH,
    /** Was looked at: the store shows more than it should, or nobody knows what it shows. */
    DOWN,
    /** Was looked at: the store shows less than it could. */
    UP,
    /** Goes again by time. */
    WAITING,
    /** Is being sent, or nobody knows whether it was. */
    UNKNOWN,
    /** The store took it and will do it later. */
    ACCEPTED,
    /** The store refused it: waits for a change or a person. */
    PARKED,
    /** Differs, or may, but must not be sent: not opened, not mapped, not writable, paused. A change wakes it. */
    DORMANT;

    /** Whether an outcome is outstanding. */
    boolean outstanding() {
        return this == UNKNOWN || this == ACCEPTED;
    }

    /** Whether it could be sent now, as far as it was looked at. */
    boolean ready() {
        return this == MOVED || this == FRESH || this == DOWN || this == UP;
    }

    /** Whether the store may not show what it should. */
    boolean behind() {
        return this != REST && this != DORMANT;
    }
}
