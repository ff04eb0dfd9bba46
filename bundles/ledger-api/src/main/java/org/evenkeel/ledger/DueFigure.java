package org.evenkeel.ledger;

/**
 * A figure that should be sent: what it was computed from, in one snapshot.
 *
 * @param id the ledger's id of the figure
 * @param key the store's ids of the listing
 * @param sku the raw SKU as the store has it
 * @param counter the store's id of the counter
 * @param storeLocation the store's location
 * @param wanted the sellable figure to show, ≥ 0, before the store's own cap and zero rule
 * @param onHandOffset what the store's number counts besides: 0 where it is sellable; where it counts what is on hand, the
 *     units that this store's open orders keep booked behind the store location (the store itself subtracts no others)
 * @param productVersion the product's change version that {@code wanted} was computed at
 * @param ruleVersion the version of the rules, location mapping included, that it was computed under
 * @param belief what the store is believed to show; null when unknown
 * @param seen the figure last read there; null before the first reading
 * @param unknown whether an earlier push's outcome is unknown: then a reading comes first
 * @param attempts how often it was sent since its last acknowledgement
 * @param stales how often in a row the store refused it as stale
 * @param product of which product it is a figure
 */
public record DueFigure(
        long id,
        ListingKey key,
        String sku,
        String counter,
        String storeLocation,
        long wanted,
        long onHandOffset,
        long productVersion,
        long ruleVersion,
        Long belief,
        Long seen,
        boolean unknown,
        int attempts,
        int stales,
        ProductId product) {}
