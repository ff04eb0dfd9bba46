package org.evenkeel.connector;

import java.util.List;
import java.util.Objects;

/**
 * Figures to set in one call.
 *
 * @param key the batch's idempotency key: the same only for the identical batch, up to 64 characters
 * @param items what to set, each target once
 */
public record PushBatch(String key, List<Item> items) {

    /**
     * One figure to set.
     *
     * @param target where
     * @param sku the raw SKU that goes with it, as the store has it
     * @param figure the absolute figure, ≥ 0, at most the declared cap
     * @param expected the figure that the store is believed to show; null sets without a condition
     */
    public record Item(FigureTarget target, String sku, long figure, Long expected) {
        public Item {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(sku, "sku");
            if (figure < 0) {
                throw new IllegalArgumentException("A figure is never pushed below 0: " + figure);
            }
        }
    }

    public PushBatch {
        Objects.requireNonNull(key, "key");
        items = List.copyOf(items);
    }
}
