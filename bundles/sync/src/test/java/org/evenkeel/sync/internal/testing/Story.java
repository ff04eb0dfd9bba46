package org.evenkeel.sync.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.sync.RefreshKind;

/** One seed's life. */
public final class Story {
    private static final Duration FENCE_AND_WAY = Duration.ofSeconds(11);

    private final long seed;
    private final String suffix;
    private final List<String> skus;
    private final Random random;
    private final World world;
    private final List<String> told = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private boolean calm;
    private int pushes;

    public Story(long seed) {
        this.seed = seed;
        this.suffix = "";
        this.world = new World(seed);
        this.skus = Stream.of("APPLE", "PEAR", "PLUM", "FIG")
                .map(sku -> sku + suffix)
                .toList();
        this.random = new Random(seed * 31 + 7);
    }

    public void run() {
        try {
            begin();
            live();
            settle();
            judge();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "Seed " + seed + " (run it alone with -Dseed=" + seed + "):\n" + String.join("\n", told) + "\n"
                            + world.story(),
                    e);
        }
    }

    private void begin() {
        int stores = 2 + random.nextInt(3);
        for (int i = 0; i < stores; i++) {
            FakeStore store = new FakeStore("s" + i + suffix, world.time, kind());
            store.staleSpoilsBatch = random.nextBoolean();
            store.tellsActual = random.nextBoolean();
            for (String sku : skus) {
                store.lists(sku, i == 0 ? 20 + random.nextInt(30) : 0);
            }
            store.watch = (sku, was, now) -> pushed(store, sku, was, now);
            tell(store.id + " is " + store.can);
            world.on(store);
            world.await(world::quiet, "the first sync of " + store.id);
        }
        world.ledger.before = this::maybeCrash;
        world.ledger.after = this::maybeCrash;
    }

    private Capabilities kind() {
        boolean conditional = random.nextBoolean();
        Capabilities can = Capabilities.modest()
                .withPush(1 + random.nextInt(5), conditional, random.nextBoolean(), 1_000_000)
                .withReads(1 + random.nextInt(5), 1 + random.nextInt(5));
        Duration lag = random.nextInt(3) == 0 ? Duration.ofSeconds(1 + random.nextInt(120)) : Duration.ZERO;
        return can.withOrders(lag, Capabilities.PullCost.CHEAP, false);
    }

    private void maybeCrash() {
        if (world.inHost() && !calm && random.nextInt(2000) == 0) {
            tell("the host crashes");
            throw new Host.Crash();
        }
    }

    /** An hour of trade. */
    private void live() {
        for (int i = 0; i < 60; i++) {
            world.time.in(Duration.ofMillis(random.nextInt(3_600_000)), this::something);
        }
        world.time.pass(Duration.ofHours(1));
    }

    private void something() {
        FakeStore store = world.stores.get("s" + random.nextInt(world.stores.size()) + suffix);
        String sku = skus.get(random.nextInt(skus.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> buy(store, sku);
            case 5 -> undo(store, true);
            case 6 -> undo(store, false);
            case 7 -> {
                long figure = random.nextInt(40);
                tell(store.id + ": somebody sets " + sku + " to " + figure);
                store.edit(sku, figure);
            }
            case 8 -> {
                long inStock = world.ledger.product(sku).booked() + random.nextInt(50);
                tell("somebody counts " + inStock + " " + sku);
                world.ledger.set(sku, inStock);
            }
            case 9 -> fault(store, "push");
            case 10 -> fault(store, List.of("orders", "listings", "readBack").get(random.nextInt(3)));
            default -> refresh(store);
        }
    }

    private void buy(FakeStore store, String sku) {
        String order = store.buy(sku, 1 + random.nextInt(3));
        if (order != null) {
            tell(store.id + ": order " + order + " of " + sku);
            open.add(store.id + "/" + order);
        }
    }

    private void undo(FakeStore store, boolean cancel) {
        String prefix = store.id + "/";
        open.stream().filter(order -> order.startsWith(prefix)).findFirst().ifPresent(order -> {
            open.remove(order);
            String id = order.substring(prefix.length());
            tell(store.id + ": " + (cancel ? "cancels " : "fulfils ") + id);
            if (cancel) {
                store.cancel(id);
            } else {
                store.fulfil(id);
            }
        });
    }

    private void fault(FakeStore store, String operation) {
        int kind = random.nextInt(5);
        tell(store.id + ": fault " + kind + " of " + operation);
        store.fault(operation, effect -> {
            switch (kind) {
                case 0 -> throw new RateLimitedException("slow", Duration.ofSeconds(random.nextInt(60)));
                case 1 -> throw new TransientException("502");
                case 2 -> throw new Host.Hangs();
                case 3 -> {
                    effect.run();
                    throw new Host.Hangs();
                }
                default -> effect.run();
            }
        });
    }

    private void refresh(FakeStore store) {
        tell(store.id + ": refresh");
        var lane = world.lanes.get(store.id);
        if (lane != null && lane.view().connected()) {
            lane.refresh(random.nextBoolean() ? RefreshKind.HARD : RefreshKind.NORMAL, "test");
        }
    }

    /** No figure is raised while a sale of it is unknown that could have been seen: fence and way of a call are short. */
    private void pushed(FakeStore store, String sku, long was, long now) {
        pushes++;
        tell(store.id + ": " + sku + " is set from " + was + " to " + now);
        if (now > was) {
            for (String order : store.visibleBefore(world.now().minus(FENCE_AND_WAY), sku)) {
                if (!world.ledger.knows(store, order)) {
                    broken.add(sku + " was raised in " + store.id + " though order " + order + " was visible");
                }
            }
        }
    }

    private void settle() {
        calm = true;
        tell("calm");
        world.stores.values().forEach(store -> store.faults.clear());
        // Two scheduled runs and the longest lag: whatever no wake-up told is found by then.
        world.time.pass(Duration.ofMinutes(40));
        world.await(world::quiet, "quiet");
    }

    private void judge() {
        assertThat(broken).isEmpty();
        assertThat(pushes).as("pushes").isPositive();
        world.ledger.audit();
        for (FakeStore store : world.stores.values()) {
            assertThat(store.orderIds()).allMatch(order -> world.ledger.knows(store, order));
        }
        for (String sku : skus) {
            long open = world.stores.values().stream()
                    .mapToLong(store -> store.openUnits(sku))
                    .sum();
            assertThat(world.ledger.product(sku).booked())
                    .as("booked of %s", sku)
                    .isEqualTo(open);
        }
        for (FakeStore store : world.stores.values()) {
            for (String sku : skus) {
                assertThat(store.shows(sku))
                        .as("%s in %s", sku, store.id)
                        .isEqualTo(Math.max(0, world.ledger.product(sku).available()));
            }
        }
    }

    private void tell(String what) {
        told.add(world.now() + " " + what);
    }
}
