package org.evenkeel.ledger;

/**
 * Which part of a longer list is wanted.
 *
 * @param offset how many to leave out, ≥ 0
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(int offset, int limit) {
    public static final int MAX_LIMIT = 500;

    public PageRequest {
        if (offset < 0) {
            throw new InvalidInputException("offset", "An offset is 0 or more, not " + offset + ".");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidInputException("limit", "A limit is 1 to " + MAX_LIMIT + ", not " + limit + ".");
        }
    }
}
