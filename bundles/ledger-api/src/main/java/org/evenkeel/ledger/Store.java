package org.evenkeel.ledger;

import java.time.Instant;

/**
 * A store as the ledger knows it.
 *
 * @param id its id, for ever
 * @param name what people call it
 * @param kind which connector speaks to it: the factory PID of its configuration
 * @param account what the store calls itself; empty before it was first reached
 * @param createdAt when it was added
 * @param syncOn whether synchronizing is on
 * @param firstTurnedOnAt the moment of first turning on, by the store's clock, fixed for its life; null before
 * @param removedAt when it was removed; null while it is there. Its history stays
 * @param orderCursor the store's cursor behind the last applied page; null before the first
 * @param onHandFigures whether its figures count what is on hand rather than what is sellable
 */
public record Store(
        StoreId id,
        String name,
        String kind,
        String account,
        Instant createdAt,
        boolean syncOn,
        Instant firstTurnedOnAt,
        Instant removedAt,
        String orderCursor,
        boolean onHandFigures) {}
