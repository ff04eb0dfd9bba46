package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.PlanStep;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** Lanes wait until it is known whether the database was restored. */
class GateTest {
    private final World world = new World(12);

    private FakeStore shop() {
        FakeStore shop = new FakeStore("shop", world.time, FakeStore.modern()).lists("A", 50);
        world.on(shop);
        world.await(world::quiet, "quiet");
        shop.calls.clear();
        return shop;
    }

    private void opens() {
        world.gate.letGo();
        world.lane("shop").wake();
    }

    @Test
    void nothingBeginsWhileItIsClosed() {
        FakeStore shop = shop();
        world.gate.close("It is not known yet.");
        world.crash();
        world.time.pass(Duration.ofSeconds(5));
        shop.buy("A", 1);
        world.ledger.set("A", 3);
        world.lane("shop").hint();
        long run = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.time.pass(Duration.ofHours(1));
        assertThat(shop.calls).isEmpty();
        assertThat(world.records.run(run).result()).isNull();

        opens();
        world.await(() -> shop.shows("A") == 2, "it goes on");
        world.await(() -> world.records.run(run).result() == Run.Result.DONE, "with what was asked for");
    }

    @Test
    void aReleaseFromBeforeARestoreLetsNothingGo() {
        FakeStore shop = shop();
        world.lane("shop").hold("Somebody looked.");
        world.ledger.set("A", 3);
        world.lane("shop").carryOut(new PlanStep(PlanStep.Kind.RELEASE, 1), "test");
        world.await(() -> shop.calls.contains("orders"), "the release is under way");
        // The database was restored to where it is to be released, and the host begins.
        world.gate.close("It is not known yet.");
        world.crash();
        world.time.pass(Duration.ofMinutes(1));
        world.lane("shop").hold("The database was restored.");
        opens();
        world.time.pass(Duration.ofHours(1));

        assertThat(world.lane("shop").view().state().heldReason).isNotEmpty();
        assertThat(shop.pushes).isEmpty();
        assertThat(shop.shows("A")).isEqualTo(50);
    }

    @Test
    void aHoldWhileAReleaseIsUnderWayStays() {
        FakeStore shop = shop();
        world.lane("shop").hold("Somebody looked.");
        world.ledger.set("A", 3);
        world.lane("shop").carryOut(new PlanStep(PlanStep.Kind.RELEASE, 1), "test");
        world.await(() -> shop.calls.contains("readBack"), "the release is under way");
        world.lane("shop").hold("The database was restored.");
        world.time.pass(Duration.ofHours(1));

        assertThat(world.lane("shop").view().state().heldReason).isNotEmpty();
        assertThat(shop.pushes).isEmpty();
    }

    @Test
    void whatIsUnderWaySendsNothingMore() {
        FakeStore shop = shop();
        world.ledger.listener = change -> {};
        world.ledger.set("A", 3);
        long run = world.lane("shop").refresh(RefreshKind.NORMAL, "test");
        world.await(() -> shop.calls.contains("orders"), "under way");
        world.gate.close("The database was restored.");
        world.await(() -> world.records.run(run).result() != null, "it ends");
        assertThat(shop.calls).doesNotContain("push");
        assertThat(shop.shows("A")).isEqualTo(50);

        opens();
        world.turnOn(shop, TurnOn.DEFAULT);
        assertThat(shop.shows("A")).isEqualTo(3);
    }
}
