package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evenkeel.connector.Capabilities.PullCost;
import org.evenkeel.connector.TransientException;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between two runs, orders are looked for in stores that do not tell of them, where that costs little. */
class OrderLookTest {
    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);

    private final World world = new World(17);

    /** A run a day, so that only looks pull orders in these hours. */
    @BeforeEach
    void everyMinute() {
        world.settings = world.settings.every(Duration.ofDays(1), LOOK);
    }

    private FakeStore on(FakeStore store) {
        world.on(store.lists("A", 10));
        world.await(world::quiet, "all is level");
        return store;
    }

    private FakeStore store(String id) {
        return new FakeStore(id, world.time, FakeStore.modern());
    }

    private long pulls(FakeStore store) {
        return store.calls.stream().filter("orders"::equals).count();
    }

    private List<Run> looks() {
        return world.records.runs.stream()
                .filter(run -> run.trigger() == Run.Trigger.ORDER_LOOK)
                .toList();
    }

    @Test
    void aSaleThatNobodyTellsOfIsKnownEverywhereWithinAMinute() {
        FakeStore shop = on(store("shop"));
        FakeStore other = on(store("other"));
        shop.calls.clear();
        shop.buy("A", 3);
        Instant sold = world.now();
        world.await(() -> other.shows("A") == 7, "the sale reaches the other store");

        assertThat(Duration.between(sold, world.now())).isLessThan(LOOK.plusSeconds(2));
        assertThat(shop.calls).doesNotContain("listings");
        assertThat(looks()).hasSize(1);
        assertThat(looks().get(0).counts().ordersChanged()).isEqualTo(1);
        assertThat(looks().get(0).result()).isEqualTo(Run.Result.DONE);
    }

    @Test
    void aLookThatFindsNothingLeavesNoRun() {
        FakeStore shop = on(store("shop"));
        shop.calls.clear();
        int runs = world.records.runs.size();
        world.time.pass(HOUR);

        assertThat(pulls(shop)).isBetween(55L, 60L);
        assertThat(shop.calls).containsOnly("orders");
        assertThat(world.records.runs).hasSize(runs);
        assertThat(world.lane("shop").view().run()).isNull();
    }

    @Test
    void aPullForAnotherReasonPutsTheLookOff() {
        FakeStore shop = on(store("shop"));
        world.time.pass(LOOK.dividedBy(2));
        world.lane("shop").hint();
        long pulls = pulls(shop) + 1;
        world.await(() -> pulls(shop) == pulls && world.quiet(), "the hint is followed");
        world.time.pass(LOOK.dividedBy(2).plusSeconds(10));

        assertThat(pulls(shop)).isEqualTo(pulls);
    }

    @Test
    void whatFailsInALookIsRecordedAndTriedAgain() {
        FakeStore shop = on(store("shop"));
        shop.fault("orders", effect -> {
            throw new TransientException("The store is asleep.");
        });
        shop.buy("A", 3);
        world.await(() -> !looks().isEmpty(), "the look is recorded");

        assertThat(looks().get(0).counts().ordersChanged()).isEqualTo(1);
        assertThat(looks().get(0).counts().calls()).isEqualTo(2);
    }

    @Test
    void whereOrderPullsAreDearNobodyLooks() {
        FakeStore shop = on(
                new FakeStore("shop", world.time, FakeStore.plain().withOrders(Duration.ZERO, PullCost.DEAR, false)));
        long pulls = pulls(shop);
        world.time.pass(HOUR);

        assertThat(pulls(shop)).isEqualTo(pulls);
    }

    @Test
    void aStoreThatCallsBackIsNotLookedAtAsLongAsItCanDoSo() {
        world.callbacks = store -> Optional.of(URI.create("https://stock.example.org/webhooks/shop"));
        FakeStore shop = on(store("shop"));
        FakeStore refusing = store("refusing");
        refusing.refused.add("orders");
        on(refusing);
        long pulls = pulls(shop);
        long others = pulls(refusing);
        world.time.pass(HOUR);

        assertThat(pulls(shop)).isEqualTo(pulls);
        assertThat(pulls(refusing)).isGreaterThan(others + 50);
    }

    @Test
    void noLooksAreMadeWhereNoneAreWanted() {
        world.settings = world.settings.every(Duration.ofDays(1), Duration.ZERO);
        FakeStore shop = on(store("shop"));
        long pulls = pulls(shop);
        world.time.pass(HOUR);

        assertThat(pulls(shop)).isEqualTo(pulls);
    }

    @Test
    void aStoreThatIsOffIsNotLookedAt() {
        FakeStore shop = on(store("shop"));
        world.follow("shop", false);
        long pulls = pulls(shop);
        world.time.pass(HOUR);

        assertThat(pulls(shop)).isEqualTo(pulls);
    }
}
