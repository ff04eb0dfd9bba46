package org.evenkeel.ledger;

/**
 * A movement's id in the journal; rises with time within one product and location.
 *
 * @param value above 0
 */
public record MovementId(long value) implements Comparable<MovementId> {
    public MovementId {
        if (value < 1) {
            throw new InvalidInputException("movement", "An id is above 0, not " + value + ".");
        }
    }

    @Override
    public int compareTo(MovementId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
