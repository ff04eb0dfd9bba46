package org.evenkeel.benchmarks.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.evenkeel.benchmarks.window.Demand.Wish;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.VirtualTime;

/** The stores of a demand in virtual time, and what happens in them, whoever keeps them level. */
final class VirtualStores {
    static final int BATCH = 250;
    private static final int ORDERS_PER_PAGE = 100;
    private static final int FASTEST = 20;
    private static final int SPREAD = 200;

    private final VirtualTime time;
    private final Demand demand;
    private final List<FakeStore> stores = new ArrayList<>();
    /** By store: figures that a push set whose answer is on its way. */
    private final List<List<Told>> onTheWay = new ArrayList<>();

    private final SaleWindows windows;
    private int next;

    private record Told(int product, long units) {}

    VirtualStores(VirtualTime time, Demand demand, int count) {
        this.time = time;
        this.demand = demand;
        this.windows = new SaleWindows(count, demand.opening());
        for (int i = 0; i < count; i++) {
            stores.add(open(i));
        }
    }

    private FakeStore open(int number) {
        FakeStore store = new FakeStore(
                Demand.store(number),
                time,
                FakeStore.modern().withPush(BATCH, true, true, 1_000_000).withReads(BATCH, BATCH));
        store.listingsPerPage = BATCH;
        store.ordersPerPage = ORDERS_PER_PAGE;
        for (int product = 0; product < demand.opening().length; product++) {
            store.lists(Demand.sku(product), demand.opening()[product]);
        }
        List<Told> told = new ArrayList<>();
        onTheWay.add(told);
        store.watch = (sku, was, now) -> {
            if (was != now) {
                told.add(new Told(Demand.number(sku), was - now));
            }
        };
        return store;
    }

    /** How long a message to or from a store takes, whoever sends it. */
    static Duration oneWay(SplittableRandom random) {
        return Duration.ofMillis(FASTEST + random.nextInt(SPREAD));
    }

    List<FakeStore> all() {
        return stores;
    }

    SaleWindows windows() {
        return windows;
    }

    /** Lets buyers come from now on. @param placed told the number of each store that sold something */
    void open(IntConsumer placed) {
        Instant from = time.instant();
        come(from, placed);
    }

    private void come(Instant from, IntConsumer placed) {
        if (next == demand.wishes().size()) {
            return;
        }
        Wish wish = demand.wishes().get(next++);
        time.at(from.plus(wish.after()), () -> {
            if (stores.get(wish.store()).buy(Demand.sku(wish.product()), wish.units()) != null) {
                windows.sold(wish.store(), wish.product(), wish.units(), time.instant());
                placed.accept(wish.store());
            }
            come(from, placed);
        });
    }

    /** The answer to a store's push was heard. */
    void acknowledged(int store) {
        List<Told> told = onTheWay.get(store);
        told.forEach(one -> windows.told(store, one.product(), one.units(), time.instant()));
        told.clear();
    }

    /** Lets the demand go by, and then what it takes until all is quiet. */
    void pass(Duration after) {
        Instant last = time.instant()
                .plus(demand.wishes().get(demand.wishes().size() - 1).after());
        time.pass(Duration.between(time.instant(), last).plus(after));
    }

    /** @throws IllegalStateException when what was measured is not what the stores show, or a sale is not known everywhere */
    void check() {
        for (int store = 0; store < stores.size(); store++) {
            for (int product = 0; product < demand.opening().length; product++) {
                long shown = stores.get(store).shows(Demand.sku(product));
                if (shown != windows.figure(store, product)) {
                    throw new IllegalStateException(Demand.store(store) + " shows " + shown + " of "
                            + Demand.sku(product) + ", not " + windows.figure(store, product));
                }
            }
        }
        if (windows.open() > 0) {
            throw new IllegalStateException(windows.open() + " sales are still on sale elsewhere");
        }
    }
}
