package org.evenkeel.ledger;

/**
 * A location's id in the ledger.
 *
 * @param value above 0
 */
public record LocationId(long value) implements Comparable<LocationId> {
    public LocationId {
        if (value < 1) {
            throw new InvalidInputException("location", "An id is above 0, not " + value + ".");
        }
    }

    @Override
    public int compareTo(LocationId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
