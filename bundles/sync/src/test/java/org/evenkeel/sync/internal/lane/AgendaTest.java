package org.evenkeel.sync.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.ListingBook.DueCount;
import org.evenkeel.ledger.StoreId;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int ONE_LOOK = 10_000;

    /** Figures that something touched, though they are level. */
    private int touched = 25_000;

    private int counted;

    private final Agenda agenda = new Agenda(
            new StoreId("shop"),
            new LaneServices(
                    () -> NOW,
                    null,
                    null,
                    new Random(1),
                    new Ledger(null, listings(), null, null),
                    null,
                    Settings.DEFAULT),
            null);

    private ListingBook listings() {
        return (ListingBook) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ListingBook.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("dueCount")) {
                        counted++;
                        return new DueCount(touched, touched, 0, 0, 0, null);
                    }
                    assertThat(method.getName()).isEqualTo("due");
                    touched = Math.max(0, touched - ONE_LOOK);
                    return List.of();
                });
    }

    @Test
    void whatOneLookDoesNotReachIsLookedAtInTheNextStepWithoutARun() {
        agenda.wake();
        for (int left = touched - ONE_LOOK; left > 0; left -= ONE_LOOK) {
            counted = 0;
            assertThat(agenda.takeChange(NOW)).as("a reason for a run").isFalse();
            assertThat(counted).as("counted once for each look").isEqualTo(1);
            assertThat(touched).isEqualTo(left);
            assertThat(agenda.next(null)).as("goes on at once").isEqualTo(NOW);
        }
        assertThat(agenda.takeChange(NOW)).isFalse();
        assertThat(touched).isZero();
        assertThat(agenda.takeChange(NOW)).isFalse();
        assertThat(agenda.next(null)).as("nothing is left").isNull();
    }

    @Test
    void whatARunDidNotReachIsLookedAtBehindIt() {
        agenda.planItems();
        assertThat(agenda.next(null)).isEqualTo(NOW);
        touched = 0;
        assertThat(agenda.takeChange(NOW)).isFalse();
        agenda.planItems();
        assertThat(agenda.next(null)).isNull();
    }
}
