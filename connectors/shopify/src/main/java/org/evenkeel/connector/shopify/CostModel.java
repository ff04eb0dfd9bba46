package org.evenkeel.connector.shopify;

import java.util.EnumMap;
import java.util.Map;

/**
 * What an operation costs. By the published rules an object costs 1, a connection 2 and its objects, a mutation 10; the
 * store may count less. So each answer teaches how far the rules are off, and pages grow to what the store allows.
 * Thread-safe.
 */
final class CostModel {
    /** No query may cost more than 1000; some room is left. */
    static final int CEILING = 900;

    /** The most that any list may hold. */
    static final int LONGEST_PAGE = 250;

    private final Map<Operation, Double> factors = new EnumMap<>(Operation.class);
    private final Map<Operation, Integer> longest = new EnumMap<>(Operation.class);

    /** What the store will reserve for an operation that costs so much by the rules. */
    synchronized double expected(Operation operation, int byTheRules) {
        return byTheRules * factors.getOrDefault(operation, 1.0);
    }

    /** How many items of that cost a page may hold. */
    synchronized int pageSize(Operation operation, int costOfItem) {
        double fits = (CEILING - 10) / expected(operation, costOfItem);
        int most = Math.min(LONGEST_PAGE, longest.getOrDefault(operation, LONGEST_PAGE));
        return Math.max(1, (int) Math.min(fits, most));
    }

    /** The store told what it reserved. */
    synchronized void learn(Operation operation, int byTheRules, double requested) {
        if (byTheRules > 0 && requested > 0) {
            factors.put(operation, requested / byTheRules);
        }
    }

    /** The store found a page too dear: never as long again. */
    synchronized void tooDear(Operation operation, int length) {
        longest.put(operation, Math.max(1, length / 2));
    }
}
