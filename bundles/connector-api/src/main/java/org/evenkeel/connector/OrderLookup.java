package org.evenkeel.connector;

import java.util.Objects;

/** The answer to a look-up of one order by its id. */
public sealed interface OrderLookup {

    /** The id that was asked for. */
    String id();

    /** The store has it. */
    record Found(OrderEntry order) implements OrderLookup {
        public Found {
            Objects.requireNonNull(order, "order");
        }

        @Override
        public String id() {
            return order.id();
        }
    }

    /** The store has no such order any more; it counts as cancelled. */
    record Gone(String id) implements OrderLookup {
        public Gone {
            Objects.requireNonNull(id, "id");
        }
    }
}
