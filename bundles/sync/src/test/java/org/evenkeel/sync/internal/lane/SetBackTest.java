package org.evenkeel.sync.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.connector.TransientException;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.MemoryRecords;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** A host's clock that is set back holds nothing up, and makes nothing fresh that is old. */
class SetBackTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration AGE = Duration.ofSeconds(10);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    @Test
    void aFenceFromAheadOfTheClockHoldsNoMore() {
        Fence fence = new Fence(now::get, AGE);
        long mark = fence.mark();
        fence.pulled(fence.mark(), now.get());
        assertThat(fence.covers(mark)).isTrue();
        assertThat(fence.beganAt()).isEqualTo(NOON);

        now.set(NOON.minusSeconds(3600));
        assertThat(fence.covers(mark)).isFalse();
        assertThat(fence.beganAt()).as("long ago: orders are pulled").isEqualTo(Instant.EPOCH);
    }

    @Test
    void aWaitIsNoLongerByWhatTheClockWasSetBack() {
        Patience patience = new Patience(
                now::get,
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(1)),
                new MemoryRecords.Memory());
        patience.limited(Duration.ofSeconds(30), "Slowly.", false);
        now.set(NOON.minusSeconds(3600));
        assertThat(patience.waits()).isTrue();
        assertThat(patience.until()).isEqualTo(NOON.minusSeconds(3570));
        now.set(NOON.minusSeconds(3570));
        assertThat(patience.waits()).isFalse();
    }

    @Test
    void theScheduleAndFailuresGoOn() {
        World world = new World(14);
        FakeStore shop = new FakeStore("shop", world.time, FakeStore.modern()).lists("A", 50);
        world.on(shop);
        world.await(world::quiet, "quiet");
        world.time.setBack(Duration.ofDays(2));
        shop.edit("A", 70);
        shop.fault("listings", effect -> {
            throw new TransientException("502");
        });
        Instant from = world.now();
        world.await(() -> shop.shows("A") == 50, "the schedule finds the edit");

        assertThat(Duration.between(from, world.now())).isLessThan(Duration.ofMinutes(25));
    }
}
