package org.evenkeel.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What recording a listing would do, as the ledger is now: nothing was changed to find out.
 *
 * @param key the store's ids of the listing
 * @param sku raw, as it would be kept; null when it has none
 * @param title as it would be kept
 * @param state the state that it would have, as far as the ledger knows the listings that share its counter
 * @param stateReason words for a state other than ACTIVE; may be empty
 * @param counter the store's id of its counter
 * @param product the product that it would be linked to; null when that is new, or there is none
 * @param newProduct whether its product would be created
 * @param productSku the SKU of {@code product}; null when there is none yet
 * @param foldedMatch whether it would be linked though its SKU is that of {@code product} only when folded
 * @param opened whether {@code product} was ever counted
 * @param elsewhere for a product that was never counted: what active listings of other stores show of it, by store; one figure
 *     for each store location
 * @param figures what it shows, by store location
 */
public record ForeseenListing(
        ListingKey key,
        String sku,
        String title,
        ListingView.State state,
        String stateReason,
        String counter,
        ProductId product,
        boolean newProduct,
        String productSku,
        boolean foldedMatch,
        boolean opened,
        Map<StoreId, List<Long>> elsewhere,
        List<Figure> figures) {

    /**
     * A figure of the store's, and what makes the one that it would get. Units are the ledger's (sellable), {@code there} and
     * {@code believed} are by the store's own meaning.
     *
     * @param storeLocation the store's location
     * @param behind the ledger's locations behind it; empty when it is unmapped
     * @param writable whether the store takes figures there
     * @param there what it shows
     * @param believed what it is believed to show; null when unknown
     * @param available what the ledger has for sale behind it, Σ max(0, Available): what its rule makes the figure of; 0 when
     *     the product was never counted or it is unmapped
     * @param openUnits units that this store's open orders keep booked behind it
     * @param otherUnits units that other stores' open orders, and holds, keep booked behind it
     * @param rule the rule that the figure is made by: of its listing, else of its store, else the default
     */
    public record Figure(
            String storeLocation,
            Set<LocationId> behind,
            boolean writable,
            long there,
            Long believed,
            long available,
            long openUnits,
            long otherUnits,
            ListingRule rule) {
        public Figure {
            Objects.requireNonNull(rule, "rule");
            behind = Set.copyOf(behind);
        }

        /** Whether a ledger location stands behind it. */
        public boolean mapped() {
            return !behind.isEmpty();
        }
    }

    public ForeseenListing {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(state, "state");
        elsewhere = Map.copyOf(elsewhere);
        figures = List.copyOf(figures);
    }
}
