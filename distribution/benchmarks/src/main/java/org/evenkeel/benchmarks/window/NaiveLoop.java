package org.evenkeel.benchmarks.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.StoreLocation;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.VirtualTime;

/**
 * What one would write first: every nine minutes it pulls the new orders of all stores, one after the other, and then sets all
 * figures in all of them, in full batches. Its calls take as long as the sync's, and it fails never.
 */
final class NaiveLoop {
    static final Duration EVERY = Duration.ofMinutes(9);

    private final Demand demand;
    private final VirtualTime time = new VirtualTime();
    private final VirtualStores stores;
    private final SplittableRandom latency;
    private final long[] stock;
    private final Set<List<Object>> seen = new HashSet<>();
    private final String[] cursors;
    private long batches;

    NaiveLoop(Demand demand, int stores, long seed) {
        this.demand = demand;
        this.stores = new VirtualStores(time, demand, stores);
        this.latency = new SplittableRandom(seed);
        this.stock = demand.opening().clone();
        this.cursors = new String[stores];
    }

    Outcome run() {
        stores.open(store -> {});
        round();
        stores.pass(EVERY.multipliedBy(3));
        stores.check();
        return Outcome.of(stores.windows());
    }

    private void round() {
        Instant began = time.instant();
        pull(0, () -> push(0, 0, () -> time.at(began.plus(EVERY), this::round)));
    }

    private void pull(int store, Runnable then) {
        if (store == stores.all().size()) {
            then.run();
            return;
        }
        FakeStore from = stores.all().get(store);
        call(() -> from.orders(cursors[store], null, null), page -> {
            take(store, page);
            pull(page.more() ? store : store + 1, then);
        });
    }

    private void take(int store, OrderPage page) {
        cursors[store] = page.cursor();
        page.entries().stream().map(OrderSnapshot.class::cast).forEach(order -> {
            if (seen.add(List.of(store, order.id()))) {
                order.lines().forEach(line -> stock[Demand.number(line.sku())] -= line.ordered());
            }
        });
    }

    private void push(int store, int from, Runnable then) {
        if (store == stores.all().size()) {
            then.run();
            return;
        }
        int to = Math.min(stock.length, from + VirtualStores.BATCH);
        PushBatch batch = batch(from, to);
        call(() -> stores.all().get(store).push(batch, null), outcomes -> {
            stores.acknowledged(store);
            boolean done = to == stock.length;
            push(done ? store + 1 : store, done ? 0 : to, then);
        });
    }

    private PushBatch batch(int from, int to) {
        List<PushBatch.Item> items = new ArrayList<>();
        for (int product = from; product < to; product++) {
            String sku = Demand.sku(product);
            items.add(new PushBatch.Item(
                    new FigureTarget(new ListingId(sku, ""), sku, StoreLocation.ONLY),
                    sku,
                    Math.max(0, stock[product]),
                    null));
        }
        return new PushBatch("naive-" + ++batches, items);
    }

    private interface Work<T> {
        T run() throws ConnectorException;
    }

    private interface Then<T> {
        void run(T answer);
    }

    private <T> void call(Work<T> work, Then<T> then) {
        time.in(oneWay(), () -> {
            T answer = answer(work);
            time.in(oneWay(), () -> then.run(answer));
        });
    }

    private static <T> T answer(Work<T> work) {
        try {
            return work.run();
        } catch (ConnectorException e) {
            throw new IllegalStateException(e);
        }
    }

    private Duration oneWay() {
        return VirtualStores.oneWay(latency);
    }
}
