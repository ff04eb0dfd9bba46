package org.evenkeel.ledger.impl.orders;

/** What an order line did, or is to have done, to one level, in units: each count is gross and ≥ 0. */
record Posted(long booked, long fulfilled, long lost, long returned) {
    static final Posted NOTHING = new Posted(0, 0, 0, 0);

    /** Units that were sold from there, whatever became of them. */
    long sold() {
        return booked + fulfilled + lost;
    }
}
