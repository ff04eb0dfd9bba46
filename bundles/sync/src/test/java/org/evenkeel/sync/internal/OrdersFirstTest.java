package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** What takes long yields to orders: sold units must not stay on sale elsewhere while a catalogue is read or filled. */
class OrdersFirstTest {
    private static final int LISTINGS = 80;

    private final World world = new World(3);
    private final FakeStore shop = new FakeStore("shop", world.time, FakeStore.modern());

    private void open() {
        for (int i = 0; i < LISTINGS; i++) {
            shop.lists("SKU-" + i, 10);
        }
        world.on(shop);
        world.await(world::quiet, "quiet");
        shop.calls.clear();
    }

    private int calls(String operation) {
        return Collections.frequency(shop.calls, operation);
    }

    private void sellAndTell() {
        String order = shop.buy("SKU-7", 1);
        world.lane("shop").hint();
        world.await(() -> world.ledger.knows(shop, order), "the order");
    }

    @Test
    void aHintDuringALongListingPullPullsTheOrdersBetweenTwoPages() {
        open();
        world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> calls("listings") == 5, "the pull is under way");
        sellAndTell();

        assertThat(calls("listings")).isLessThan(9);
    }

    @Test
    void aHintDuringALongHardPullPullsTheOrdersBetweenTwoReadings() {
        open();
        world.lane("shop").refresh(RefreshKind.HARD, "test");
        world.await(() -> calls("readBack") == 5, "the pull is under way");
        sellAndTell();

        assertThat(calls("readBack")).isLessThan(9);
    }

    @Test
    void aHintDuringALongPushPullsTheOrdersBetweenTwoBatches() {
        open();
        for (int i = 0; i < LISTINGS; i++) {
            world.ledger.set("SKU-" + i, 8);
        }
        world.await(() -> calls("push") == 2, "the push is under way");
        sellAndTell();

        assertThat(calls("push")).isLessThan(6);
        world.await(world::quiet, "quiet");
        assertThat(shop.shows("SKU-7")).isEqualTo(7);
    }

    @Test
    void aListingPullThatTakesLongerThanTheIntervalPullsOrdersInTime() {
        world.settings = world.settings.every(Duration.ofSeconds(4), Duration.ZERO);
        open();
        world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> calls("listings") == 3, "the pull is under way");
        String order = shop.buy("SKU-7", 1);
        Instant sold = world.now();
        world.await(() -> world.ledger.knows(shop, order), "the order");

        assertThat(calls("listings")).isLessThan(LISTINGS / shop.listingsPerPage);
        assertThat(Duration.between(sold, world.now())).isLessThan(world.settings.interval());
    }
}
