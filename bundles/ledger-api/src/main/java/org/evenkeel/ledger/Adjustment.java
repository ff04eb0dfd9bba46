package org.evenkeel.ledger;

import java.util.Objects;

/**
 * A person's change of In Stock.
 *
 * @param product whose
 * @param location where
 * @param kind set, add or subtract
 * @param quantity in units: for SET what was counted (≥ 0), else how many (≥ 1)
 * @param seenVersion for SET: the level's version that its author saw; the difference to In Stock at that version is applied
 *     to today's level. null takes the level as it is now. Not used otherwise
 * @param reason a short word for why, such as "damaged"; may be empty
 * @param actor who
 * @param key the caller's idempotency key; not null
 */
public record Adjustment(
        ProductId product,
        LocationId location,
        Kind kind,
        long quantity,
        Long seenVersion,
        String reason,
        String actor,
        IdempotencyKey key) {

    /** How the quantity is meant. */
    public enum Kind {
        SET,
        ADD,
        SUBTRACT
    }

    /** The most units that one adjustment names. */
    public static final long MAX_QUANTITY = 1_000_000_000_000L;

    public Adjustment {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(key, "key");
        if (quantity < (kind == Kind.SET ? 0 : 1) || quantity > MAX_QUANTITY) {
            throw new InvalidInputException(
                    "quantity",
                    "A quantity is " + (kind == Kind.SET ? "0" : "1") + " to " + MAX_QUANTITY + ", not " + quantity
                            + ".");
        }
        if (reason.length() > 200) {
            throw new InvalidInputException("reason", "A reason has at most 200 characters.");
        }
    }
}
