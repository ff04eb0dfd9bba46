package org.evenkeel.ledger;

/**
 * The gross counts of an order line, in units.
 *
 * @param ordered how many were ordered
 * @param cancelled removed before fulfilment, put back on sale
 * @param lost removed before fulfilment, not put back
 * @param fulfilled sent
 * @param returned back on the shelf after fulfilment
 */
public record LineCounts(long ordered, long cancelled, long lost, long fulfilled, long returned) {
    public static final LineCounts NONE = new LineCounts(0, 0, 0, 0, 0);

    public LineCounts {
        if (ordered < 0 || cancelled < 0 || lost < 0 || fulfilled < 0 || returned < 0) {
            throw new InvalidInputException(
                    "counts",
                    "Counts of an order line are 0 or more: ordered %d, cancelled %d, lost %d, fulfilled %d, returned %d."
                            .formatted(ordered, cancelled, lost, fulfilled, returned));
        }
    }

    /**
     * The smaller reading of counts that contradict each other: what was sent happened, what was lost is gone, and no more
     * can be cancelled than is left of what was ordered; no more can come back than was sent.
     */
    public LineCounts sane() {
        long sent = Math.min(fulfilled, ordered);
        long gone = Math.min(lost, ordered - sent);
        long freed = Math.min(cancelled, ordered - sent - gone);
        return new LineCounts(ordered, freed, gone, sent, Math.min(returned, sent));
    }

    /** Whether the counts contradict each other, so that the smaller reading was taken. */
    public boolean contradictory() {
        return !equals(sane());
    }

    /** What a line with these (sane) counts keeps booked. */
    public long booked() {
        return ordered - cancelled - lost - fulfilled;
    }

    /** What a line with these (sane) counts did to In Stock. */
    public long inStockEffect() {
        return returned - fulfilled - lost;
    }
}
