package org.evenkeel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens in a shop, its figures add up: against the orders, and against the goods that came and went. */
class StockPropertyTest {
    private static final int OPENING = 100;

    /** A shop with two locations, random steps, and our own count of the goods that physically came and went. */
    private static final class World {
        final Simulator simulator = Simulator.builder().shop("north", "t").build();
        final Shop shop = simulator.shop("north");
        final Random random;
        final List<Variant> variants = new ArrayList<>();
        final List<Location> locations = new ArrayList<>();
        final Map<Variant, Long> goods = new HashMap<>();

        World(long seed) {
            random = new Random(seed);
            locations.add(shop.catalogue().mainLocation());
            locations.add(shop.catalogue().addLocation("Depot"));
            for (int i = 0; i < 4; i++) {
                Variant variant = shop.addProduct("Product " + i, "SKU-" + i, OPENING);
                variants.add(variant);
                goods.put(variant, (long) OPENING);
            }
        }

        void step() {
            List<Order> orders = new ArrayList<>(shop.orders().all());
            int dice = random.nextInt(12);
            if (dice < 3 || orders.isEmpty()) {
                shop.sales().place(basket());
            } else if (dice == 3) {
                manualEdit();
            } else {
                stepOf(orders.get(random.nextInt(orders.size())), dice);
            }
        }

        private Basket basket() {
            Basket basket = Basket.empty();
            for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
                basket = basket.and(any(variants), 1 + random.nextInt(5));
            }
            return random.nextBoolean() ? basket.at(any(locations)) : basket.unpaid();
        }

        private void manualEdit() {
            Variant variant = any(variants);
            Location location = any(locations);
            long by = random.nextInt(21) - 10;
            if (random.nextBoolean()) {
                shop.stock().holdBack(variant, location, Shelf.HeldBack.DAMAGED, Math.abs(by));
            } else {
                shop.stock().adjustAvailable(variant, location, by);
                goods.merge(variant, by, Long::sum);
            }
        }

        private void stepOf(Order order, int dice) {
            OrderLine line = any(order.lines());
            int units = 1 + random.nextInt(3);
            boolean restock = random.nextBoolean();
            int lostBefore = lost(order);
            int fulfilledBefore = line.fulfilled();
            switch (dice) {
                case 4, 5 ->
                    tryTo(() -> {
                        shop.sales().fulfil(order, random.nextBoolean() ? null : any(locations), Map.of(line, units));
                        moved(line, -(line.fulfilled() - fulfilledBefore));
                    });
                case 6 -> tryTo(() -> cancelShipment(order));
                case 7 -> tryTo(() -> cancel(order, restock));
                case 8 ->
                    tryTo(() -> {
                        shop.sales().refund(order, Map.of(line, units), Refund.Restock.RETURN, any(locations));
                        moved(line, units);
                    });
                case 9 -> tryTo(() -> shop.sales().refund(order, line, units, Refund.Restock.CANCEL));
                case 10 ->
                    tryTo(() -> {
                        shop.sales().refund(order, line, units, Refund.Restock.NO_RESTOCK);
                        moved(line, -(lost(order) - lostBefore));
                    });
                default -> edit(order, line, units, restock, lostBefore);
            }
        }

        private void edit(Order order, OrderLine line, int units, boolean restock, int lostBefore) {
            switch (random.nextInt(4)) {
                case 0 -> tryTo(() -> shop.sales().addLine(order, any(variants), units));
                case 1 -> shop.sales().delete(order);
                default ->
                    tryTo(() -> {
                        shop.sales().setQuantity(order, line, units, restock);
                        moved(line, -(lost(order) - lostBefore));
                    });
            }
        }

        private void cancelShipment(Order order) {
            for (Fulfilment fulfilment : order.fulfilments()) {
                if (!fulfilment.cancelled()) {
                    shop.sales().cancelFulfilment(fulfilment);
                    fulfilment.lines().forEach(l -> moved(l.line(), l.quantity()));
                    return;
                }
            }
        }

        private void cancel(Order order, boolean restock) {
            Map<OrderLine, Integer> before = new HashMap<>();
            order.lines().forEach(l -> before.put(l, l.lost()));
            shop.sales().cancel(order, restock);
            order.lines().forEach(l -> moved(l, -(l.lost() - before.get(l))));
        }

        private static int lost(Order order) {
            return order.lines().stream().mapToInt(OrderLine::lost).sum();
        }

        private void moved(OrderLine line, int units) {
            goods.merge(line.variant(), (long) units, Long::sum);
        }

        /** Steps that an order does not allow are refused; that they then change nothing is part of the property. */
        private static void tryTo(Runnable step) {
            try {
                step.run();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            }
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        long onHand(Variant variant) {
            return shop.stock().of(variant).stream()
                    .mapToLong(shelf -> shelf.figures().onHand())
                    .sum();
        }

        long committed(Shelf shelf) {
            return shop.orders().all().stream()
                    .flatMap(order -> order.lines().stream())
                    .filter(line -> line.shelf() == shelf)
                    .mapToLong(OrderLine::open)
                    .sum();
        }
    }

    @Property(tries = 150)
    void figuresAddUpAfterEveryStep(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
        World world = new World(seed);
        for (int i = 0; i < steps; i++) {
            world.step();
            for (Variant variant : world.variants) {
                for (Shelf shelf : world.shop.stock().of(variant)) {
                    Figures figures = shelf.figures();
                    assertThat(figures.onHand())
                            .isEqualTo(figures.available() + figures.committed() + figures.unavailable());
                    assertThat(figures.committed())
                            .as("open units of %s", shelf)
                            .isEqualTo(world.committed(shelf));
                }
                assertThat(world.onHand(variant)).as("goods of %s", variant).isEqualTo(world.goods.get(variant));
            }
        }
    }

    @Property(tries = 60)
    void countsOfEveryLineAddUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
        World world = new World(seed);
        for (int i = 0; i < steps; i++) {
            world.step();
        }
        for (Order order : world.shop.orders().all()) {
            for (OrderLine line : order.lines()) {
                assertThat(line.open()).isNotNegative();
                assertThat(line.current()).isNotNegative();
                assertThat(line.ordered()).isEqualTo(line.putBack() + line.lost() + line.fulfilled() + line.open());
                assertThat(line.fulfilled()).isEqualTo(shipped(order, line));
            }
        }
    }

    private static int shipped(Order order, OrderLine line) {
        return order.fulfilments().stream()
                .filter(fulfilment -> !fulfilment.cancelled())
                .flatMap(fulfilment -> fulfilment.lines().stream())
                .filter(part -> part.line() == line)
                .mapToInt(Fulfilment.Line::quantity)
                .sum();
    }

    @Property(tries = 20)
    void theSameSeedDoesTheSameThings(@ForAll long seed) {
        assertThat(story(seed)).isEqualTo(story(seed));
    }

    private static List<String> story(long seed) {
        Simulator simulator = Simulator.builder()
                .clock(SimClock.standingAt(Instant.EPOCH))
                .shop("a", "t")
                .shop("b", "t")
                .build();
        DemoCatalogue.fill(List.copyOf(simulator.shops()), 1);
        simulator.customers().seed(seed);
        List<String> story = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            story.add(simulator.customers().next().toString());
        }
        return story;
    }
}
