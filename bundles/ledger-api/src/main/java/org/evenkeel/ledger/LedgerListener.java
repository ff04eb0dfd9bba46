package org.evenkeel.ledger;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told after a commit what changed; registered as a service (whiteboard). A hint, never the truth: a listener that missed one
 * finds out by asking. Called on the committing thread; return at once, an exception is logged and changes nothing.
 */
@ConsumerType
public interface LedgerListener {

    /** What a commit touched. */
    void changed(Change change);

    /**
     * What a commit touched.
     *
     * @param kinds which kinds of things
     * @param products products whose figures or listings changed; empty when none, or when too many to name ({@code many})
     * @param stores stores with listings that became due, or whose own data changed
     * @param many whether products were too many to name
     */
    record Change(Set<Kind> kinds, Set<ProductId> products, Set<StoreId> stores, boolean many) {
        /** Kinds of things that change. */
        public enum Kind {
            LEVELS,
            ORDERS,
            LISTINGS,
            OUTCOMES,
            STORES,
            PRODUCTS,
            LOCATIONS,
            RULES
        }

        public Change {
            kinds = Set.copyOf(kinds);
            products = Set.copyOf(products);
            stores = Set.copyOf(stores);
        }
    }
}
