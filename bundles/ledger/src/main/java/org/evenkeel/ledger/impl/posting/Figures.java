package org.evenkeel.ledger.impl.posting;

import org.evenkeel.ledger.InvalidInputException;

/**
 * The figures of a level, in units. Immutable.
 *
 * @param version the level's version; 0 when it never moved
 * @param counted the version that the last count of it made; 0 when it was never counted
 */
public record Figures(long inStock, long booked, long incoming, long version, long counted) {
    public static final Figures NONE = new Figures(0, 0, 0, 0, 0);

    /**
     * The largest figure, either way. So far below the range of {@code long} that the sum over two thousand locations stays
     * within it too, and every program that reads the figures as JSON numbers gets them exactly.
     */
    public static final long LIMIT = 4_000_000_000_000_000L;

    public long available() {
        return Math.subtractExact(inStock, booked);
    }

    /**
     * After one more movement.
     *
     * @throws InvalidInputException when a figure would leave the range that the ledger counts in
     */
    public Figures plus(PostingLine line) {
        long next = Math.addExact(version, 1);
        return new Figures(
                sum("In Stock", inStock, line.inStock()),
                sum("Booked", booked, line.booked()),
                sum("Incoming", incoming, line.incoming()),
                next,
                line.count() ? next : counted);
    }

    private static long sum(String figure, long now, long delta) {
        try {
            long sum = Math.addExact(now, delta);
            if (sum >= -LIMIT && sum <= LIMIT) {
                return sum;
            }
        } catch (ArithmeticException e) {
            // Said below.
        }
        throw new InvalidInputException(
                "quantity",
                "%s is %d; a change by %d would leave what the ledger counts, %d either way."
                        .formatted(figure, now, delta, LIMIT));
    }
}
