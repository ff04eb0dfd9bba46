package org.evenkeel.sync;

import java.time.Instant;
import org.evenkeel.ledger.ListingKey;

/**
 * A figure whose drift waits for a person.
 *
 * @param figure the ledger's id of the figure
 * @param listing the store's ids of its listing
 * @param sku the listing's raw SKU; empty when it has none
 * @param title the listing's title
 * @param storeLocation the store's location
 * @param believed what the store was believed to show
 * @param shown what it shows
 * @param since when the gap was first read
 * @param seenAt when it was last read
 */
public record DriftedFigure(
        long figure,
        ListingKey listing,
        String sku,
        String title,
        String storeLocation,
        long believed,
        long shown,
        Instant since,
        Instant seenAt) {}
