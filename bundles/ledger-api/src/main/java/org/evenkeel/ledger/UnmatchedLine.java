package org.evenkeel.ledger;

import java.time.Instant;

/**
 * A line that waits for its product.
 *
 * @param order its order
 * @param line the store's line id
 * @param sku the raw SKU that no product owns
 * @param title as a buyer reads it
 * @param counts its counts
 * @param since when it began to wait
 */
public record UnmatchedLine(OrderKey order, String line, String sku, String title, LineCounts counts, Instant since) {}
