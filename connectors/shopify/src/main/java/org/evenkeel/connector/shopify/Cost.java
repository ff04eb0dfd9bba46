package org.evenkeel.connector.shopify;

/** Shopify's published rules of what a field costs, in points. Scalars are free. */
final class Cost {
    static final int OBJECT = 1;
    static final int MUTATION = 10;

    private Cost() {}

    /** A connection: two, its {@code pageInfo}, and its items. */
    static int connection(int items, int costOfItem) {
        return 3 + items * costOfItem;
    }

    /** A plain list: its items. */
    static int list(int items, int costOfItem) {
        return items * costOfItem;
    }
}
