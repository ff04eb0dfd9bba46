package org.evenkeel.benchmarks.plans;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.evenkeel.benchmarks.House;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.PlanChoices;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanQuery;
import org.evenkeel.sync.PlanRow.Change;
import org.evenkeel.sync.PlanRow.Finding;

/**
 * Turns a large store on by a plan, and undoes that, phase by phase. Another store that is on sells every tenth of its products
 * and shows more of them, so that these are raised; one listing in a hundred has an open order.
 */
final class PlanTimes {
    static final long THERE = 20;
    static final long KNOWN = 50;
    private static final int TENTH = 10;
    private static final int HUNDRED = 100;
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final PageRequest FIRST = new PageRequest(0, HUNDRED);

    /** What is measured. */
    enum Phase {
        PLAN("plan made"),
        FIRST_PAGE("first page of rows"),
        LAST_PAGE("last page of rows"),
        SEARCHED("rows found by text"),
        FILTERED("rows found by a finding"),
        ONE("one SKU chosen"),
        HELD("default changed to hold"),
        ADOPTED("default changed to adopt"),
        ORDERS("open orders taken in"),
        ALL("all near-duplicates chosen"),
        EXPORT("export"),
        APPLY("applied"),
        UNDO_PLAN("undo planned"),
        UNDO("undone");

        final String words;

        Phase(String words) {
            this.words = words;
        }

        /** Whether it goes through all listings, so that its cost for each of them says something. */
        boolean ofAll() {
            return this == PLAN || this == EXPORT || this == APPLY || this == UNDO_PLAN || this == UNDO;
        }
    }

    /**
     * What one store took.
     *
     * @param listings how many it has
     * @param millis of each phase, without what the store itself took
     * @param busy milliseconds of processor time of this process in each phase
     */
    record Taken(int listings, Map<Phase, Double> millis, Map<Phase, Double> busy) {
        double of(Phase phase) {
            return millis.get(phase);
        }

        /** Milliseconds for each listing. */
        double each(Phase phase) {
            return of(phase) / listings;
        }
    }

    private final int listings;
    private final Consumer<String> told;
    private final Map<Phase, Double> millis = new EnumMap<>(Phase.class);
    private final Map<Phase, Double> busy = new EnumMap<>(Phase.class);
    private LargeStore large;

    /**
     * @param listings a multiple of 100
     * @param told told of each phase when it is over
     */
    PlanTimes(int listings, Consumer<String> told) {
        this.listings = listings;
        this.told = told;
    }

    /** @param folder an empty one, for what is kept beside the database */
    Taken run(Database database, Path folder) throws Exception {
        try (House house = new House(database, folder)) {
            turnOnKnown(house);
            large = new LargeStore("large", listings, number -> true, THERE, listings / HUNDRED);
            StoreId store = add(house, large);
            long plan = planned(house, store);
            look(house, plan);
            choose(house, plan);
            time(Phase.EXPORT, () -> {
                house.plans().export(plan, PlanQuery.all(FIRST), new Nowhere());
                return null;
            });
            time(Phase.APPLY, () -> applied(house, plan));
            require(large.shows(TENTH) == KNOWN, "what was counted before is raised");
            long undo = time(Phase.UNDO_PLAN, () -> ready(house, house.plans().undo(plan, House.ACTOR)));
            time(Phase.UNDO, () -> applied(house, undo));
            require(large.shows(TENTH) == THERE, "what was raised is put back");
            require(!house.ledger().stores().find(store).orElseThrow().syncOn(), "the store is off after the undo");
        }
        return new Taken(listings, millis, busy);
    }

    private void turnOnKnown(House house) throws Exception {
        LargeStore known = new LargeStore("known", listings, number -> number % TENTH == 0, KNOWN, 0);
        StoreId store = add(house, known);
        long plan = ready(house, house.plans().begin(store, Plan.Kind.TURN_ON, House.ACTOR));
        applied(house, plan);
    }

    private static StoreId add(House house, LargeStore store) throws InterruptedException {
        StoreId id = new StoreId(store.name());
        house.add(id, "benchmark", store);
        return id;
    }

    private long planned(House house, StoreId store) throws Exception {
        long plan = time(Phase.PLAN, () -> ready(house, house.plans().begin(store, Plan.Kind.TURN_ON, House.ACTOR)));
        Plan.Totals totals = house.plans().plan(plan).orElseThrow().totals();
        require(totals.listings() == listings, "every listing is in the plan");
        require(totals.of(Finding.NO_SKU) == listings / HUNDRED, "one in a hundred has no SKU");
        require(totals.of(Finding.NEAR_DUPLICATE) == listings / HUNDRED, "one in a hundred differs in case only");
        return plan;
    }

    private void look(House house, long plan) throws Exception {
        time(Phase.FIRST_PAGE, () -> house.plans().rows(plan, PlanQuery.all(FIRST)));
        time(
                Phase.LAST_PAGE,
                () -> house.plans().rows(plan, PlanQuery.all(new PageRequest(listings - HUNDRED, HUNDRED))));
        time(
                Phase.SEARCHED,
                () -> house.plans().rows(plan, new PlanQuery("0000077", Set.of(), Set.of(), false, FIRST)));
        time(
                Phase.FILTERED,
                () -> house.plans().rows(plan, new PlanQuery("", Set.of(Finding.NO_SKU), Set.of(), false, FIRST)));
    }

    private void choose(House house, long plan) throws Exception {
        time(Phase.ONE, () -> choose(house, plan, PlanChoices.sku(LargeStore.sku(1), PlanChoices.Sku.set(7))));
        Plan held = time(Phase.HELD, () -> choose(house, plan, PlanChoices.opening(Opening.HOLD)));
        require(held.totals().of(Change.UNCHANGED) == 0, "what was never counted waits");
        time(Phase.ADOPTED, () -> choose(house, plan, PlanChoices.opening(Opening.ADOPT)));
        time(Phase.ORDERS, () -> choose(house, plan, PlanChoices.takeOpenOrders(true)));
        time(
                Phase.ALL,
                () -> house.plans()
                        .chooseAll(
                                plan,
                                new PlanQuery("", Set.of(Finding.NEAR_DUPLICATE), Set.of(), false, FIRST),
                                PlanChoices.Sku.HOLD,
                                House.ACTOR));
    }

    private static Plan choose(House house, long plan, PlanChoices choices) {
        return house.plans().choose(plan, choices, House.ACTOR);
    }

    private long ready(House house, long plan) throws InterruptedException {
        house.await("The plan " + plan, PATIENCE, () -> state(house, plan) != Plan.State.PULLING);
        require(state(house, plan) == Plan.State.READY, "the plan is ready");
        return plan;
    }

    private static Plan.State state(House house, long plan) {
        return house.plans().plan(plan).orElseThrow().state();
    }

    private static Plan.State applied(House house, long plan) throws InterruptedException {
        house.awaitRun(house.plans().apply(plan, House.ACTOR), PATIENCE);
        return state(house, plan);
    }

    /** How long it takes, less what the store takes meanwhile. */
    private <T> T time(Phase phase, Callable<T> work) throws Exception {
        Duration store = large.spent();
        long busyBefore = processor();
        long from = System.nanoTime();
        T done = work.call();
        long took = System.nanoTime() - from - large.spent().minus(store).toNanos();
        millis.put(phase, took / 1e6);
        busy.put(phase, (processor() - busyBefore) / 1e6);
        told.accept(words(phase));
        return done;
    }

    private String words(Phase phase) {
        String words = String.format(
                Locale.ROOT,
                "%-27s %8.3f s (processor %7.2f s)",
                phase.words,
                millis.get(phase) / 1000,
                busy.get(phase) / 1000);
        return phase.ofAll()
                ? words + String.format(Locale.ROOT, ", %.3f ms for each listing", millis.get(phase) / listings)
                : words;
    }

    private static long processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("It does not hold that " + what);
        }
    }

    /** Takes what is written, and keeps nothing. */
    private static final class Nowhere implements Appendable {
        @Override
        public Appendable append(CharSequence text) throws IOException {
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int from, int to) throws IOException {
            return this;
        }

        @Override
        public Appendable append(char character) throws IOException {
            return this;
        }
    }
}
