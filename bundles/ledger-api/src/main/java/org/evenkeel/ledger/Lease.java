package org.evenkeel.ledger;

import java.util.Objects;

/**
 * That a node serves a store, until it is renewed no more.
 *
 * @param store which store
 * @param node who serves it: the node's name, 1 to 100 characters
 * @param token rises with each acquisition of the store, whoever acquires; never used twice
 */
public record Lease(StoreId store, String node, long token) {
    private static final int LONGEST_NAME = 100;

    public Lease {
        Objects.requireNonNull(store, "store");
        if (node.isBlank() || node.length() > LONGEST_NAME) {
            throw new InvalidInputException("node", "A node's name has 1 to " + LONGEST_NAME + " characters.");
        }
    }
}
