package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import org.evenkeel.ledger.LineCounts;

/** The audit finds each kind of corruption that somebody could plant behind the ledger's back. */
class AuditTest {

    private static void books(TestLedger ledger) {
        ledger.product("P", 10);
        ledger.product("Q", 20);
        ledger.apply(AnOrder.of("1")
                .line("a", "P", ordered(2))
                .line("b", "Q", new LineCounts(3, 0, 0, 1, 0))
                .snapshot());
        ledger.assertBooksAreRight();
    }

    private static void assertFound(TestLedger ledger, String corruption, String words) {
        books(ledger);
        ledger.sql(corruption);
        assertThat(ledger.journal().audit())
                .anySatisfy(finding -> assertThat(finding).contains(words));
    }

    @LedgerTest
    void aLevelThatIsNotTheSumOfItsMovements(TestLedger ledger) {
        assertFound(ledger, "update stock_level set in_stock = in_stock + 1", "shows In Stock 11");
    }

    @LedgerTest
    void aLevelAtAnotherVersionThanItsMovements(TestLedger ledger) {
        assertFound(ledger, "update stock_level set version = version + 1", "in 2 movements");
    }

    @LedgerTest
    void aBalanceThatDoesNotFollow(TestLedger ledger) {
        assertFound(ledger, "update movement set booked = booked + 1 where version = 2", "do not follow");
    }

    @LedgerTest
    void aChangedDelta(TestLedger ledger) {
        assertFound(
                ledger, "update movement set delta_in_stock = delta_in_stock - 1 where version = 1", "do not follow");
    }

    @LedgerTest
    void aMovementThatIsMissing(TestLedger ledger) {
        assertFound(ledger, "delete from movement where version = 1", "is not preceded by version 1");
    }

    @LedgerTest
    void aBookedFigureThatNoOrderLineExplains(TestLedger ledger) {
        assertFound(ledger, "update order_allocation set booked = booked + 1", "open order lines book");
    }

    @LedgerTest
    void aLineThatKeepsAnotherNumberThanItsLocations(TestLedger ledger) {
        assertFound(ledger, "update order_line set booked = booked + 5 where code = 'a'", "says it keeps 7 booked");
    }

    @LedgerTest
    void anOrderWhoseMovementsItsLinesDoNotShow(TestLedger ledger) {
        assertFound(
                ledger,
                "update order_allocation set fulfilled = 0 where fulfilled = 1",
                "Order shop/1 did In Stock -1");
    }

    @LedgerTest
    void anUndoThatIsNotTheReverse(TestLedger ledger) {
        books(ledger);
        var product = ledger.product("R", 4);
        var added = ledger.add(product, 3).movements().get(0);
        ledger.inventory().undo(added.id(), TestLedger.ACTOR, ledger.key());
        ledger.assertBooksAreRight();
        ledger.sql("update movement set delta_in_stock = -2 where reverses is not null");
        assertThat(ledger.journal().audit())
                .anySatisfy(finding -> assertThat(finding).contains("but not by its reverse"));
    }
}
