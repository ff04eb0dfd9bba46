package org.evenkeel.benchmarks.replay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of a replay.
 *
 * @param lines lines of the file that were played
 * @param orders how many orders were placed and sent
 * @param returns how many cancellations took units back
 * @param corrections how many adjustments were made
 * @param opening how long connecting all shops took, until all were level
 * @param playing how long the rest took, until all shops were level at the end
 * @param processor what playing took of the processor, shops and all; of all cores together
 * @param calls how many calls the shops answered while playing
 * @param oversold how many codes were sold beyond what there was
 * @param problems what is not as the oracle says; empty when all is right
 */
record Report(
        int lines,
        int orders,
        int returns,
        int corrections,
        Duration opening,
        Duration playing,
        Duration processor,
        long calls,
        int oversold,
        List<String> problems) {

    String words() {
        double seconds = playing.toMillis() / 1000.0;
        return String.format(
                        Locale.ROOT,
                        """
                        %d lines of the file: %d orders, %d cancellations with returns, %d corrections; %d codes oversold
                        connecting the shops: %.1f s; playing: %.1f s (%.1f s of processor time, shops and all)
                        %.1f orders/s, %.0f lines/s, %.1f calls/s to the shops (%d calls)
                        """,
                        lines,
                        orders,
                        returns,
                        corrections,
                        oversold,
                        opening.toMillis() / 1000.0,
                        seconds,
                        processor.toMillis() / 1000.0,
                        orders / seconds,
                        lines / seconds,
                        calls / seconds,
                        calls)
                + (problems.isEmpty()
                        ? Verdict.ALL_RIGHT
                        : problems.size() + " PROBLEMS:\n" + String.join("\n", problems));
    }
}
