package org.evenkeel.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The value types keep their rules by themselves. */
class ValuesTest {

    @Test
    void aSkuIsComparedWithoutRegardToWhiteSpaceAndCase() {
        assertEquals("a b", new Sku("  A \t b ").folded());
        assertEquals("A b", new Sku("  A \t b ").canonical());
        assertEquals(new Sku("Caf\u00e9").canonical(), new Sku("Cafe\u0301").canonical());
        assertEquals(new Sku("STRASSE").folded(), new Sku("straße").folded());
        assertThrows(InvalidInputException.class, () -> new Sku(" \u00a0 "));
    }

    @Test
    void countsOfALineGiveItsEffects() {
        LineCounts counts = new LineCounts(5, 0, 0, 2, 1);
        assertEquals(3, counts.booked());
        assertEquals(-1, counts.inStockEffect());
        assertFalse(counts.contradictory());
    }

    @Test
    void contradictoryCountsAreReadTheSmallerWay() {
        LineCounts counts = new LineCounts(3, 2, 1, 2, 4);
        assertTrue(counts.contradictory());
        assertEquals(new LineCounts(3, 0, 1, 2, 2), counts.sane());
    }

    @Test
    void theRuleDecidesTheFigure() {
        assertEquals(0, ListingRule.ONE_TO_ONE.figure(-3));
        assertEquals(46, ListingRule.ONE_TO_ONE.figure(46));
        assertEquals(Long.MAX_VALUE, ListingRule.ONE_TO_ONE.figure(Long.MAX_VALUE));
        ListingRule rule = new ListingRule(2, 5_000, 3, 10, 4, false, false);
        assertEquals(0, rule.figure(4), "closed at 4");
        assertEquals(3, rule.figure(5), "floor((5 − 2) / 2) = 1, lifted to min");
        assertEquals(10, rule.figure(100), "bounded by max");
        assertEquals(3, new ListingRule(0, 10_000, 3, 10, 0, false, true).figure(0), "sold without stock");
        assertThrows(InvalidInputException.class, () -> new ListingRule(0, 10_000, 3, 2, 0, false, false));
    }
}
