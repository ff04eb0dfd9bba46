package org.evenkeel.ledger.impl.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.NOON;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.STORE;
import static org.evenkeel.ledger.impl.listings.ListingsLedger.active;

import java.util.List;
import java.util.Set;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.DueFigure;
import org.junit.jupiter.api.Test;

/** What is due is found by its index, however much of it there is. On PostgreSQL, which tells how it looks for something. */
class DuePlanTest {
    private static final int FIGURES = 60_000;

    /** The statement behind a look at a queue, with what stands for its parameters. */
    private static final String LOOK = "select priority, id from listing_figure where store = 'berlin' and queue = 4"
            + " and priority >= 9000 and (priority > 9000 or id > 30000) order by priority, id"
            + " offset 0 rows fetch first 256 rows only";

    @Test
    void aLookFollowsTheIndexInItsOrder() {
        try (ListingsLedger ledger = new ListingsLedger(TestVendor.POSTGRESQL.open())) {
            ledger.store(STORE).pull(STORE, active("a", "APPLE", 50));
            ledger.book.open(STORE, Set.of(), "tester");
            ledger.set(ledger.productOf("APPLE"), 60);
            ledger.sql(
                    "insert into listing_figure (id, store, counter, counter_key, store_location, listing_id, active,"
                            + " shown, off_belief, sent_product_version, sent_rule_version, sent_interim,"
                            + " acknowledged_product_version, acknowledged_rule_version, needed_product_version,"
                            + " needed_rule_version, due, queue, outcome, message, attempts, stales, row_version, belief, priority)"
                            + " select 1000000 + n, 'berlin', 'c' || n, 'k' || n, 'loc-9', l.id, true, true, false, -1, -1, false,"
                            + " -1, -1, 0, 0, true, case when n % 2 = 0 then 4 else 0 end, 'NONE', '', 0, 0, 0, 1, n % 50000"
                            + " from listing l, generate_series(1, " + FIGURES + ") n where l.code = 'a'");
            ledger.sql("analyze listing_figure");

            List<String> plan = ledger.query("explain " + LOOK);
            assertThat(String.join("\n", plan))
                    .contains("figure_by_queue")
                    .contains("priority >= 9000")
                    .doesNotContain("Seq Scan")
                    .doesNotContain("Sort");
            // Those have no product and are laid aside: what may be sent is found among all of them.
            assertThat(ledger.book.due(STORE, NOON, 100))
                    .extracting(DueFigure::wanted)
                    .containsExactly(60L);
        }
    }
}
