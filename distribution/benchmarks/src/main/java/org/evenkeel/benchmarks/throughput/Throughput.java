package org.evenkeel.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.evenkeel.benchmarks.Folders;
import org.evenkeel.benchmarks.HostProcess;
import org.evenkeel.benchmarks.HostStores;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Shop;

/**
 * Shops with one catalogue become stores of a host that is a process of its own. The first opens the products; the others show 0
 * and are filled. Then a hundredth of the products is sold in the first, which is told by a webhook, and all others follow. At
 * last every store is pulled in full though nothing has changed.
 */
final class Throughput {
    private static final Duration PATIENCE = Duration.ofHours(12);
    private static final String SET = "inventorySetQuantities";
    private static final int SHARE = 100;

    private final int stores;
    private final int listings;
    private final int heap;
    private final Consumer<String> told;

    /**
     * What a run measured.
     *
     * @param first the first full sync: pulled, linked, opened, pushed
     * @param changed a hundredth changed
     * @param unchanged every store pulled in full, nothing to push
     */
    record Result(Measured first, Measured changed, Measured unchanged, Heap heap) {}

    /** @param heap of the host, in MB */
    Throughput(int stores, int listings, int heap, Consumer<String> told) {
        this.stores = stores;
        this.listings = listings;
        this.heap = heap;
        this.told = told;
    }

    /** @param postgres where the host keeps its data; null for the database that it brings along */
    Result run(TestDatabase postgres) throws IOException, InterruptedException {
        Path data = Folders.temporary("throughput");
        Path log = Files.createTempFile("evenkeel-collections", ".log");
        configure(data, postgres);
        try (Shops shops = new Shops(stores, listings);
                HostProcess host = HostProcess.start(
                        data,
                        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx" + heap
                                + "m -XX:+ExitOnOutOfMemoryError -Xlog:gc:file=" + log)) {
            HostStores connected = new HostStores(host, host.rest(data));
            for (Shop shop : shops.all()) {
                connected.add(shops.simulator(), shop);
            }
            Meter meter = new Meter(host, shops, postgres);
            Measured start = meter.read();
            fill(shops, connected, start, meter);
            Measured first = meter.read().minus(start);
            told.accept("  first full sync:     " + first.words());
            Measured changed = change(shops, connected, meter);
            told.accept("  a hundredth changed: " + changed.words());
            Measured unchanged = refresh(shops, connected, meter);
            told.accept("  nothing changed:     " + unchanged.words());
            shops.requireLevel();
            return new Result(first, changed, unchanged, Heap.of(log));
        } finally {
            Folders.delete(data);
            Files.deleteIfExists(log);
        }
    }

    private static void configure(Path data, TestDatabase postgres) throws IOException {
        Path folder = Files.createDirectories(data.resolve("config"));
        // No run by the schedule comes between.
        Files.writeString(
                folder.resolve("org.evenkeel.sync.config"), "interval.minutes=I\"1440\"\norder.look.seconds=I\"0\"\n");
        if (postgres != null) {
            Files.writeString(
                    folder.resolve("org.evenkeel.database.config"),
                    "url=\"" + postgres.url() + "\"\nuser=\"" + postgres.user() + "\"\n");
        }
    }

    private void fill(Shops shops, HostStores connected, Measured start, Meter meter) throws InterruptedException {
        connected.awaitRun(connected.turnOn(shops.first()), PATIENCE);
        told.accept("  first store is on:   " + meter.read().minus(start).words());
        List<Long> runs = new ArrayList<>();
        shops.others().forEach(shop -> runs.add(connected.turnOn(shop)));
        for (long run : runs) {
            connected.awaitRun(run, PATIENCE);
        }
        connected.awaitQuiet(PATIENCE);
    }

    private Measured change(Shops shops, HostStores connected, Meter meter) throws InterruptedException {
        int products = Math.max(1, listings / SHARE);
        Measured before = meter.read();
        long wanted = shops.moved() + (long) products * (stores - 1);
        Order last = shops.sell(products);
        connected.webhook(shops.first(), last);
        shops.signal()
                .await(
                        "That all stores follow",
                        PATIENCE,
                        () -> shops.moved() == wanted,
                        () -> shops.moved() + " moved");
        Measured after = meter.read(shops.lastMove());
        connected.awaitQuiet(PATIENCE);
        return after.minus(before);
    }

    private Measured refresh(Shops shops, HostStores connected, Meter meter) throws InterruptedException {
        Measured before = meter.read();
        List<Long> runs = new ArrayList<>();
        shops.all().forEach(shop -> runs.add(connected.refresh(shop)));
        for (long run : runs) {
            connected.awaitRun(run, PATIENCE);
        }
        connected.awaitQuiet(PATIENCE);
        return meter.read().minus(before);
    }

    /** Reads all that is measured, at one moment. */
    private record Meter(HostProcess host, Shops shops, TestDatabase postgres) {
        Measured read() {
            return read(System.nanoTime());
        }

        Measured read(long nanoTime) {
            return new Measured(
                    Duration.ofNanos(nanoTime),
                    host.processor(),
                    ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                    shops.moved(),
                    shops.calls(SET),
                    shops.calls(),
                    transactions());
        }

        private long transactions() {
            if (postgres == null) {
                return -1;
            }
            String sql = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
            try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), "");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
