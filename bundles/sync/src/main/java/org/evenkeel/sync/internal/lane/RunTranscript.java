package org.evenkeel.sync.internal.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Exchange.Line;

/**
 * Gathers a run's exchanges until they are kept. Bounded: of a long run the first ones are kept, and of those that only read no
 * more than half, so that what was sent is there to be read. What is left out is counted. Guarded by the lane.
 */
final class RunTranscript {
    private static final int MOST_EXCHANGES = 500;
    private static final int MOST_LINES = 500;
    private static final int SUMMARY_LENGTH = 500;
    private static final int WORDS_LENGTH = 200;
    private static final Set<String> READS = Set.of("orders", "ordersById", "listings", "readBack", "check");

    private final List<Exchange> gathered = new ArrayList<>();
    private int kept;
    private int exchanges;
    private int reads;
    private int lines;
    private int readLines;

    /** Whether another exchange of that operation would be taken: nothing needs to be put in words that is not. */
    boolean takes(String operation) {
        return exchanges < MOST_EXCHANGES && (!READS.contains(operation) || reads < MOST_EXCHANGES / 2);
    }

    void add(Exchange exchange) {
        if (!takes(exchange.operation())) {
            return;
        }
        boolean read = READS.contains(exchange.operation());
        int room = read ? Math.min(MOST_LINES / 2 - readLines, MOST_LINES - lines) : MOST_LINES - lines;
        List<Line> shown = exchange.lines().stream()
                .limit(room)
                .map(RunTranscript::redacted)
                .toList();
        exchanges++;
        lines += shown.size();
        reads += read ? 1 : 0;
        readLines += read ? shown.size() : 0;
        gathered.add(new Exchange(
                exchange.at(),
                exchange.operation(),
                exchange.duration(),
                cut(Redaction.redacted(exchange.summary()), SUMMARY_LENGTH),
                shown,
                exchange.linesLeftOut() + exchange.lines().size() - shown.size(),
                exchange.outcome()));
    }

    private static Line redacted(Line line) {
        return new Line(
                cut(line.subject(), WORDS_LENGTH),
                line.number(),
                line.expected(),
                cut(Redaction.redacted(line.words()), WORDS_LENGTH));
    }

    private static String cut(String words, int most) {
        return words.length() > most ? words.substring(0, most) + "…" : words;
    }

    /** Those that are not kept yet. */
    List<Exchange> gathered() {
        return List.copyOf(gathered);
    }

    /** How many are kept already. */
    int kept() {
        return kept;
    }

    /** What was gathered is kept now. */
    void keep() {
        kept += gathered.size();
        gathered.clear();
    }
}
