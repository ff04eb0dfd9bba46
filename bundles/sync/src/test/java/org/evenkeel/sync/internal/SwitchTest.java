package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lane finds out by itself that its store was turned off, where nobody could tell it. */
class SwitchTest {
    private final World world = new World(11);
    private FakeStore shop;

    @BeforeEach
    void aStoreThatIsOn() {
        shop = new FakeStore("shop", world.time, FakeStore.modern()).lists("A", 50);
        world.on(shop);
        world.await(world::quiet, "quiet");
        shop.calls.clear();
    }

    /** As when another host turns it off and dies, or cannot reach the database a second time. */
    private void turnOffUnheard() {
        var listener = world.ledger.listener;
        world.ledger.listener = change -> {};
        world.services.stores().turnOff(shop.id, "test");
        world.ledger.listener = listener;
    }

    private Run ended(long run) {
        world.await(() -> world.records.run(run).result() != null, "it ends");
        return world.records.run(run);
    }

    @Test
    void theNextRunFindsItBeforeAnythingIsPulled() {
        turnOffUnheard();
        shop.buy("A", 1);

        Run run = ended(world.lane("shop").refresh(RefreshKind.NORMAL, "test"));

        assertThat(run.result()).isEqualTo(Run.Result.INTERRUPTED);
        assertThat(run.errors()).singleElement().asString().contains("turned off");
        assertThat(shop.calls).isEmpty();
        assertThat(world.lane("shop").isOn()).isFalse();
    }

    @Test
    void aChangeIsNotSent() {
        turnOffUnheard();
        world.ledger.set("A", 3);
        world.await(() -> !world.lane("shop").isOn(), "it is found");
        world.time.pass(Duration.ofMinutes(1));

        assertThat(world.records.last().trigger()).isEqualTo(Run.Trigger.CHANGE);
        assertThat(world.records.last().result()).isEqualTo(Run.Result.INTERRUPTED);
        assertThat(shop.calls).isEmpty();
        assertThat(shop.shows("A")).isEqualTo(50);
    }

    @Test
    void aRunUnderWayFindsItWithItsNextPullOfOrders() {
        long run = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> shop.calls.contains("listings"), "it is under way");
        turnOffUnheard();
        int before = shop.calls.size();

        assertThat(ended(run).result()).isEqualTo(Run.Result.INTERRUPTED);
        assertThat(shop.calls.subList(before, shop.calls.size())).doesNotContain("orders", "push");
    }

    @Test
    void whileItCannotBeReadNothingIsSent() {
        turnOffUnheard();
        world.ledger.set("A", 3);
        world.await(
                () -> {
                    Run last = world.records.last();
                    return last.trigger() == Run.Trigger.CHANGE && last.result() == null;
                },
                "a run begins");
        world.ledger.before = () -> {
            throw new IllegalStateException("away");
        };
        world.time.pass(Duration.ofSeconds(40));
        world.ledger.before = () -> {};
        world.await(() -> !world.lane("shop").isOn(), "it is found");

        assertThat(shop.calls).isEmpty();
    }

    @Test
    void aLaneThatIsToldWhileTheDatabaseIsAwayAsksAgain() {
        turnOffUnheard();
        world.ledger.before = () -> {
            throw new IllegalStateException("away");
        };
        world.lane("shop").follow();
        world.lane("shop").follow();
        assertThat(world.lane("shop").isOn()).isTrue();
        world.time.pass(Duration.ofSeconds(12));
        world.ledger.before = () -> {};
        world.time.pass(Duration.ofSeconds(6));

        assertThat(world.lane("shop").isOn()).isFalse();
        assertThat(shop.calls).isEmpty();
    }
}
