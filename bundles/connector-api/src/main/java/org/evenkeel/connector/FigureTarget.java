package org.evenkeel.connector;

import java.util.Objects;

/**
 * A counter of the store at one of its locations: what a figure is read from and pushed to.
 *
 * @param listing a listing that the counter belongs to
 * @param counter the store's id of the counter, as {@link StoreListing#counter()}
 * @param location the store location's id
 */
public record FigureTarget(ListingId listing, String counter, String location) {
    public FigureTarget {
        Objects.requireNonNull(listing, "listing");
        Objects.requireNonNull(counter, "counter");
        Objects.requireNonNull(location, "location");
    }
}
