package org.evenkeel.ledger;

import java.time.Instant;

/**
 * A figure whose last reading is not what the store is believed to show.
 *
 * @param id the ledger's id of the figure
 * @param key the store's ids of the listing
 * @param counter the store's id of the counter
 * @param storeLocation the store's location
 * @param belief what it is believed to show; null when that is unknown
 * @param seen the last reading
 * @param seenAt when that was
 * @param gap {@code seen − belief}; 0 when the belief is unknown
 * @param firstGap the gap that an earlier reading had, followed by a complete order pull; null when this is the first
 * @param firstGapAt when that earlier reading was; null when this is the first
 * @param steady whether no order of the store is known that moved it since it was read
 */
public record FigureGap(
        long id,
        ListingKey key,
        String counter,
        String storeLocation,
        Long belief,
        long seen,
        Instant seenAt,
        long gap,
        Long firstGap,
        Instant firstGapAt,
        boolean steady) {}
