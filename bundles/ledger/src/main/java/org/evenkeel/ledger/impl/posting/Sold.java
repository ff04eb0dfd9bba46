package org.evenkeel.ledger.impl.posting;

import java.time.Duration;
import java.time.Instant;

/**
 * How well a product sells, as one number: the units that orders took, each weighing twice as much as one sold a week before it.
 * Instead of the old ones becoming lighter, new ones become heavier, so that a sale is one addition, nothing has to be computed
 * anew as time passes, and scores of different days can be compared.
 */
public final class Sold {
    /** The largest rank. */
    public static final int LARGEST_RANK = 16_384;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double HALF_LIFE = Duration.ofDays(7).toMillis();

    /** Weeks after which weights grow no more, so that no sum leaves the range of a double. */
    private static final double LAST_WEEK = 900;

    private Sold() {}

    /** What a sale adds to a score. @param units taken by orders; negative when they were given back */
    public static double score(long units, Instant at) {
        double weeks = Duration.between(START, at).toMillis() / HALF_LIFE;
        return units * Math.pow(2, Math.max(-LAST_WEEK, Math.min(LAST_WEEK, weeks)));
    }

    /** A score's place among all, 0 (nothing sold) to {@link #LARGEST_RANK}: a sixteenth of a doubling makes a difference. */
    public static int rank(double score) {
        if (!(score > 0)) {
            return 0;
        }
        // A unit sold on the first day has a score of 1, and old ones count as nothing sold.
        double doublings = Math.log(score) / Math.log(2) + 1;
        return (int) Math.max(0, Math.min(LARGEST_RANK, Math.round(16 * doublings)));
    }
}
