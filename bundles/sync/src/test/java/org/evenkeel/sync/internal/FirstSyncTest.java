package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** From turning on to level stores. */
class FirstSyncTest {
    private final World world = new World(1);

    @Test
    void anOrderInOneStoreBringsTheOthersLevelWithinASecond() {
        FakeStore first = world.on(new FakeStore("first", world.time, FakeStore.modern()).lists("APPLE", 50));
        FakeStore second = world.on(new FakeStore("second", world.time, FakeStore.modern()).lists("apple", 0));
        world.await(() -> second.shows("apple") == 50, "the second store is filled");

        first.buy("APPLE", 4);
        world.lane("first").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> world.ledger.product("apple").booked() == 4, "the order is booked");
        var booked = world.now();
        world.await(() -> second.shows("apple") == 46, "the second store shows 46");

        assertThat(Duration.between(booked, world.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(first.shows("APPLE")).isEqualTo(46);
        world.await(world::quiet, "quiet");
        assertThat(world.records.runs)
                .allSatisfy(run -> assertThat(run.result()).isEqualTo(Run.Result.DONE));
    }
}
