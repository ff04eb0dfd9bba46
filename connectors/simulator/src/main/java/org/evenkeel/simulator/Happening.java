package org.evenkeel.simulator;

import java.util.Objects;

/**
 * Something that happened in a shop, of the kind that shops call back for.
 *
 * @param kind what
 * @param subject to what: an {@link Order}, {@link Fulfilment}, {@link Refund}, {@link Shelf}, {@link Product} or {@link Shop}
 */
public record Happening(Kind kind, Object subject) {
    /** What happened. */
    public enum Kind {
        ORDER_PLACED,
        ORDER_CHANGED,
        ORDER_CANCELLED,
        ORDER_DELETED,
        ORDER_SHIPPED,
        ORDER_REFUNDED,
        /** What is for sale on a shelf is another number. */
        SHELF_MOVED,
        PRODUCT_ADDED,
        PRODUCT_CHANGED,
        PRODUCT_DELETED,
        /** The merchant removed the app. */
        APP_REMOVED
    }

    public Happening {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
    }
}
