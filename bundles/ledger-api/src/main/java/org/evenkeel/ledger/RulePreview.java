package org.evenkeel.ledger;

/**
 * What changes of rules would do, as the ledger stands now.
 *
 * @param totals over all figures concerned
 * @param rows the figures asked for, by store; within one in a fixed order
 */
public record RulePreview(Totals totals, Page<Row> rows) {

    /**
     * How many figures, by what would become of them. Each is counted once.
     *
     * @param figures all figures whose rule would be another one
     * @param raised they would be higher than now
     * @param lowered they would be lower than now, and not 0
     * @param zeroed they would be 0, and are not now
     * @param paused they are sent now, and would not be
     * @param resumed they are not sent now, and would be
     * @param unchanged none of these: also those that are not sent either way, such as listings that are not active
     */
    public record Totals(
            long figures, long raised, long lowered, long zeroed, long paused, long resumed, long unchanged) {}

    /**
     * One figure. Figures wanted are in the store's own meaning (sellable, or on hand), before its own cap.
     *
     * @param figure the ledger's id of the figure
     * @param key the store's ids of the listing that it is pushed for
     * @param sku raw; null when it has none
     * @param title as a buyer reads it
     * @param storeLocation the store's location
     * @param now the rule that counts now
     * @param then the rule that would
     * @param wantedNow what the store should show now; null when nothing is sent
     * @param wantedThen what it would have to show; null when nothing would be sent
     * @param belief what the store is believed to show; null when unknown
     */
    public record Row(
            long figure,
            ListingKey key,
            String sku,
            String title,
            String storeLocation,
            EffectiveRule now,
            EffectiveRule then,
            Long wantedNow,
            Long wantedThen,
            Long belief) {

        /** What would become of it. */
        public Effect effect() {
            if (wantedNow == null || wantedThen == null) {
                return wantedNow == wantedThen ? Effect.UNCHANGED : wantedThen == null ? Effect.PAUSED : Effect.RESUMED;
            }
            int direction = Long.compare(wantedThen, wantedNow);
            if (direction == 0) {
                return Effect.UNCHANGED;
            }
            return direction > 0 ? Effect.RAISED : wantedThen == 0 ? Effect.ZEROED : Effect.LOWERED;
        }
    }

    /** What would become of a figure: see {@link Totals}. */
    public enum Effect {
        RAISED,
        LOWERED,
        ZEROED,
        PAUSED,
        RESUMED,
        UNCHANGED
    }
}
