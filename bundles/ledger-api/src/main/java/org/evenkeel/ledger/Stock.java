package org.evenkeel.ledger;

import java.util.List;

/**
 * The figures of one product over all of its locations, in units.
 *
 * @param product whose
 * @param levels one per location that has ever moved
 * @param version the product's change version, which rises with every change that a listing's figure may depend on
 */
public record Stock(ProductId product, List<Level> levels, long version) {
    public Stock {
        levels = List.copyOf(levels);
    }

    public long inStock() {
        return levels.stream().mapToLong(Level::inStock).reduce(0, Math::addExact);
    }

    public long booked() {
        return levels.stream().mapToLong(Level::booked).reduce(0, Math::addExact);
    }

    public long incoming() {
        return levels.stream().mapToLong(Level::incoming).reduce(0, Math::addExact);
    }

    /** Σ (In Stock − Booked): what is left when oversold locations count against the others. */
    public long available() {
        return levels.stream().mapToLong(Level::available).reduce(0, Math::addExact);
    }

    /** Σ max(0, Available): what can be sold. */
    public long forSale() {
        return levels.stream()
                .mapToLong(level -> Math.max(0, level.available()))
                .reduce(0, Math::addExact);
    }

    /** Σ max(0, −Available): what was sold and is not there. */
    public long shortage() {
        return levels.stream()
                .mapToLong(level -> Math.max(0, -level.available()))
                .reduce(0, Math::addExact);
    }
}
