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
 * @param candidate the product that owns the SKU, but was counted after units of the line had been sent, so that the count may
 *     have seen them gone: a person decides by {@link OrderBook#map}; null when no product owns the SKU
 */
public record UnmatchedLine(
        OrderKey order, String line, String sku, String title, LineCounts counts, Instant since, ProductId candidate) {}
