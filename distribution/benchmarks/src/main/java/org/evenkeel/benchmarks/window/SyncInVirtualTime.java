package org.evenkeel.benchmarks.window;

import java.util.SplittableRandom;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.VirtualTime;

/** The sync's own lanes and the real ledger, in virtual time. Work in the ledger takes none of it; calls take what they take. */
final class SyncInVirtualTime {
    private final Demand demand;
    private final int stores;
    private final News news;
    private final long seed;

    SyncInVirtualTime(Demand demand, int stores, News news, long seed) {
        this.demand = demand;
        this.stores = stores;
        this.news = news;
        this.seed = seed;
    }

    Outcome run() {
        VirtualTime time = new VirtualTime();
        VirtualStores virtual = new VirtualStores(time, demand, stores);
        Books books = Books.empty(time);
        VirtualLanes lanes = new VirtualLanes(time, books, news.settings(), seed, virtual::acknowledged);
        virtual.all().forEach(lanes::on);
        SplittableRandom latency = new SplittableRandom(seed);
        virtual.open(store -> {
            if (news == News.WEBHOOKS) {
                FakeStore seller = virtual.all().get(store);
                time.in(VirtualStores.oneWay(latency), () -> lanes.hint(seller));
            }
        });
        virtual.pass(Settings.DEFAULT.interval().multipliedBy(3));
        lanes.awaitQuiet();
        virtual.check();
        books.audit();
        return Outcome.of(virtual.windows());
    }
}
