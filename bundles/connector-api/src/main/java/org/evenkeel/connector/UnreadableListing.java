package org.evenkeel.connector;

import java.util.Objects;

/**
 * A listing that the connector cannot make sense of, such as one with a fractional figure. It holds up nothing else.
 *
 * @param id the store's ids
 * @param reason why, in the operator's words
 */
public record UnreadableListing(ListingId id, String reason) implements ListingEntry {
    public UnreadableListing {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
    }
}
