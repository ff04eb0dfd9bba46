package org.evenkeel.connector.shopify;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * Where an order pull stands. Written as {@code 1 since last seen after}: a version, then
 *
 * @param since all orders changed at or after this moment are in the window
 * @param last when the latest order seen in the window changed; {@code since} when none was
 * @param seen how many orders of the window were read
 * @param after the store's cursor inside the window; empty at its start
 */
record OrderCursor(Instant since, Instant last, int seen, String after) {
    /** The store ends paging at 25,000 objects; the window moves on well before. */
    static final int WINDOW = 20_000;

    /**
     * How late a change may appear: Shopify answers such queries from an index that follows its database. Each pull
     * begins so much before the last change that the one before it saw.
     */
    static final Duration LAG = Duration.ofSeconds(5);

    /** The store's own cursors are short; a longer one is not kept, the window starts anew instead. */
    private static final int LONGEST = 1_500;

    private static final String VERSION = "1";

    /** The start of the very first pull. */
    static OrderCursor from(Instant since) {
        Instant second = since.truncatedTo(ChronoUnit.SECONDS);
        return new OrderCursor(second, second, 0, "");
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException when it is none of this connector's
     */
    static OrderCursor parse(String text) {
        String[] parts = text.split(" ", 5);
        if (parts.length != 5 || !parts[0].equals(VERSION)) {
            throw new IllegalArgumentException("This is no order cursor of the Shopify connector: '" + text + "'");
        }
        try {
            return new OrderCursor(
                    Instant.parse(parts[1]), Instant.parse(parts[2]), Integer.parseInt(parts[3]), parts[4]);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException("This is no order cursor of the Shopify connector: '" + text + "'", e);
        }
    }

    /** The filter of the window; inclusive, and in whole seconds as the store's clock has them. */
    String query() {
        return "updated_at:>='" + since + "'";
    }

    /** Behind a page that another one follows. */
    OrderCursor next(Instant latest, int read, String end) {
        Instant newest = newest(latest);
        int count = seen + read;
        boolean full = count >= WINDOW || end.length() > LONGEST;
        return full && newest.isAfter(since) ? from(newest) : new OrderCursor(since, newest, count, end);
    }

    /** Behind the last page: where the next pull begins. */
    OrderCursor end(Instant latest) {
        Instant begin = newest(latest).minus(LAG).truncatedTo(ChronoUnit.SECONDS);
        return from(begin.isAfter(since) ? begin : since);
    }

    private Instant newest(Instant latest) {
        return latest != null && latest.isAfter(last) ? latest : last;
    }

    @Override
    public String toString() {
        return VERSION + " " + since + " " + last + " " + seen + " " + after;
    }
}
