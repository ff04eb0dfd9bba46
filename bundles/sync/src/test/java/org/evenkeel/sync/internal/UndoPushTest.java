package org.evenkeel.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.Sku;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.Chosen;
import org.evenkeel.sync.internal.lane.PlanStep;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.World;
import org.junit.jupiter.api.Test;

/** The figures of an undo, and that it always comes to an end. */
class UndoPushTest {
    private static final long PLAN = 1;

    private final World world = new World(5);
    private final List<Chosen.UndoneFigure> figures = new ArrayList<>();
    private Instant since;
    private FakeStore shop;

    /** What an undo is to put back, and nothing else. */
    private final class Confirmed implements Chosen {
        @Override
        public OpeningChoices openings(long plan, boolean others) {
            return NOTHING.openings(plan, others);
        }

        @Override
        public OrderPage.Counted counted(long plan, Set<String> orders) {
            return OrderPage.Counted.NONE;
        }

        @Override
        public Undone undone(long plan) {
            return new Undone("plan " + plan, since);
        }

        @Override
        public List<UndoneFigure> undoneFigures(long plan, long after, int limit) {
            return figures.stream()
                    .filter(figure -> figure.row() > after)
                    .limit(limit)
                    .toList();
        }
    }

    private void store(FakeStore fake, String... skus) {
        world.chosen = new Confirmed();
        shop = fake;
        for (String sku : skus) {
            shop.lists(sku, 50);
        }
        world.on(shop);
        world.await(world::quiet, "quiet");
        since = world.now();
        shop.calls.clear();
        shop.pushes.clear();
    }

    private FakeStore modern() {
        return new FakeStore("shop", world.time, FakeStore.modern());
    }

    private void putsBack(String sku, long figure) {
        figures.add(new Chosen.UndoneFigure(
                figures.size() + 1L,
                new FigureTarget(new ListingId(sku, ""), sku, StoreLocation.ONLY),
                sku,
                world.ledger
                        .ledger()
                        .catalogue()
                        .productBySku(new Sku(sku))
                        .orElseThrow()
                        .id(),
                false,
                figure,
                0));
    }

    private void undo() {
        world.lane("shop").carryOut(new PlanStep(PlanStep.Kind.UNDO, PLAN), "test");
    }

    /** The run that the undo ended with. */
    private Run ended() {
        world.await(
                () -> world.lane("shop").view().state().planStep == null
                        && !world.services.stores().find(shop.id).orElseThrow().syncOn()
                        && world.records.last().result() != null,
                "the undo ends with the store off");
        Run last = world.records.last();
        assertThat(last.result()).as(last.toString()).isIn(Run.Result.DONE, Run.Result.WITH_ERRORS);
        return last;
    }

    @Test
    void anItemThatSpoilsItsBatchIsFoundAndTheUndoEndsInWords() {
        store(modern(), "A", "B", "C", "D", "E", "F");
        shop.skus().forEach(sku -> putsBack(sku, 7));
        shop.poison.add("C");
        shop.refused.add("E");
        undo();
        Run run = ended();

        for (String sku : List.of("A", "B", "D", "F")) {
            assertThat(shop.shows(sku)).as(sku).isEqualTo(7);
        }
        assertThat(shop.shows("C")).isEqualTo(50);
        assertThat(shop.shows("E")).isEqualTo(50);
        assertThat(run.errors())
                .contains("C could not be put back: 500 Internal Server Error")
                .contains("E could not be put back: BAD: This item cannot be changed.")
                .anySatisfy(words -> assertThat(words).startsWith("2 figures could not be put back"));
        assertThat(run.counts().refused()).isEqualTo(2);
        shop.poison.clear();
        world.turnOn(shop, TurnOn.DEFAULT);
        world.await(() -> world.quiet() && shop.shows("A") == 50, "it can be turned on again");
    }

    @Test
    void aSingleItemThatNeverGoesEndsTheUndoToo() {
        store(modern(), "A");
        putsBack("A", 7);
        shop.poison.add("A");
        undo();

        Instant began = world.now();
        assertThat(ended().errors()).contains("A could not be put back: 500 Internal Server Error");
        assertThat(Duration.between(began, world.now())).as("it is waited for").isGreaterThan(Duration.ofMinutes(3));
        assertThat(shop.pushes).as("and not knocked at all the time").hasSizeLessThan(15);
    }

    @Test
    void aStoreThatIsDownForAWhileIsWaitedFor() {
        store(modern(), "A", "B", "C", "D");
        shop.skus().forEach(sku -> putsBack(sku, 7));
        for (int i = 0; i < 20; i++) {
            shop.fault("push", effect -> {
                throw new TransientException("503 Service Unavailable");
            });
        }
        undo();

        assertThat(ended().counts().refused()).isZero();
        shop.skus().forEach(sku -> assertThat(shop.shows(sku)).as(sku).isEqualTo(7));
    }

    @Test
    void whatBecameUnknownIsReadAndDecidedAnew() {
        store(modern(), "A", "B");
        putsBack("A", 60);
        putsBack("B", 7);
        shop.fault("push", effect -> {
            throw new Host.Hangs();
        });
        undo();
        Run run = ended();

        assertThat(shop.shows("A")).isEqualTo(60);
        assertThat(shop.shows("B")).isEqualTo(7);
        assertThat(run.errors()).noneSatisfy(words -> assertThat(words).contains("could not be put back"));
    }

    @Test
    void aSaleJustBeforeThePushIsTakenOffWhatGoes() {
        store(modern(), "A");
        putsBack("A", 60);
        shop.fault("push", effect -> {
            shop.buy("A", 4);
            effect.run();
        });
        undo();
        ended();

        assertThat(shop.shows("A")).isEqualTo(56);
    }

    @Test
    void aStoreThatIsTurnedOffMidwayIsSentNothingMoreAndTheUndoEndsInWords() {
        store(modern(), "A", "B");
        shop.can = FakeStore.plain();
        putsBack("A", 7);
        putsBack("B", 7);
        world.crash();
        world.await(() -> world.lane("shop").view().connected(), "it is back");
        world.await(world::quiet, "quiet");
        undo();
        world.await(() -> shop.shows("A") == 7, "the first figure");
        String order = shop.buy("B", 1);
        world.follow("shop", false);
        Run run = ended();

        assertThat(shop.shows("B")).isEqualTo(49);
        assertThat(run.errors()).contains("The store is off: what it shows is left as it is.");
        assertThat(world.ledger.knows(shop, order))
                .as("orders of a store that is off wait")
                .isFalse();
        world.turnOn(shop, TurnOn.DEFAULT);
        world.await(world::quiet, "it can be turned on again");
        assertThat(world.ledger.knows(shop, order)).isTrue();
        assertThat(shop.shows("B")).isEqualTo(49);
    }

    @Test
    void aStoreThatIsHeldMidwayIsSentNothingMore() {
        store(modern(), "A");
        putsBack("A", 7);
        undo();
        world.await(() -> shop.calls.contains("readBack"), "it is read");
        world.lane("shop").hold("Somebody looks.");

        assertThat(ended().errors()).anySatisfy(words -> assertThat(words).contains("it is held, or in shadow"));
        assertThat(shop.shows("A")).isEqualTo(50);
    }

    @Test
    void whereOrdersComeLateNothingIsRaisedOverAnOutcomeThatIsNotCertain() {
        FakeStore late = new FakeStore(
                "shop",
                world.time,
                FakeStore.plain().withOrders(Duration.ofMinutes(5), Capabilities.PullCost.CHEAP, true));
        store(late, "A", "B");
        world.time.pass(Duration.ofMinutes(20));
        since = world.now();
        putsBack("A", 70);
        putsBack("B", 7);
        // It takes effect, and its answer is lost; what is sold then is seen later. The store shows again what was
        // believed.
        shop.fault("push", effect -> {
            effect.run();
            shop.buy("A", 20);
            throw new Host.Hangs();
        });
        List<Long> set = new ArrayList<>();
        shop.watch = (sku, was, now) -> {
            if (sku.equals("A") && now > was) {
                set.add(now);
            }
        };
        undo();
        Run run = ended();

        assertThat(set).as("raised").containsExactly(70L);
        assertThat(shop.shows("B")).isEqualTo(7);
        assertThat(run.errors())
                .anySatisfy(words ->
                        assertThat(words).startsWith("A could not be put back: what the store shows is not certain"));
    }
}
