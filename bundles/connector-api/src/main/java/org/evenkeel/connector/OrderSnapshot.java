package org.evenkeel.connector;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The complete current state of one order: every line, nested pages followed.
 *
 * @param id the store's id
 * @param name what people call it, such as {@code #1001}
 * @param updatedAt when the store says it last changed
 * @param revision the store's own version number, which wins over {@code updatedAt}; 0 where there is none
 * @param placedAt when it was placed, by the store's clock
 * @param pending whether it is not yet paid and the store reserves its units
 * @param origin where it was first placed, when this store only mirrors it; null for its own orders
 * @param lines every line, in the store's order
 */
public record OrderSnapshot(
        String id,
        String name,
        Instant updatedAt,
        long revision,
        Instant placedAt,
        boolean pending,
        Origin origin,
        List<OrderLine> lines)
        implements OrderEntry {

    /**
     * Where a mirrored order was first placed.
     *
     * @param account what that store calls itself, as its own {@link CheckReport#account()}
     * @param orderId the order's id there
     */
    public record Origin(String account, String orderId) {
        public Origin {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(orderId, "orderId");
        }
    }

    public OrderSnapshot {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(placedAt, "placedAt");
        lines = List.copyOf(lines);
    }
}
