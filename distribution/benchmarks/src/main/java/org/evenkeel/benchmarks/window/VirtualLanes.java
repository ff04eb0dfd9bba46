package org.evenkeel.benchmarks.window;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.LaneWatcher;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.MemoryRecords;
import org.evenkeel.sync.internal.testing.VirtualTime;
import org.evenkeel.sync.internal.time.Scheduler.Cancellable;

/** One host's lanes in virtual time, on the real ledger; runs are kept in memory. */
final class VirtualLanes {
    private static final String ACTOR = "benchmark";
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final VirtualTime time;
    private final Ledger ledger;
    private final Settings settings;
    private final MemoryRecords runs = new MemoryRecords();
    private final Map<StoreId, Lane> lanes = new LinkedHashMap<>();
    private final Set<StoreId> waking = new HashSet<>();
    private final Host host;
    private final LaneServices services;

    /** @param acknowledged told the number of a store, in the order of their coming, when the answer to a push was heard */
    VirtualLanes(VirtualTime time, Books books, Settings settings, long seed, IntConsumer acknowledged) {
        this.time = time;
        this.ledger = books.services();
        this.settings = settings;
        SplittableRandom random = new SplittableRandom(seed);
        host = new Host(time, () -> VirtualStores.oneWay(random), () -> {
            throw new IllegalStateException("Nothing here makes a host crash");
        });
        services = new LaneServices(time, host, new Heard(acknowledged), random.split(), ledger, runs, settings);
        books.listener = this::changed;
    }

    /** Lanes wake a moment later, once for several changes. */
    private void changed(LedgerListener.Change change) {
        for (StoreId store : change.stores()) {
            if (lanes.containsKey(store) && waking.add(store)) {
                host.schedule(time.instant().plus(settings.coalescing()), () -> {
                    waking.remove(store);
                    lanes.get(store).wake();
                });
            }
        }
    }

    /** Turns a store on as people do, and waits until all is quiet. */
    void on(FakeStore store) {
        ledger.stores().register(store.id, store.id.value(), "simulated", ACTOR);
        Lane lane = new Lane(
                store.id, false, services, new MemoryRecords.Memory(), MemoryRecords.NO_STATE, new Unwatched());
        lanes.put(store.id, lane);
        lane.attach(store, null);
        long run = lane.turnOn(
                () -> ledger.stores().turnOn(store.id, time.instant(), false, ACTOR), TurnOn.DEFAULT, ACTOR);
        await("The first run of " + store.id, () -> runs.run(run).result() == Run.Result.DONE);
        awaitQuiet();
    }

    /** A webhook of a store came. */
    void hint(FakeStore store) {
        lanes.get(store.id).hint();
    }

    void awaitQuiet() {
        await(
                "Quiet",
                () -> lanes.entrySet().stream().allMatch(lane -> {
                    var due = ledger.listings().dueCount(lane.getKey(), time.instant());
                    return due.ready() + due.unknown() == 0
                            && lane.getValue().view().run() == null;
                }));
    }

    private void await(String what, BooleanSupplier condition) {
        if (!time.until(condition, PATIENCE)) {
            throw new IllegalStateException(what + " did not come about within an hour; the last run: " + runs.last());
        }
    }

    /** Makes calls, and hears when the answer to a push is there. */
    private final class Heard implements CallExecutor {
        private final IntConsumer acknowledged;

        Heard(IntConsumer acknowledged) {
            this.acknowledged = acknowledged;
        }

        @Override
        public <T> Cancellable call(CallOrder order, Work<T> work, Consumer<CallResult<T>> done) {
            return host.call(order, work, result -> {
                done.accept(result);
                if (order.operation().equals("push")) {
                    acknowledged.accept(Demand.number(order.store()));
                }
            });
        }
    }

    private static final class Unwatched implements LaneWatcher {
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
