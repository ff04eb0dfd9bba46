package org.evenkeel.sync;

import java.util.Objects;
import java.util.Set;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ProductId;

/**
 * One figure of a plan: what the store shows for a listing at one of its locations, and what it would get. A listing without
 * figures (it cannot be read, or the store does not count it) has one row, without a location. Quantities are units, in the
 * store's own meaning (sellable, or on hand) where they are figures of the store.
 *
 * @param id its id within all plans; rows are ordered by SKU, then by it
 * @param listing the store's ids of the listing
 * @param sku raw; null when it has none
 * @param title as a buyer reads it
 * @param storeLocation the store's id of the location; empty when the listing has no figures
 * @param product the product that it sells; null when it has none, or its product would be new
 * @param findings what there is to know of it; may be empty
 * @param words the findings in words, such as the SKU that it is near to; may be empty
 * @param there what the store shows; null when it does not tell
 * @param believed what the store was believed to show, for RELEASE and UNDO; null when nothing is believed
 * @param gets the figure that it would get, as of the present choices; null when nothing is sent to it
 * @param change how {@code there} and {@code gets} differ
 * @param choice what is to become of it as of the present choices; null when there is nothing to choose. TURN_ON: ADOPT, HOLD
 *     or SET for products that were never counted. UNDO: ADOPT (the proposed figure is pushed), HOLD (the figure is left as
 *     it is) or SET (another figure is pushed). RELEASE: null
 * @param chosen whether somebody chose that for its SKU, rather than the defaults
 * @param quantity for SET: the quantity that was chosen; else null
 * @param inStock TURN_ON: In Stock that its product would be opened with behind this location, null when it is not opened.
 *     UNDO: In Stock that was opened with and is taken back, null when nothing is
 * @param before UNDO: what the store showed before the plan that is undone; else null
 * @param sold UNDO: units that orders of all stores took since then, net of what came back; else null
 */
public record PlanRow(
        long id,
        ListingKey listing,
        String sku,
        String title,
        String storeLocation,
        ProductId product,
        Set<Finding> findings,
        String words,
        Long there,
        Long believed,
        Long gets,
        Change change,
        PlanChoices.Opening choice,
        boolean chosen,
        Long quantity,
        Long inStock,
        Long before,
        Long sold) {

    /** What there is to know of a row. */
    public enum Finding {
        /** No product owns its SKU: one is created. */
        NEW_PRODUCT,
        /** Its product was never counted: it is opened, or held, as is chosen. */
        NEVER_COUNTED,
        /** Its SKU is another one's but for case and white space: it is linked to that one's product. */
        NEAR_DUPLICATE,
        /** Listings of its SKU show different figures and its product was never counted: somebody must choose. */
        CONFLICT,
        /** It has no SKU, so that it takes no part. */
        NO_SKU,
        /** No ledger location stands behind its store location: it is shown and never written. */
        UNMAPPED,
        /** It could not be read: the words say why. */
        UNREADABLE,
        /** It is a draft, archived, or not tracked by the store: it takes no part. */
        INACTIVE,
        /** Another listing shares its counter and is pushed for both. */
        SHARED_COUNTER,
        /** Its rule pauses it, or its location cannot be written. */
        PAUSED,
        /** The ledger knows it, and the store shows it no more. Not found yet: the run that applies the plan marks it as gone. */
        GONE,
        /** UNDO: its product's opening stays, because of what came later: the words say what. */
        STAYS_OPEN
    }

    /** How a figure would change. */
    public enum Change {
        /** Nothing is sent to it. */
        NOT_SENT,
        /** It shows what it should. */
        UNCHANGED,
        /** It goes up. */
        RAISED,
        /** It goes down, not to 0. */
        LOWERED,
        /** It goes down to 0 (or below). */
        ZEROED
    }

    public PlanRow {
        Objects.requireNonNull(listing, "listing");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(storeLocation, "storeLocation");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(change, "change");
        findings = Set.copyOf(findings);
    }
}
