package org.evenkeel.connector.shopify;

import java.time.Instant;
import java.util.List;

/**
 * What Shopify tells of one order line, in its own terms.
 *
 * @param quantity units ever ordered, with those that edits added and without subtracting what was removed
 * @param unfulfilled units that are still to be sent
 * @param orderCancelledAt when the whole order was cancelled; null when it was not
 * @param shipments what was sent of this line
 * @param refunds what was refunded or removed of this line, oldest first
 */
record LineFacts(
        long quantity, long unfulfilled, Instant orderCancelledAt, List<Shipment> shipments, List<Refund> refunds) {

    /** What a refund did with the goods. */
    enum Restock {
        RETURN,
        CANCEL,
        NO_RESTOCK,
        LEGACY_RESTOCK
    }

    /**
     * Units of the line in one shipment.
     *
     * @param status the shipment's, such as SUCCESS or CANCELLED
     * @param location from where; null when the store does not tell
     * @param at when; null when the store does not tell
     */
    record Shipment(String status, long quantity, String location, Instant at) {
        /** Whether the goods left: a cancelled or failed shipment gave them back. */
        boolean left() {
            return !status.equals("CANCELLED") && !status.equals("ERROR") && !status.equals("FAILURE");
        }
    }

    /**
     * Units of the line in one refund.
     *
     * @param restocked whether the store put them back on the shelf
     * @param location where to; null when they were not put back or the store does not tell
     * @param at when; null when the store does not tell
     */
    record Refund(Restock type, boolean restocked, long quantity, String location, Instant at) {}

    LineFacts {
        shipments = List.copyOf(shipments);
        refunds = List.copyOf(refunds);
    }
}
