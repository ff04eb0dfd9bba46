package org.evenkeel.benchmarks.replay;

import java.time.Instant;

/**
 * One line of the file.
 *
 * @param invoice the invoice's number; a cancellation's begins with C
 * @param code the stock code as written
 * @param description may be empty
 * @param quantity negative on cancellations and corrections of stock; never 0
 * @param at when the invoice was made, taken as UTC
 * @param country the buyer's
 */
record Line(String invoice, Code code, String description, int quantity, Instant at, String country) {
    boolean onCancellation() {
        return invoice.startsWith("C");
    }
}
