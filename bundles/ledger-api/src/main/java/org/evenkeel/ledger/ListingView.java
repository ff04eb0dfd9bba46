package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A listing as the ledger keeps it.
 *
 * @param key the store's ids
 * @param sku raw, as the store has it; null when it has none
 * @param title as a buyer reads it
 * @param state whether it takes part
 * @param stateReason words for a state other than ACTIVE; may be empty
 * @param product the product it sells; null when it has no SKU
 * @param foldedMatch whether it was linked though its SKU matches only when folded, so that a person can split it
 * @param rule the rule that counts for it, and whose it is; where listings share a counter, that of the one that is pushed
 *     makes the figure
 * @param figures one per store location
 */
public record ListingView(
        ListingKey key,
        String sku,
        String title,
        State state,
        String stateReason,
        ProductId product,
        boolean foldedMatch,
        EffectiveRule rule,
        List<Figure> figures) {

    /** Whether a listing takes part. Only ACTIVE listings are pushed. */
    public enum State {
        ACTIVE,
        DRAFT,
        ARCHIVED,
        NOT_TRACKED,
        /** Another listing of the store shares its counter and is pushed for both. */
        SHARED_COUNTER,
        NO_SKU,
        UNREADABLE,
        /** Missing from a complete pull. */
        GONE
    }

    /**
     * A listing's figure at one store location, in units of the store's own meaning (sellable, or on hand).
     *
     * @param id the ledger's id of the figure
     * @param storeLocation the store's location
     * @param mapped whether a ledger location stands behind it
     * @param seen the figure last read there; null before the first reading
     * @param seenAt when
     * @param acknowledged the figure last acknowledged; null before the first
     * @param acknowledgedAt when
     * @param belief what the store is believed to show now; null when unknown
     * @param wanted what it should show; null when it is not pushed (not active, unmapped, unopened, no SKU, paused)
     * @param due whether something it depends on is newer than what it acknowledged
     * @param outcome how the last push ended
     * @param message the store's words with it; may be empty
     * @param retryAt when it goes again; null when that is not by time
     * @param notSent words why nothing is sent although the listing is active (paused by a rule, unmapped, unopened); empty
     *     when it is sent, or when the listing's state says why not
     */
    public record Figure(
            long id,
            String storeLocation,
            boolean mapped,
            Long seen,
            Instant seenAt,
            Long acknowledged,
            Instant acknowledgedAt,
            Long belief,
            Long wanted,
            boolean due,
            Outcome outcome,
            String message,
            Instant retryAt,
            String notSent) {}

    /** How a listing's last push ended. */
    public enum Outcome {
        /** It was never pushed, or what became of the last push no longer counts. */
        NONE,
        ACKNOWLEDGED,
        /** To be confirmed later. */
        ACCEPTED,
        /** It may have been done or not: also while it is under way. */
        UNKNOWN,
        /** The store refused it, and something changed since or a person let it go: it goes again. */
        REFUSED,
        /** Goes again by time. */
        RETRYING,
        /** The store refused it: it waits until something it depends on changes, or for a person. */
        PARKED
    }

    public ListingView {
        figures = List.copyOf(figures);
    }
}
