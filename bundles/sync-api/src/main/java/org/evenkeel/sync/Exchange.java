package org.evenkeel.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One call into a store's connector: what was asked or sent, and what came back. Secrets and addresses are taken out of all
 * words before they are kept.
 *
 * @param at when the call began
 * @param operation what was called, as the connector SPI names it: {@code orders}, {@code listings}, {@code push} …
 * @param duration how long it took; zero for what was withheld
 * @param summary one sentence about it; the store's words where it failed
 * @param lines the single things that went there or came back, in their order; bounded per run
 * @param linesLeftOut how many more lines there were than are kept
 * @param outcome how it ended
 */
public record Exchange(
        Instant at,
        String operation,
        Duration duration,
        String summary,
        List<Line> lines,
        int linesLeftOut,
        Outcome outcome) {

    /** How a call ended. */
    public enum Outcome {
        /** The store answered. */
        ANSWERED,
        /** The call failed. */
        FAILED,
        /** It did not answer in time, or was cut off: what it did is not known. */
        UNKNOWN,
        /** Not called at all: this is what would have been sent, had the store not been in shadow or the run dry. */
        WITHHELD
    }

    /**
     * One thing that went there or came back.
     *
     * @param subject what it is about: an order's id, a SKU
     * @param number the figure that was sent or read; null when it is about none
     * @param expected the figure that the store was expected to show, where it was sent along; null otherwise
     * @param words what became of it, in the store's words where it has some; empty when there is nothing to say
     */
    public record Line(String subject, Long number, Long expected, String words) {}

    public Exchange {
        lines = List.copyOf(lines);
    }
}
