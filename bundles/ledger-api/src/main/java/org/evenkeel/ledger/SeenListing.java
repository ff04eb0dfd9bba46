package org.evenkeel.ledger;

import java.util.List;
import java.util.Objects;

/**
 * A listing as a pull saw it.
 *
 * @param listing the store's listing id
 * @param variant the store's variant id; empty where it has none
 * @param sku raw; null when there is none
 * @param title as a buyer reads it
 * @param state ACTIVE, DRAFT, ARCHIVED, NOT_TRACKED or UNREADABLE: the ledger derives the others
 * @param stateReason the store's words for it; may be empty
 * @param counter the store's id of the counter that holds its figures
 * @param figures what it shows, by store location; empty when unreadable
 */
public record SeenListing(
        String listing,
        String variant,
        String sku,
        String title,
        ListingView.State state,
        String stateReason,
        String counter,
        List<SeenFigure> figures) {

    /** What the store shows at one of its locations, in units by its own meaning. */
    public record SeenFigure(String storeLocation, long quantity) {}

    public SeenListing {
        Objects.requireNonNull(listing, "listing");
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(counter, "counter");
        figures = List.copyOf(figures);
    }
}
