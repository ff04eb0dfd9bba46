package org.evenkeel.benchmarks.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.evenkeel.benchmarks.House;
import org.evenkeel.benchmarks.replay.Step.Correction;
import org.evenkeel.benchmarks.replay.Step.Return;
import org.evenkeel.benchmarks.replay.Step.Sale;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.simulator.Shop;

/**
 * Plays the file, day by day: orders are placed, units come back and stock is corrected as they come; in the evening every
 * store is refreshed until all are quiet, every shelf is compared with the oracle, and then what was ordered is sent, which the
 * next evening's refresh sees. Ends early when a shelf is wrong.
 */
final class Replay {
    /** So many shops share the catalogue; orders go to them in turn. */
    static final int SHOPS = 3;

    private final Path file;
    private final int lines;
    private final Consumer<String> told;

    /**
     * @param lines how many lines of the file at most
     * @param told gets a line of words from time to time
     */
    Replay(Path file, int lines, Consumer<String> told) {
        this.file = file;
        this.lines = lines;
        this.told = told;
    }

    /** @param folder an empty one, for what is kept beside the database */
    Report run(Database database, Path folder) throws IOException, InterruptedException {
        List<Line> read = OrderFile.read(file, lines);
        Script script = Script.of(read, SHOPS);
        try (Shops shops = new Shops(script, SHOPS);
                House house = new House(database, folder)) {
            long start = System.nanoTime();
            for (Shop shop : shops.all()) {
                house.connect(shops.simulator(), shop);
            }
            house.awaitQuiet();
            Duration opening = since(start);
            told.accept(script.listings().size() + " listings in each of " + SHOPS + " shops; all level after "
                    + opening.toSeconds() + " s");
            long callsBefore = shops.calls();
            Oracle oracle = Oracle.read(file, lines);
            Verdict verdict = new Verdict(oracle, script, shops, house);
            Duration before = processor();
            long played = System.nanoTime();
            play(script, shops, house, verdict);
            Duration playing = since(played);
            Duration processor = processor().minus(before);
            return new Report(
                    read.size(),
                    count(script, Sale.class),
                    count(script, Return.class),
                    count(script, Correction.class),
                    opening,
                    playing,
                    processor,
                    shops.calls() - callsBefore,
                    oracle.oversold(),
                    verdict.problems());
        }
    }

    private void play(Script script, Shops shops, House house, Verdict verdict) throws InterruptedException {
        long start = System.nanoTime();
        Map<LocalDate, List<Step>> days = new LinkedHashMap<>();
        script.steps()
                .forEach(step -> days.computeIfAbsent(
                                LocalDate.ofInstant(step.at(), ZoneOffset.UTC), day -> new ArrayList<>())
                        .add(step));
        LocationId location = house.ledger().catalogue().defaultLocation().id();
        for (Map.Entry<LocalDate, List<Step>> day : days.entrySet()) {
            for (Step step : day.getValue()) {
                if (step instanceof Sale sale) {
                    shops.sell(sale);
                } else if (step instanceof Return back) {
                    shops.takeBack(back);
                } else if (step instanceof Correction correction) {
                    correct(correction, house, location);
                }
            }
            house.refreshAll();
            if (!verdict.levelAfter(day.getKey())) {
                return;
            }
            shops.ship();
            told.accept(day.getKey() + ": " + shops.orders() + " orders, "
                    + since(start).toSeconds() + " s");
        }
        house.refreshAll();
    }

    /** A line moves In Stock by its quantity the other way round, as all lines do. */
    private static void correct(Correction correction, House house, LocationId location) {
        Catalogue catalogue = house.ledger().catalogue();
        ProductId product = catalogue
                .productBySku(new Sku(correction.code().raw()))
                .orElseThrow(() -> new IllegalStateException("No product owns " + correction.code()))
                .id();
        house.ledger()
                .inventory()
                .adjust(new Adjustment(
                        product,
                        location,
                        correction.delta() > 0 ? Adjustment.Kind.ADD : Adjustment.Kind.SUBTRACT,
                        Math.abs(correction.delta()),
                        null,
                        correction.why(),
                        House.ACTOR,
                        new IdempotencyKey(House.ACTOR, correction.key())));
    }

    private static int count(Script script, Class<? extends Step> kind) {
        return (int) script.steps().stream().filter(kind::isInstance).count();
    }

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
