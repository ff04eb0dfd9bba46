package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.evenkeel.connector.TransientException;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.internal.lane.PlanStep;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** What a held store shows is believed when it is let go, but never counted twice. */
class ReleasingTest {
    private final World world = new World(23);

    private FakeStore held() {
        FakeStore shop = world.on(new FakeStore("shop", world.time, FakeStore.modern()).lists("A", 50));
        world.await(world::quiet, "all is level");
        world.lane("shop").hold("Somebody looked.");
        shop.calls.clear();
        shop.pushes.clear();
        return shop;
    }

    private void release() {
        world.lane("shop").carryOut(new PlanStep(PlanStep.Kind.RELEASE, 1), "test");
        world.await(() -> world.lane("shop").view().state().heldReason.isEmpty(), "it is released");
        world.await(world::quiet, "all is level");
    }

    @Test
    void anOrderBetweenTheLastPullAndTheReadingIsNotTakenOffTwice() {
        FakeStore shop = held();
        world.lane("shop").configure(new StoreSettings(null, Drift.ADOPT, false, null, null));
        shop.fault("readBack", effect -> shop.buy("A", 3));
        release();
        world.lane("shop").refresh(RefreshKind.HARD, "test");
        world.await(world::quiet, "it is read again");

        assertThat(shop.pushes).isEmpty();
        assertThat(shop.shows("A")).isEqualTo(47);
        assertThat(world.ledger.product("A").inStock()).isEqualTo(50);
    }

    @Test
    void whatSomebodyChangedMeanwhileIsBelievedAndOverwritten() {
        FakeStore shop = held();
        shop.edit("A", 20);
        release();

        assertThat(shop.shows("A")).isEqualTo(50);
        assertThat(world.ledger.product("A").inStock()).isEqualTo(50);
    }

    @Test
    void anUnknownOutcomeIsSettledByWhatTheStoreShows() {
        FakeStore shop = world.on(new FakeStore("shop", world.time, FakeStore.plain()).lists("A", 50));
        world.await(world::quiet, "all is level");
        shop.fault("push", effect -> {
            effect.run();
            throw new TransientException("No answer.");
        });
        world.ledger.set("A", 30);
        world.await(() -> !shop.pushes.isEmpty(), "it was sent");
        world.lane("shop").hold("Somebody looked.");
        release();

        assertThat(shop.shows("A")).isEqualTo(30);
        assertThat(world.ledger.product("A").inStock()).isEqualTo(30);
    }
}
