package org.evenkeel.connector;

import java.util.List;
import java.util.Objects;

/**
 * What a store sells.
 *
 * @param id the store's ids
 * @param sku as the store has it, untouched; null when there is none
 * @param title listing and variant title as a buyer reads them
 * @param state whether it takes part
 * @param stateReason the store's word for a state other than ACTIVE; empty when there is none
 * @param counter the store's id of the counter that holds its figures; listings that share a counter name the same one
 * @param figures one per location where the store counts it; empty when it does not
 */
public record StoreListing(
        ListingId id, String sku, String title, State state, String stateReason, String counter, List<Figure> figures)
        implements ListingEntry {

    /** Whether a listing takes part in synchronizing. */
    public enum State {
        ACTIVE,
        DRAFT,
        ARCHIVED,
        /** The store does not count it. */
        NOT_TRACKED
    }

    /**
     * What the store shows at one place.
     *
     * @param location the store location's id
     * @param quantity in units, by the connector's {@link Capabilities#meaning()}; may be negative where the store says so
     */
    public record Figure(String location, long quantity) {
        public Figure {
            Objects.requireNonNull(location, "location");
        }
    }

    public StoreListing {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(stateReason, "stateReason");
        Objects.requireNonNull(counter, "counter");
        figures = List.copyOf(figures);
    }
}
