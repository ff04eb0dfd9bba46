package org.evenkeel.benchmarks.replay;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One thing that happened, in the words of shops and shelves. */
sealed interface Step {
    /** When, by the shops' clock. */
    Instant at();

    /**
     * An invoice: an order in one shop.
     *
     * @param shop which shop, counted from 0
     * @param lines at least one
     */
    record Sale(String invoice, Instant at, int shop, List<Line> lines) implements Step {
        public Sale {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A cancellation: units of earlier orders that came back.
     *
     * @param units how many of which lines
     */
    record Return(String invoice, Instant at, Map<Sold, Integer> units) implements Step {
        public Return {
            units = Map.copyOf(units);
        }
    }

    /**
     * Stock that moved without an order.
     *
     * @param key names it, for ever
     * @param delta how In Stock moves; not 0
     * @param why in a word
     */
    record Correction(String key, Instant at, Code code, long delta, String why) implements Step {}

    /**
     * A line of an order.
     *
     * @param invoice the order's invoice
     * @param line its place among the order's lines, from 0
     */
    record Sold(String invoice, int line) {}
}
