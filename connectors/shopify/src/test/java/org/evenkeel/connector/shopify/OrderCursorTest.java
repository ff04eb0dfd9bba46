package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderCursorTest {
    private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

    @Test
    void itsFirstFormStaysReadable() {
        OrderCursor cursor = OrderCursor.parse("1 2026-11-02T10:00:00Z 2026-11-02T10:05:00Z 120 eyJ2Ijox fQ==");
        assertThat(cursor)
                .isEqualTo(new OrderCursor(START, Instant.parse("2026-11-02T10:05:00Z"), 120, "eyJ2Ijox fQ=="));
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long since,
            @ForAll @IntRange(max = 30_000) int seen,
            @ForAll String after) {
        OrderCursor cursor = new OrderCursor(Instant.ofEpochSecond(since), START, seen, after);
        assertThat(OrderCursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2 2026-11-02T10:00:00Z 2026-11-02T10:00:00Z 0 ", "1 now now 0 "})
    void whatIsNoneOfOursIsSaidSo(String text) {
        assertThatThrownBy(() -> OrderCursor.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no order cursor of the Shopify connector");
    }

    @Test
    void itBeginsInclusiveAtAWholeSecond() {
        assertThat(OrderCursor.from(START.plusMillis(900)).query()).isEqualTo("updated_at:>='2026-11-02T10:00:00Z'");
    }

    @Test
    void theNextPullBeginsABitBeforeTheLastChangeSeen() {
        OrderCursor end =
                OrderCursor.from(START).next(START.plusSeconds(60), 50, "c").end(START.plusSeconds(90));
        assertThat(end).isEqualTo(OrderCursor.from(START.plusSeconds(90).minus(OrderCursor.LAG)));
    }

    @Test
    void itNeverGoesBack() {
        assertThat(OrderCursor.from(START).end(START.plusSeconds(1))).isEqualTo(OrderCursor.from(START));
        assertThat(OrderCursor.from(START).end(null)).isEqualTo(OrderCursor.from(START));
    }

    @Test
    void anEmptyLastPageForgetsNothingOfThePagesBefore() {
        OrderCursor end =
                OrderCursor.from(START).next(START.plusSeconds(60), 50, "c").end(null);
        assertThat(end.since()).isEqualTo(START.plusSeconds(60).minus(OrderCursor.LAG));
    }

    @Test
    void theWindowMovesOnBeforeTheStoresLimit() {
        OrderCursor cursor = OrderCursor.from(START);
        int pages = 0;
        while (cursor.since().equals(START)) {
            cursor = cursor.next(START.plusSeconds(++pages), 250, "c" + pages);
            assertThat(cursor.seen()).isLessThan(25_000);
        }
        assertThat(cursor).isEqualTo(OrderCursor.from(START.plusSeconds(pages)));
        assertThat(pages * 250).isEqualTo(OrderCursor.WINDOW);
    }

    @Test
    void aWindowOfOneSecondIsNotLeftBeforeItsEnd() {
        OrderCursor cursor = new OrderCursor(START, START, OrderCursor.WINDOW, "c").next(START, 250, "d");
        assertThat(cursor.after()).isEqualTo("d");
    }

    @Test
    void aVeryLongCursorOfTheStoreIsNotKept() {
        OrderCursor cursor = OrderCursor.from(START).next(START.plusSeconds(9), 50, "x".repeat(3_000));
        assertThat(cursor).isEqualTo(OrderCursor.from(START.plusSeconds(9)));
    }
}
