package org.evenkeel.benchmarks.window;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.lane.Ledger;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.FakeStore;
import org.evenkeel.sync.internal.testing.RealBooks;
import org.evenkeel.sync.internal.testing.World;

/** The sync's own lanes and the real ledger, in virtual time. Work in the ledger takes none of it; calls take what they take. */
final class SyncInVirtualTime {
    /** One way of a message, in milliseconds: what the fixtures give every call, and here every webhook too. */
    private static final int FASTEST = 20;

    private static final int SPREAD = 200;

    private final Demand demand;
    private final int stores;
    private final boolean webhooks;
    private final long seed;

    SyncInVirtualTime(Demand demand, int stores, boolean webhooks, long seed) {
        this.demand = demand;
        this.stores = stores;
        this.webhooks = webhooks;
        this.seed = seed;
    }

    Outcome run() {
        try (TestDatabase database = TestDatabases.derby();
                RealBooks books = new RealBooks(database.database())) {
            Acknowledgements heard = new Acknowledgements();
            World world = new World(seed, heard.of(books));
            books.time(world.time);
            world.settings = unguarded();
            VirtualStores virtual = new VirtualStores(world.time, demand, stores);
            heard.told = store -> virtual.acknowledged(number(store));
            virtual.all().forEach(world::on);
            world.await(world::quiet, "all stores are level");
            SplittableRandom latency = new SplittableRandom(seed);
            virtual.open(store -> {
                if (webhooks) {
                    FakeStore seller = virtual.all().get(store);
                    world.time.in(
                            Duration.ofMillis(FASTEST + latency.nextInt(SPREAD)),
                            () -> world.lanes.get(seller.id).hint());
                }
            });
            virtual.pass(Settings.DEFAULT.interval().multipliedBy(3));
            world.await(world::quiet, "all stores are level");
            virtual.check();
            books.audit();
            return Outcome.of(virtual.windows());
        }
    }

    /** Everything sells out here, which would otherwise wait for a person. */
    private static Settings unguarded() {
        Settings standard = Settings.DEFAULT;
        return new Settings(
                standard.interval(),
                standard.fenceAge(),
                standard.coalescing(),
                10_000,
                standard.guardFloor(),
                standard.callLimit(),
                standard.rereadsPerDay(),
                standard.openOrdersBack(),
                standard.backoffFirst(),
                standard.backoffMost());
    }

    private static int number(StoreId store) {
        return Integer.parseInt(store.value().substring(store.value().indexOf('-') + 1)) - 1;
    }

    /** Hears when a lane records the outcomes of a push. */
    private static final class Acknowledgements {
        private Consumer<StoreId> told = store -> {};

        Books of(Books books) {
            return with(Books.class, books, (proxy, method, arguments) -> {
                Object answer = call(books, method, arguments);
                return answer instanceof Ledger ledger ? heard(ledger) : answer;
            });
        }

        private Ledger heard(Ledger ledger) {
            return new Ledger(
                    ledger.orders(),
                    with(ListingBook.class, ledger.listings(), (proxy, method, arguments) -> {
                        Object answer = call(ledger.listings(), method, arguments);
                        if (method.getName().equals("sent")) {
                            told.accept((StoreId) arguments[0]);
                        }
                        return answer;
                    }),
                    ledger.stores(),
                    ledger.catalogue());
        }

        private static <T> T with(Class<T> type, T it, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }

        private static Object call(Object it, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(it, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
