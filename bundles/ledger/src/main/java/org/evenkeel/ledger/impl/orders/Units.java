package org.evenkeel.ledger.impl.orders;

import org.evenkeel.ledger.LineCounts;

/**
 * What a line is to have done to the ledger in all, over its locations.
 *
 * @param booked what it keeps booked
 * @param fulfilled what was sent and takes units off In Stock
 * @param lost what was lost and takes units off In Stock
 * @param returned what came back and adds to In Stock
 */
record Units(long booked, long fulfilled, long lost, long returned) {
    static final Units NONE = new Units(0, 0, 0, 0);

    /**
     * Of a line that books.
     *
     * @param counts sane
     * @param base what had happened before the ledger began to follow the line: the opening stock has it in
     */
    static Units of(LineCounts counts, LineCounts base) {
        return new Units(
                counts.booked(),
                Math.max(0, counts.fulfilled() - base.fulfilled()),
                Math.max(0, counts.lost() - base.lost()),
                Math.max(0, counts.returned() - base.returned()));
    }

    /** Of a line that does not book, whose units only come back. */
    static Units back(long returned) {
        return new Units(0, 0, 0, returned);
    }

    long sold() {
        return booked + fulfilled + lost;
    }
}
