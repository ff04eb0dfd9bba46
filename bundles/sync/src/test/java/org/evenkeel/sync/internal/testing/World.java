package org.evenkeel.sync.internal.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.Callbacks;
import org.evenkeel.sync.internal.lane.Chosen;
import org.evenkeel.sync.internal.lane.Gate;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.LaneWatcher;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.lane.Settings;

/** Stores, one ledger and one host with its lanes, in virtual time. */
public final class World {
    public final VirtualTime time = new VirtualTime();
    public final Books ledger = Books.empty(time);
    public final MemoryRecords records = new MemoryRecords();
    public final Ledger services;
    public final Map<String, FakeStore> stores = new LinkedHashMap<>();
    public final Map<StoreId, Lane> lanes = new HashMap<>();
    /** As ever, but orders are not looked for between runs, so that only what happens makes calls. */
    public Settings settings = Settings.DEFAULT.every(Settings.DEFAULT.interval(), Duration.ZERO);

    /** Where stores are to call back. */
    public Callbacks callbacks = Callbacks.NOWHERE;

    public int crashes;

    private final Map<StoreId, MemoryRecords.Memory> memories = new HashMap<>();
    private final Map<StoreId, Boolean> woken = new HashMap<>();
    private final Random random;
    /** What was chosen in plans. */
    public Chosen chosen = Chosen.NOTHING;

    /** What lanes wait for. */
    public final Gate gate = Gate.open();

    private Host host;

    public World(long seed) {
        this.random = new Random(seed);
        this.services = ledger.services();
        boot();
        ledger.listener = change -> change.stores().forEach(this::wake);
    }

    /** Wakes a lane a moment later, several changes at once. */
    private void wake(StoreId store) {
        if (lanes.containsKey(store) && woken.putIfAbsent(store, true) == null) {
            host.schedule(time.instant().plus(settings.coalescing()), () -> {
                woken.remove(store);
                lanes.get(store).wake();
            });
        }
    }

    private void boot() {
        woken.clear();
        host = new Host(time, () -> Duration.ofMillis(20 + random.nextInt(200)), () -> {
            crashes++;
            time.in(Duration.ofSeconds(2), this::restart);
        });
    }

    /** The host dies, and starts again a moment later. */
    public void crash() {
        host.die();
        crashes++;
        time.in(Duration.ofSeconds(2), this::restart);
    }

    private void restart() {
        boot();
        lanes.clear();
        stores.values().forEach(this::lane);
        lanes.forEach((id, lane) -> lane.attach(stores.get(id.value()), null));
    }

    public FakeStore add(FakeStore store) {
        stores.put(store.id.value(), store);
        services.stores().register(store.id, store.id.value(), "fake", "test");
        lane(store).attach(store, null);
        return store;
    }

    private Lane lane(FakeStore store) {
        boolean on = services.stores().find(store.id).orElseThrow().syncOn();
        Lane lane = new Lane(
                store.id,
                on,
                new LaneServices(time, host, host, random, services, records, settings, id -> callbacks.address(id))
                        .with(chosen)
                        .at(gate),
                memories.computeIfAbsent(store.id, key -> new MemoryRecords.Memory()),
                MemoryRecords.NO_STATE,
                new Silent());
        lanes.put(store.id, lane);
        return lane;
    }

    /** Whether what runs now is the host's own doing, and dies with it. */
    public boolean inHost() {
        return host.running();
    }

    public Lane lane(String store) {
        return lanes.get(new StoreId(store));
    }

    /** Turns a store on as people do, and waits for its first run. */
    public FakeStore on(FakeStore store) {
        add(store);
        turnOn(store, TurnOn.DEFAULT);
        return store;
    }

    public void turnOn(FakeStore store, TurnOn choices) {
        long run = lanes.get(store.id)
                .turnOn(
                        () -> services.stores().turnOn(store.id, time.instant(), choices.takeOpenOrders(), "test"),
                        choices,
                        "test");
        await(() -> records.run(run).result() != null, "the first run of " + store.id);
    }

    /** Turns a store off, or on again without a run of its own. */
    public void follow(String store, boolean on) {
        StoreId id = new StoreId(store);
        if (on) {
            services.stores().turnOn(id, now(), false, "test");
        } else {
            services.stores().turnOff(id, "test");
        }
        lanes.get(id).follow();
    }

    public void await(BooleanSupplier condition, String what) {
        if (!time.until(condition, Duration.ofHours(1))) {
            throw new AssertionError("Did not happen within an hour: " + what + "\n" + story());
        }
    }

    /** Whether no lane has anything left to do but its schedule. */
    public boolean quiet() {
        return stores.values().stream().allMatch(store -> {
            var due = services.listings().dueCount(store.id, time.instant());
            return due.ready() == 0
                    && due.unknown() == 0
                    && lanes.get(store.id).view().run() == null;
        });
    }

    public Instant now() {
        return time.instant();
    }

    public String story() {
        StringBuilder story = new StringBuilder();
        lanes.forEach((id, lane) -> story.append(id)
                .append(": ")
                .append(lane.view().words())
                .append(' ')
                .append(lane.view().run())
                .append('\n'));
        records.runs.stream()
                .skip(Math.max(0, records.runs.size() - 8))
                .forEach(run -> story.append(run).append('\n'));
        return story.toString();
    }

    private static final class Silent implements LaneWatcher {
        @Override
        public void changed(StoreId store) {}

        @Override
        public void turnedOff(StoreId store) {}

        @Override
        public void sold(StoreId store, List<Sale> sales) {}

        @Override
        public long mark() {
            return 0;
        }

        @Override
        public void acknowledged(StoreId store, Set<ProductId> products) {}

        @Override
        public void level(StoreId store, long since) {}
    }
}
