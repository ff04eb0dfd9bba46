package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** Figures that a store tells of are read back. */
class HintedReadingTest {
    private final World world = new World(13);
    private FakeStore shop;

    private void shop(String... skus) {
        shop = new FakeStore("shop", world.time, FakeStore.modern());
        for (String sku : skus) {
            shop.lists(sku, 50);
        }
        world.on(shop);
        world.await(world::quiet, "quiet");
        world.time.pass(Duration.ofSeconds(30));
        world.await(world::quiet, "quiet");
        shop.calls.clear();
    }

    private void hint(String... counters) {
        world.lane("shop").hint(Set.of(counters));
    }

    @Test
    void anEditThatAStoreTellsOfIsFoundAndOverwrittenWithoutAFullRun() {
        shop("A", "B", "C");
        shop.edit("A", 70);
        hint("A", "unknown");
        world.await(() -> shop.shows("A") == 50, "the edit is overwritten");

        assertThat(shop.calls).doesNotContain("listings");
        assertThat(world.records.last().trigger()).isEqualTo(Run.Trigger.WEBHOOK);
    }

    @Test
    void aSaleThatIsToldOfByItsFigureIsPulledAndNothingIsSent() {
        shop("A");
        shop.buy("A", 4);
        hint("A");
        world.await(() -> world.ledger.product("A").booked() == 4, "the order is pulled");
        world.time.pass(Duration.ofMinutes(1));

        assertThat(shop.shows("A")).isEqualTo(46);
        assertThat(shop.pushes).isEmpty();
    }

    @Test
    void aFloodIsGatheredBoundedAndYieldsToOrders() {
        String[] skus = IntStream.range(0, 60).mapToObj(i -> "S" + i).toArray(String[]::new);
        shop(skus);
        for (int i = 0; i < 30; i++) {
            hint(skus);
            world.time.pass(Duration.ofMillis(50));
        }
        world.lane("shop")
                .hint(IntStream.range(0, 100_000).mapToObj(i -> "no " + i).collect(Collectors.toSet()));
        world.await(() -> shop.calls.contains("readBack"), "the first page");
        shop.buy("S7", 1);
        hint();
        world.await(() -> world.ledger.product("S7").booked() == 1, "the order");
        List<String> until = List.copyOf(shop.calls);
        world.time.pass(Duration.ofMinutes(1));

        assertThat(until.stream().filter("readBack"::equals).count())
                .as("pages before the order")
                .isLessThan(4);
        assertThat(shop.calls.stream().filter("readBack"::equals).count())
                .as("60 figures, 10 at a time, once")
                .isEqualTo(6);
    }
}
