package org.evenkeel.connector;

import java.time.Instant;
import java.util.Objects;

/**
 * An order that the connector cannot make sense of, such as one with a fractional quantity. The host parks it and goes on.
 *
 * @param id the store's id
 * @param updatedAt when the store says it last changed; null when that cannot be read either
 * @param reason why, in the operator's words
 * @param content what the store sent, without the buyer's name, address, e-mail and without secrets, up to 16 KiB
 */
public record UnreadableOrder(String id, Instant updatedAt, String reason, String content) implements OrderEntry {
    public UnreadableOrder {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(content, "content");
    }
}
