package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.evenkeel.ledger.Adjustment.Kind;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.Journal;
import org.evenkeel.ledger.LineCounts;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.Movement;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderSnapshot.Move;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.ProductId;

/** What holds for every life of an order and every program of changes. */
class ConvergencePropertiesTest {
    private static final int LINES = 3;
    private static final long STOCK = 20;

    // --- the life of an order ----------------------------------------------------------------------------------------

    /** One thing that happens to a line of an order. */
    record Event(int line, int kind, int units, int place) {}

    /** The states of an order, one after the other, and how a lossy world delivers them. */
    record Life(List<Event> events, long seed) {}

    @Provide
    Arbitrary<Life> lives() {
        Arbitrary<Event> event = Combinators.combine(
                        Arbitraries.integers().between(0, LINES - 1),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 1))
                .as(Event::new);
        return Combinators.combine(
                        event.list().ofMinSize(1).ofMaxSize(9),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .as(Life::new);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void anyOrderDuplicationAndOmissionOfTheStatesEndsInTheSameLedger(
            @ForAll("lives") Life life, @ForAll Databases database) {
        TestLedger ledger = database.ledger();
        List<LocationId> places = places(ledger);
        List<OrderSnapshot> states = states(life.events(), places);

        ledger.apply(states.get(states.size() - 1));
        List<List<Long>> straight = figures(ledger, places);
        OrderView last = ledger.order("1");
        ledger.assertBooksAreRight();

        ledger = database.ledger();
        places = places(ledger);
        List<OrderSnapshot> delivered = states(life.events(), places);
        for (List<OrderEntry> page : lossy(delivered, life.seed())) {
            deliver(ledger, page);
            ledger.assertBooksAreRight();
        }
        assertThat(figures(ledger, places)).isEqualTo(straight);
        assertThat(ledger.order("1").state()).isEqualTo(last.state());
        assertThat(ledger.order("1").lines().stream()
                        .mapToLong(OrderView.Line::booked)
                        .sum())
                .isEqualTo(
                        last.lines().stream().mapToLong(OrderView.Line::booked).sum());
    }

    private static List<LocationId> places(TestLedger ledger) {
        LocationId main = ledger.main();
        LocationId second = ledger.location("Second");
        ledger.mapped(TestLedger.SHOP, List.of(main, second));
        for (int line = 0; line < LINES; line++) {
            ProductId product = ledger.product("P" + line);
            ledger.adjust(product, main, Kind.SET, STOCK);
            ledger.adjust(product, second, Kind.SET, STOCK);
        }
        return List.of(main, second);
    }

    private static List<List<Long>> figures(TestLedger ledger, List<LocationId> places) {
        List<List<Long>> figures = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            ProductId product = ledger.catalogue()
                    .productBySku(new org.evenkeel.ledger.Sku("P" + line))
                    .orElseThrow()
                    .id();
            places.forEach(place -> figures.add(ledger.figures(product, place)));
        }
        return figures;
    }

    /** A line as its store keeps it. */
    private static final class StoreLine {
        long ordered;
        long cancelled;
        long lost;
        long fulfilled;
        long returned;
        boolean removed;
        int place;
        final List<Move> moves = new ArrayList<>();

        long open() {
            return ordered - cancelled - lost - fulfilled;
        }

        /** What a store would let happen. */
        void happen(Event event, List<LocationId> places) {
            String place = "at-" + places.get(event.place());
            long units = Math.min(event.units(), event.kind() == 4 ? fulfilled - returned : open());
            switch (event.kind()) {
                case 0 -> {
                    ordered += event.units();
                    removed = false;
                }
                case 1 -> {
                    cancelled += units;
                    // A line that was never sent can be taken off the order.
                    removed = open() == 0 && fulfilled == 0 && lost == 0;
                }
                case 2 -> {
                    lost += units;
                    moved(Move.Kind.LOST, units, place);
                }
                case 3 -> {
                    fulfilled += units;
                    moved(Move.Kind.FULFILLED, units, place);
                }
                case 4 -> {
                    returned += units;
                    moved(Move.Kind.RETURNED, units, place);
                }
                default -> this.place = event.place();
            }
        }

        private void moved(Move.Kind kind, long units, String place) {
            if (units > 0) {
                moves.add(new Move(kind, units, place, null));
            }
        }
    }

    private static List<OrderSnapshot> states(List<Event> events, List<LocationId> places) {
        List<StoreLine> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            StoreLine fresh = new StoreLine();
            fresh.ordered = line + 1;
            lines.add(fresh);
        }
        List<OrderSnapshot> states = new ArrayList<>();
        states.add(state(lines, places, 0));
        for (Event event : events) {
            lines.get(event.line()).happen(event, places);
            states.add(state(lines, places, states.size()));
        }
        return states;
    }

    /** Every second state has the version of the one before, as stores with clocks of whole seconds make them. */
    private static OrderSnapshot state(List<StoreLine> lines, List<LocationId> places, int number) {
        AnOrder order = AnOrder.of("1").version(number / 2);
        for (int n = 0; n < lines.size(); n++) {
            StoreLine line = lines.get(n);
            if (!line.removed) {
                order = order.line(
                        "line-" + n,
                        "P" + n,
                        new LineCounts(line.ordered, line.cancelled, line.lost, line.fulfilled, line.returned),
                        "at-" + places.get(line.place),
                        line.moves.toArray(Move[]::new));
            }
        }
        return order.snapshot();
    }

    /** Pages with states left out, repeated and shuffled; the last page ends in the final state. */
    private static List<List<OrderEntry>> lossy(List<OrderSnapshot> states, long seed) {
        Random random = new Random(seed);
        List<OrderSnapshot> delivered = new ArrayList<>();
        for (OrderSnapshot state : states) {
            for (int copies = random.nextInt(3); copies > 0; copies--) {
                delivered.add(state);
            }
        }
        Collections.shuffle(delivered, random);
        List<List<OrderEntry>> pages = new ArrayList<>();
        for (int from = 0; from < delivered.size(); ) {
            int to = Math.min(delivered.size(), from + 1 + random.nextInt(3));
            pages.add(List.copyOf(delivered.subList(from, to)));
            from = to;
        }
        pages.add(List.of(states.get(states.size() - 1)));
        return pages;
    }

    /** As the sync does: what is to be read again is read by its id, and the store then shows its final state. */
    private static void deliver(TestLedger ledger, List<OrderEntry> page) {
        ApplyResult result = ledger.orders().apply(new OrderPage(TestLedger.SHOP, page, null, false));
        if (!result.reread().isEmpty()) {
            ledger.orders().apply(new OrderPage(TestLedger.SHOP, List.of(page.get(page.size() - 1)), null, true));
        }
    }

    // --- random programs ---------------------------------------------------------------------------------------------

    /** One call of a program. */
    record Step(int kind, int product, int quantity) {}

    @Provide
    Arbitrary<List<Step>> programs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 9))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
    void theSumsOfTheJournalAreTheLevelsAfterAnyProgram(
            @ForAll("programs") List<Step> program, @ForAll Databases database) {
        TestLedger ledger = database.ledger();
        List<ProductId> products = List.of(ledger.product("P0"), ledger.product("P1"), ledger.product("P2"));
        int number = 0;
        for (Step step : program) {
            run(ledger, products, step, number++);
        }
        for (ProductId product : products) {
            List<Movement> movements = ledger.journal()
                    .movements(Journal.Query.of(product), new PageRequest(0, 500))
                    .items();
            assertThat(ledger.figures(product).subList(0, 2))
                    .containsExactly(
                            movements.stream().mapToLong(Movement::deltaInStock).sum(),
                            movements.stream().mapToLong(Movement::deltaBooked).sum());
            assertThat(ledger.inventory().stock(product).version()).isGreaterThanOrEqualTo(0);
        }
        ledger.assertBooksAreRight();
    }

    private static void run(TestLedger ledger, List<ProductId> products, Step step, int number) {
        ProductId product = products.get(step.product());
        switch (step.kind()) {
            case 0 -> ledger.set(product, step.quantity());
            case 1 -> ledger.add(product, step.quantity());
            case 2 -> ledger.adjust(product, ledger.main(), Kind.SUBTRACT, step.quantity());
            case 3, 4 ->
                ledger.apply(AnOrder.of("order-" + number)
                        .line("a", "P" + step.product(), new LineCounts(step.quantity(), 0, 0, step.quantity() / 2, 0))
                        .line("b", "P" + (step.product() + 1) % 3, AnOrder.ordered(1))
                        .snapshot());
            case 5 ->
                ledger.reread(
                        AnOrder.of("order-" + Math.max(0, number - 2)).gone().snapshot());
            default -> undoNewest(ledger, product, number);
        }
    }

    private static void undoNewest(TestLedger ledger, ProductId product, int number) {
        ledger.journal().movements(Journal.Query.of(product), new PageRequest(0, 500)).items().stream()
                .filter(movement -> movement.reference().kind() == Movement.Reference.Kind.NONE)
                .filter(movement -> movement.reversedBy() == null)
                .findFirst()
                .ifPresent(movement -> ledger.inventory()
                        .undo(movement.id(), TestLedger.ACTOR, new IdempotencyKey("undo", "step-" + number)));
    }
}
