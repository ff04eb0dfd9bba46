package org.evenkeel.ledger;

/**
 * A product's id in the ledger.
 *
 * @param value above 0
 */
public record ProductId(long value) implements Comparable<ProductId> {
    public ProductId {
        if (value < 1) {
            throw new InvalidInputException("product", "An id is above 0, not " + value + ".");
        }
    }

    @Override
    public int compareTo(ProductId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
