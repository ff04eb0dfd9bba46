package org.evenkeel.ledger;

import java.util.List;
import java.util.Objects;

/**
 * A product that a plan opened, and whether that can be taken back.
 *
 * @param product which
 * @param inStock In Stock that it was opened with, in units, over all locations
 * @param movements the movements that did it
 * @param stays why it cannot be taken back: in words; empty when it can be
 */
public record PlannedOpening(ProductId product, long inStock, List<MovementId> movements, String stays) {
    public PlannedOpening {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(stays, "stays");
        movements = List.copyOf(movements);
    }

    /** Whether it can be taken back. */
    public boolean reversible() {
        return stays.isEmpty();
    }
}
