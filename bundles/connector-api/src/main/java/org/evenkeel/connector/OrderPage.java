package org.evenkeel.connector;

import java.util.List;
import java.util.Objects;

/**
 * A page of orders that changed.
 *
 * @param entries complete snapshots, oldest change first; may be empty
 * @param cursor where to go on behind this page, opaque to the host, up to 2,000 characters; never null
 * @param more whether the store has another page right now; {@code false} ends the pull
 */
public record OrderPage(List<OrderEntry> entries, String cursor, boolean more) {
    public OrderPage {
        entries = List.copyOf(entries);
        Objects.requireNonNull(cursor, "cursor");
    }
}
