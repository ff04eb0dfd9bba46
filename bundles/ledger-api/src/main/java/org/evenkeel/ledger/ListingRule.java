package org.evenkeel.ledger;

/**
 * How what is available becomes the figure that a store shows.
 *
 * @param buffer units kept back, 0 to {@link #LARGEST}
 * @param share of what is left, in basis points, 0 to 10,000
 * @param min lifts a figure ≥ 1 (any figure where {@code sellWithoutStock}); 0 to {@link #LARGEST}
 * @param max bounds it; ≥ min; {@link Long#MAX_VALUE} where nothing bounds it
 * @param closeAt the figure is 0 when available is at or below this; 0 to {@link #LARGEST}
 * @param paused nothing is sent
 * @param sellWithoutStock whether {@code min} also lifts 0
 */
public record ListingRule(
        long buffer, int share, long min, long max, long closeAt, boolean paused, boolean sellWithoutStock) {

    /** Shows what is available, no more and no less. */
    public static final ListingRule ONE_TO_ONE = new ListingRule(0, 10_000, 0, Long.MAX_VALUE, 0, false, false);

    /** The largest buffer, min and close-at: what the ledger counts. */
    public static final long LARGEST = 4_000_000_000_000_000L;

    public ListingRule {
        counted("buffer", "A buffer", buffer);
        counted("min", "A min", min);
        counted("closeAt", "A close-at", closeAt);
        if (share < 0 || share > 10_000) {
            throw new InvalidInputException("share", "A share is 0 to 10,000 basis points, not " + share + ".");
        }
        if (max < min) {
            throw new InvalidInputException("max", "Max (" + max + ") is not below min (" + min + ").");
        }
    }

    /**
     * The figure to show.
     *
     * @param available what is for sale behind the store location, in units; may be negative
     * @return ≥ 0
     */
    public long figure(long available) {
        long shown = available <= closeAt ? 0 : Math.min(max, shareOf(Math.max(0, available - buffer)));
        return shown >= 1 || sellWithoutStock ? Math.max(min, shown) : shown;
    }

    /** Whether it shows what is available, no more and no less: so that a figure of the store's tells what is available. */
    public boolean oneToOne() {
        return equals(ONE_TO_ONE);
    }

    private static void counted(String field, String name, long units) {
        if (units < 0 || units > LARGEST) {
            throw new InvalidInputException(field, name + " is 0 to " + LARGEST + " units, not " + units + ".");
        }
    }

    /** floor(units × share), without overflow. */
    private long shareOf(long units) {
        return units / 10_000 * share + units % 10_000 * share / 10_000;
    }
}
