package org.evenkeel.ledger;

/**
 * A store's id, given once when it is added and kept for its life, also after it was removed.
 *
 * @param value 1 to 40 of a-z, 0-9 and -, beginning with a letter
 */
public record StoreId(String value) implements Comparable<StoreId> {
    public StoreId {
        if (!value.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new InvalidInputException(
                    "store", "A store's id is 1 to 40 of a-z, 0-9 and -, beginning with a letter, not: " + value);
        }
    }

    @Override
    public int compareTo(StoreId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
