package org.evenkeel.ledger;

import java.util.Objects;

/**
 * An order that cannot be applied, kept with its content until its next snapshot, or a person, mends it.
 *
 * @param id the store's id
 * @param reason why, in the operator's words
 * @param content what the store sent, redacted
 */
public record OrderToPark(String id, String reason, String content) implements OrderEntry {
    public OrderToPark {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(content, "content");
    }
}
