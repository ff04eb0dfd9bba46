package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.ledger.impl.AnOrder.ordered;

import java.util.List;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.ProductId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LevelsContract {
    private TestLedger ledger;

    abstract TestDatabase database();

    @BeforeAll
    void open() {
        ledger = new TestLedger(database());
    }

    @BeforeEach
    void begin() {
        ledger.clear();
        ledger.turnOn(TestLedger.SHOP, false);
    }

    @AfterAll
    void close() {
        ledger.close();
    }

    @Test
    void fiftyApples_orderForFour_fulfilled() {
        ProductId apples = ledger.product("APPLE", 50);
        assertThat(ledger.figures(apples)).isEqualTo(List.of(50L, 0L, 50L));
        ledger.apply(AnOrder.of("1").line("a", "APPLE", ordered(4)).snapshot());
        assertThat(ledger.figures(apples)).isEqualTo(List.of(50L, 4L, 46L));
        ledger.apply(AnOrder.of("1")
                .version(1)
                .line("a", "APPLE", new LineCounts(4, 0, 0, 4, 0))
                .snapshot());
        assertThat(ledger.figures(apples)).isEqualTo(List.of(46L, 0L, 46L));
        ledger.assertBooksAreRight();
    }
}
