package org.evenkeel.sync.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.Level;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.OrderQuery;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.Product;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.TurnOn;
import org.evenkeel.sync.internal.lane.Settings;
import org.evenkeel.sync.internal.testing.Books;
import org.evenkeel.sync.internal.testing.VirtualTime;

/**
 * The life of some stores and one host for half an hour of virtual time, decided by a seed: the real sync over the real ledger
 * in a real database, among stores that sell, fail, forget, repeat themselves and are edited, people who count, and a host
 * that dies between any two of its effects. The {@link Oracle} watches; in the end, when all faults are over and the schedule
 * has come round twice, the books and every store must be what the {@link Shelf} says.
 */
public final class Simulation {
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Duration TURNING_ON = Duration.ofHours(3);
    private static final List<String> SKUS = List.of("APPLE", "PEAR", "PLUM");
    /** Of a host that is one of several: it stands still once in so many transactions and calls. */
    private static final int STOP_RATE = 2_500;
    /** Several times as many as the longest life takes. */
    private static final long MOST_STEPS = 400_000;

    private static final String ACTOR = "user:sim";

    private final long seed;
    private final VirtualTime time = new VirtualTime();
    private final Tale tale = new Tale(time);
    private final Random random;
    private final Books books;
    private final Map<StoreId, SimStore> stores = new LinkedHashMap<>();
    private final Map<StoreId, Instant> turnedOn = new HashMap<>();
    private final Set<Away> away = new LinkedHashSet<>();
    private final Set<SimStore> off = new LinkedHashSet<>();
    private final Shelf shelf = new Shelf(stores.values(), this::turnedOn);
    /** What disturbs the host. */
    private final Faults host = new Faults(time);

    private final Oracle oracle;
    private final RulesSet rules = new RulesSet();
    private final Policies policies;
    private final Random decisions;
    private final List<Node> nodes;
    /** Which of the hosts people and buyers reach, and what becomes of them where there are two. */
    private final Random places;

    private final int deathRate;
    private boolean calm;
    private int adjustments;

    /** A connector that does not run on a host. */
    private record Away(Node node, SimStore store) {}

    public Simulation(long seed) {
        this(seed, Mutant.NONE);
    }

    /** @param mutant a bug that is planted around the sync */
    public Simulation(long seed, Mutant mutant) {
        this.seed = seed;
        this.random = new Random(seed * 31 + 7);
        this.books = Books.empty(time);
        this.oracle = new Oracle(time, books, shelf, stores, rules, host, tale);
        this.deathRate = switch (random.nextInt(6)) {
            case 0, 1 -> Integer.MAX_VALUE;
            case 2 -> 80 + random.nextInt(200);
            default -> 500 + random.nextInt(4000);
        };
        this.places = new Random(seed * 41 + 11);
        boolean two = hasTwoHosts(seed);
        if (two) {
            tale.saw(Kind.TWO_HOSTS);
        }
        Turnstile turnstile = two ? new Turnstile(tale) : null;
        this.nodes = Stream.of("north", "south")
                .limit(two ? 2 : 1)
                .map(name -> new Node(
                        name,
                        time,
                        books,
                        mutant,
                        new Random(seed + 977L * name.indexOf("south")),
                        new Surroundings(turnstile)))
                .toList();
        books.listener = change -> someNode().ifPresent(node -> node.changed(change));
        time.limit(MOST_STEPS);
        this.decisions = new Random(seed * 43 + 19);
        this.policies =
                new Policies(time, tale, decisions, stores.values(), oracle, books.rules(), rules, this::askOfPlans);
    }

    /** Whether there are two hosts in the life that a seed decides. */
    static boolean hasTwoHosts(long seed) {
        return seed % 3 == 2;
    }

    /** One of the hosts that run; empty when none does. */
    private Optional<Node> someNode() {
        List<Node> running = nodes.stream().filter(Node::running).toList();
        return running.isEmpty() ? Optional.empty() : Optional.of(running.get(places.nextInt(running.size())));
    }

    /** Asks one of the hosts that run, whether it serves the store or not. */
    private void ask(Consumer<StoreSync> question) {
        askOfPlans((sync, plans) -> question.accept(sync));
    }

    private void askOfPlans(BiConsumer<StoreSync, StorePlans> question) {
        someNode().ifPresent(node -> node.ask(question));
    }

    /** What happened in it, once it was run. */
    public Set<Kind> seen() {
        return tale.seen();
    }

    /** How many events and transactions it took. */
    public long steps() {
        return time.steps();
    }

    /** @return the whole story; the same for the same seed */
    public String run() {
        try {
            begin();
            live();
            settle();
            judge();
            return tale.toString();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "Seed " + seed + ", alone: mvn -q test -pl bundles/sync -Dtest=SimulationTest -Dsimulation.seed="
                            + seed + "\n" + tale + "\n" + e.getMessage(),
                    e);
        }
    }

    private final class Surroundings implements Node.Surroundings {
        private final Random fate = new Random(seed * 17 + 3);
        private final Turnstile turnstile;

        Surroundings(Turnstile turnstile) {
            this.turnstile = turnstile;
        }

        /** Each fourth life has looks for orders between runs. */
        @Override
        public Settings settings() {
            Duration look = seed % 4 == 1 ? Settings.DEFAULT.orderLook() : Duration.ZERO;
            return Settings.DEFAULT.every(Settings.DEFAULT.interval(), look);
        }

        @Override
        public void began(Run.Trigger trigger) {
            if (trigger == Run.Trigger.ORDER_LOOK) {
                tale.saw(Kind.ORDER_LOOK);
            }
        }

        @Override
        public boolean dies() {
            return !calm && deathRate != Integer.MAX_VALUE && fate.nextInt(deathRate) == 0;
        }

        @Override
        public Duration stops() {
            if (calm || turnstile == null || fate.nextInt(STOP_RATE) != 0) {
                return null;
            }
            Duration length = pause();
            tale.saw(Kind.HOST_STOOD_STILL_WITHIN_A_STEP);
            tale.tell("a host stands still, for " + length.toSeconds() + " s");
            host.disturbed(length);
            // Of two who stand still, the first may have to wait for the second.
            time.in(length, () -> host.disturbed(Duration.ZERO));
            return length;
        }

        @Override
        public Duration died(Node node) {
            tale.saw(Kind.HOST_DIED);
            Duration pause = Duration.ofSeconds(1 + fate.nextInt(60));
            tale.tell((turnstile == null ? "the host" : node) + " dies, for " + pause.toSeconds() + " s");
            host.disturbed(pause);
            return pause;
        }

        @Override
        public void answered() {
            tale.saw(Kind.ASKED_ON_ANOTHER_HOST);
        }

        @Override
        public ListingBook watched(ListingBook listings) {
            return oracle.watched(listings);
        }

        @Override
        public Collection<SimStore> connected(Node node) {
            return stores.values().stream()
                    .filter(store -> !away.contains(new Away(node, store)))
                    .toList();
        }

        @Override
        public Turnstile turnstile() {
            return turnstile;
        }
    }

    /** How long hosts stand still: shorter than their leases, or longer. */
    private Duration pause() {
        return Duration.ofSeconds(1 + places.nextInt(90));
    }

    // --- the beginning

    private void begin() {
        nodes.forEach(Node::start);
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            open(i);
        }
        for (SimStore store : List.copyOf(stores.values())) {
            if (!store.countsOnHand()) {
                time.pass(Duration.ofSeconds(5));
                shop(store);
                shop(store);
            }
            time.pass(Duration.ofSeconds(random.nextInt(200)));
            turnOn(store);
        }
    }

    private void open(int number) {
        SimStore store =
                new SimStore("s" + number, kind(number), time, new Random(seed * 7 + number), new StoreWatcher());
        store.skew = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(600) - 300L);
        store.wholeSeconds = random.nextInt(3) == 0;
        store.tellsActual = random.nextBoolean();
        store.staleSpoilsBatch = random.nextBoolean();
        store.appliesLater = random.nextInt(6) == 0;
        store.repeatsItself = random.nextInt(3) == 0;
        for (String sku : SKUS) {
            if (shelf.first(sku) == null) {
                long figure = 5 + random.nextInt(25);
                store.lists(sku, figure);
                shelf.begins(store, sku, figure);
            } else if (random.nextInt(8) != 0) {
                store.lists(sku, random.nextInt(3) == 0 ? random.nextInt(40) : 0);
                if (random.nextInt(6) == 0) {
                    store.lists(sku, 0);
                }
            }
        }
        if (store.listings.isEmpty()) {
            // A store that sells nothing would tell nothing.
            store.lists(SKUS.get(0), 0);
        }
        stores.put(store.id, store);
        tale.tell(store + " is " + store.can + ", its clock " + store.skew + (store.wholeSeconds ? " in seconds" : "")
                + (store.appliesLater ? ", applies later" : "") + (store.repeatsItself ? ", repeats itself" : "")
                + ", shows "
                + store.shows());
        nodes.forEach(node -> node.appeared(store));
    }

    private Capabilities kind(int number) {
        boolean conditional = random.nextBoolean();
        long cap = random.nextInt(6) == 0 ? 10 : 1_000_000;
        Capabilities can = Capabilities.modest()
                .withPush(1 + random.nextInt(5), conditional, random.nextBoolean(), cap)
                .withReads(1 + random.nextInt(5), 1 + random.nextInt(5));
        if (number > 0 && random.nextInt(4) == 0) {
            can = can.withFigures(Capabilities.Meaning.ON_HAND, false);
        }
        Duration lag =
                number > 0 && random.nextInt(3) == 0 ? Duration.ofSeconds(1 + random.nextInt(120)) : Duration.ZERO;
        return can.withOrders(
                lag, random.nextInt(6) == 0 ? Capabilities.PullCost.DEAR : Capabilities.PullCost.CHEAP, false);
    }

    /** Turns a store on as people do: check, turn on, look; and again when it did not work. */
    private void turnOn(SimStore store) {
        tale.tell(store + " is turned on");
        TurnOn choices = TurnOn.DEFAULT;
        store.faults.disturbed(Duration.ZERO);
        // Trade goes on meanwhile.
        for (int i = 0; i < 4; i++) {
            time.in(Duration.ofMillis(random.nextInt(20_000)), () -> shop(store));
        }
        store.listings.values().forEach(listing -> oracle.untold(store, listing.sku));
        Instant limit = time.instant().plus(TURNING_ON);
        while (!isOn(store)) {
            ask(sync -> {
                if (sync.store(store.id).isPresent()) {
                    sync.check(store.id, ACTOR)
                            .thenAccept(report -> ask(again -> again.turnOn(store.id, choices, ACTOR)));
                }
            });
            time.pass(Duration.ofSeconds(10));
            assertThat(time.instant()).as("%s is turned on", store).isBefore(limit);
        }
        await(() -> opened(store), store + " has its figures");
        store.faults.disturbed(Duration.ZERO);
    }

    private boolean isOn(SimStore store) {
        return books.ledger().stores().find(store.id).map(Store::syncOn).orElse(false);
    }

    private boolean opened(SimStore store) {
        return store.listings.values().stream()
                .allMatch(listing -> books.product(listing.sku).opened());
    }

    private Instant turnedOn(SimStore store) {
        return turnedOn.computeIfAbsent(
                store.id,
                id -> books.ledger()
                        .stores()
                        .find(id)
                        .map(Store::firstTurnedOnAt)
                        .orElse(null));
    }

    // --- life

    private void live() {
        for (int i = 0; i < 45; i++) {
            time.in(Duration.ofMillis(random.nextInt((int) LIFE.toMillis())), this::something);
        }
        for (int i = 0; i < 6; i++) {
            time.in(Duration.ofMillis(decisions.nextInt((int) LIFE.toMillis())), this::decide);
        }
        for (int i = 0; i < 8 && nodes.size() > 1; i++) {
            time.in(Duration.ofMillis(places.nextInt((int) LIFE.toMillis())), this::somethingOfHosts);
        }
        time.pass(LIFE);
    }

    private void something() {
        SimStore store = any(stores.values());
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> shop(store);
            case 7, 8, 9 -> handle(store);
            case 10 -> edit(store);
            case 11, 12 -> count(any(SKUS));
            case 13, 14, 15 -> fault(store);
            case 16 -> outage(store);
            case 17 -> refresh(store);
            case 18 -> leave(store);
            default -> turnOff(store);
        }
    }

    /** A person decides what stores are told: in some lives by rules, in others by holding it back altogether. */
    private void decide() {
        SimStore store = List.copyOf(stores.values()).get(decisions.nextInt(stores.size()));
        Duration length = Duration.ofSeconds(30 + decisions.nextInt(300));
        switch ((int) (seed % 5)) {
            case 1, 3 -> policies.changeRules();
            case 2 -> policies.shadow(store, length);
            case 4 -> policies.hold(store, length);
            default -> {}
        }
    }

    private void somethingOfHosts() {
        someNode().ifPresent(node -> {
            Duration length = pause();
            switch (places.nextInt(5)) {
                case 0, 1 -> {
                    tale.saw(Kind.HOST_STOPPED);
                    tale.tell(node + " is stopped for " + length.toSeconds() + " s");
                    node.stop(length);
                }
                case 2, 3 -> {
                    boolean behindCommit = places.nextBoolean();
                    tale.saw(behindCommit ? Kind.HOST_CUT_OFF_BEHIND_A_COMMIT : Kind.HOST_CUT_OFF);
                    tale.tell(node + " is cut off from the database for " + length.toSeconds() + " s"
                            + (behindCommit ? ", behind its next commit" : ""));
                    node.cutOff(length, behindCommit);
                }
                default -> {
                    tale.saw(Kind.HOST_RESTARTED);
                    tale.tell(node + " is restarted within " + length.toSeconds() + " s");
                    node.restart(length);
                }
            }
            host.disturbed(length);
        });
    }

    private <T> T any(Collection<T> all) {
        return all.stream().skip(random.nextInt(all.size())).findFirst().orElseThrow();
    }

    private void shop(SimStore store) {
        Map<SimStore.Listing, Long> cart = new LinkedHashMap<>();
        cart.put(any(store.listings.values()), 1L + random.nextInt(3));
        if (random.nextInt(4) == 0) {
            cart.put(any(store.listings.values()), 1L);
        }
        SimStore.Order order = store.buy(cart);
        if (order == null) {
            return;
        }
        tale.saw(store.can.orderLag().isZero() ? Kind.ORDER : Kind.ORDER_SEEN_LATE);
        cart.forEach((listing, units) -> {
            tale.tell(store + ": order " + order.id + " of " + units + " " + listing.sku + " (" + listing.id
                    + "), leaves " + listing.figure);
            if (isOn(store) && Shelf.isNew(order, turnedOn(store))) {
                oracle.sold(store, listing);
            }
            oracle.elsewhere(store, listing.sku);
            if (store.listings.values().stream().anyMatch(other -> other != listing && other.sku.equals(listing.sku))) {
                oracle.everywhere(store, listing.sku);
            }
        });
    }

    /** Something becomes of an order. */
    private void handle(SimStore store) {
        List<SimStore.Order> orders = new ArrayList<>(store.orders.values());
        if (orders.isEmpty()) {
            return;
        }
        SimStore.Order order = any(orders);
        SimStore.Line line = any(order.lines);
        long open = line.open();
        long back = line.fulfilled - line.returned;
        int what = random.nextInt(8);
        if (what == 7) {
            store.refund(order);
        } else if (open == 0 && back > 0) {
            long units = 1 + random.nextInt((int) back);
            told(store, order, line, units, "come back");
            store.takeBack(order, line, units);
        } else if (open > 0) {
            long units = random.nextBoolean() ? open : 1 + random.nextInt((int) open);
            if (what < 3) {
                told(store, order, line, units, "are sent");
                store.fulfil(order, line, units);
            } else if (what < 6) {
                told(store, order, line, units, "are cancelled");
                store.cancel(order, line, units);
            } else {
                told(store, order, line, units, "are lost");
                store.lose(order, line, units);
            }
        }
        oracle.everywhere(store, line.listing.sku);
    }

    private void told(SimStore store, SimStore.Order order, SimStore.Line line, long units, String what) {
        tale.tell(store + ": " + units + " " + line.listing.sku + " of " + order.id + " " + what);
    }

    private void edit(SimStore store) {
        SimStore.Listing listing = any(store.listings.values());
        long figure = random.nextInt(30);
        tale.saw(Kind.EDIT_BY_HAND);
        tale.tell(store + ": somebody sets " + listing.sku + " (" + listing.id + ") from " + listing.figure + " to "
                + figure);
        store.edit(listing, figure);
        oracle.everywhere(store, listing.sku);
    }

    /** Somebody looks at the page, goes to the shelf, and tells what is there: more or fewer than the page said. */
    private void count(String sku) {
        Product product = books.ledger().catalogue().productBySku(new Sku(sku)).orElseThrow();
        LocationId place = books.ledger().catalogue().defaultLocation().id();
        if (random.nextBoolean()) {
            boolean more = random.nextBoolean();
            long units = 1 + random.nextInt(more ? 10 : 3);
            adjust(
                    sku,
                    new Adjustment(
                            product.id(),
                            place,
                            more ? Adjustment.Kind.ADD : Adjustment.Kind.SUBTRACT,
                            units,
                            null,
                            "sim",
                            ACTOR,
                            key()),
                    more ? units : -units);
            return;
        }
        Level seen = books.ledger().inventory().level(product.id(), place);
        long counted = Math.max(0, seen.inStock() + random.nextInt(15) - 4);
        time.in(
                Duration.ofSeconds(random.nextInt(60)),
                () -> adjust(
                        sku,
                        new Adjustment(
                                product.id(), place, Adjustment.Kind.SET, counted, seen.version(), "sim", ACTOR, key()),
                        counted - seen.inStock()));
    }

    private IdempotencyKey key() {
        return new IdempotencyKey(ACTOR, "sim " + ++adjustments);
    }

    private void adjust(String sku, Adjustment adjustment, long units) {
        try {
            books.ledger().inventory().adjust(adjustment);
            if (random.nextInt(5) == 0) {
                // The button was pressed twice.
                books.ledger().inventory().adjust(adjustment);
            }
            tale.saw(Kind.COUNT);
            tale.tell("somebody finds " + (units < 0 ? "" : "+") + units + " " + sku);
            shelf.found(sku, units);
            oracle.everywhere(null, sku);
        } catch (org.evenkeel.ledger.ConflictException another) {
            tale.tell("somebody else counted " + sku + " meanwhile");
        }
    }

    private void fault(SimStore store) {
        String operation = List.of("push", "push", "push", "orders", "readBack", "listings", "ordersById", "check")
                .get(random.nextInt(8));
        Faults.Kind kind;
        if (operation.equals("push")) {
            kind = List.of(Faults.Kind.values()).get(random.nextInt(Faults.Kind.REFUSED.ordinal()));
        } else {
            kind = List.of(Faults.Kind.THROTTLED, Faults.Kind.FAILS, Faults.Kind.LOST, Faults.Kind.DONE_UNHEARD)
                    .get(random.nextInt(4));
        }
        tale.saw(Kind.FAULT);
        tale.tell(store + ": the next " + operation + " is " + kind);
        store.faults.plan(operation, kind, Duration.ofSeconds(random.nextInt(60)));
    }

    private void outage(SimStore store) {
        Faults.Kind kind = List.of(Faults.Kind.THROTTLED, Faults.Kind.FAILS, Faults.Kind.LOST, Faults.Kind.REFUSED)
                .get(random.nextInt(4));
        Duration length = Duration.ofSeconds(10 + random.nextInt(240));
        tale.saw(Kind.OUTAGE);
        tale.tell(store + " is down (" + kind + ") for " + length.toSeconds() + " s");
        store.faults.down(kind, length);
        if (kind == Faults.Kind.REFUSED) {
            store.faults.disturbed(length.plusMinutes(2));
            time.in(length.plusMinutes(1), () -> resume(store));
        }
    }

    private void resume(SimStore store) {
        ask(sync -> {
            if (sync.store(store.id).map(StoreStatus::state).orElse(null) == StoreStatus.State.STOPPED) {
                sync.resume(store.id, ACTOR);
            }
        });
    }

    private void refresh(SimStore store) {
        RefreshKind kind = List.of(RefreshKind.NORMAL, RefreshKind.HARD).get(random.nextInt(2));
        tale.saw(Kind.REFRESH);
        tale.tell(store + ": " + kind + " refresh");
        ask(sync -> sync.refresh(store.id, kind, ACTOR));
    }

    /** The connector goes, on one host or on all, and comes back. */
    private void leave(SimStore store) {
        List<Node> where = places.nextBoolean() ? nodes : List.of(nodes.get(places.nextInt(nodes.size())));
        Duration length = Duration.ofSeconds(5 + random.nextInt(240));
        tale.saw(Kind.CONNECTOR_AWAY);
        tale.tell(
                store + "'s connector goes, for " + length.toSeconds() + " s" + (nodes.size() > 1 ? ": " + where : ""));
        store.faults.disturbed(length);
        for (Node node : where) {
            Away gone = new Away(node, store);
            if (away.add(gone)) {
                node.vanished(store);
                time.in(length, () -> comeBack(gone));
            }
        }
    }

    private void comeBack(Away gone) {
        if (away.remove(gone)) {
            tale.tell(gone.store() + "'s connector is back" + (nodes.size() > 1 ? ": " + gone.node() : ""));
            gone.node().appeared(gone.store());
        }
    }

    private void turnOff(SimStore store) {
        if (off.add(store)) {
            Duration length = Duration.ofSeconds(5 + random.nextInt(240));
            tale.tell(store + " is turned off, for " + length.toSeconds() + " s");
            store.faults.disturbed(length);
            ask(sync -> sync.turnOff(store.id, ACTOR));
            time.in(length, () -> turnOnAgain(store));
        }
    }

    private void turnOnAgain(SimStore store) {
        if (off.contains(store)) {
            store.faults.disturbed(Duration.ofSeconds(30));
            ask(sync -> {
                sync.turnOn(store.id, TurnOn.DEFAULT, ACTOR);
                off.remove(store);
                tale.saw(Kind.OFF_AND_ON_AGAIN);
                tale.tell(store + " is turned on again");
            });
            // A host that is dead, or a connector that is away, is asked again.
            time.in(Duration.ofSeconds(20), () -> turnOnAgain(store));
        }
    }

    private final class StoreWatcher implements SimStore.Watcher {
        private final Random post = new Random(seed * 13 + 5);

        @Override
        public void ordersChanged(SimStore store) {
            if (post.nextInt(4) == 0) {
                return;
            }
            webhook(store, post.nextInt(10) == 0 ? 300_000 : 3_000);
            if (post.nextInt(5) == 0) {
                webhook(store, 60_000);
            }
        }

        private void webhook(SimStore store, int latest) {
            time.in(
                    Duration.ofMillis(post.nextInt(latest)),
                    () -> ask(sync -> {
                        if (sync.store(store.id).isPresent()) {
                            sync.hint(store.id);
                        }
                    }));
        }

        @Override
        public void pushed(SimStore store, SimStore.Listing listing, long was) {
            tale.tell(store + " shows " + listing.figure + " of " + listing.sku + " (" + listing.id + "), not " + was);
            oracle.set(store, listing, was);
        }
    }

    // --- the end

    private void settle() {
        calm = true;
        tale.tell("--- calm");
        stores.values().forEach(store -> store.faults.over());
        List.copyOf(away).forEach(this::comeBack);
        // Two scheduled runs and the longest lag: whatever no wake-up told is found by then.
        time.pass(Duration.ofMinutes(1));
        stores.values().forEach(this::resume);
        time.pass(Duration.ofMinutes(22));
        await(this::level, "every store is level");
    }

    private void await(BooleanSupplier condition, String what) {
        if (!time.until(() -> !oracle.promisesKept() || condition.getAsBoolean(), Duration.ofHours(1))) {
            throw new AssertionError("Did not happen within an hour: " + what + states());
        }
    }

    private String states() {
        StringBuilder states = new StringBuilder();
        stores.values()
                .forEach(store ->
                        states.append('\n').append(store).append(" shows ").append(store.shows()));
        SKUS.forEach(sku -> states.append('\n')
                .append(sku)
                .append(": ")
                .append(books.product(sku))
                .append(" in the books, ")
                .append(shelf.inStock(sku))
                .append(" on the shelf, of which booked ")
                .append(shelf.booked(sku)));
        return states.toString();
    }

    private boolean level() {
        return stores.values().stream()
                .allMatch(store ->
                        store.listings.values().stream().allMatch(listing -> listing.figure == due(store, listing)));
    }

    /** What a store should show: no more than it takes, unless it came to show what is there by itself. */
    private long due(SimStore store, SimStore.Listing listing) {
        if (rules.paused(store, listing)) {
            return listing.figure;
        }
        long forSale = rules.offered(store, listing, shelf.available(listing.sku));
        long due = forSale + (store.countsOnHand() ? shelf.openUnits(store, listing.sku) : 0);
        return listing.figure == due ? due : Math.min(store.can.cap(), due);
    }

    private void judge() {
        assertThat(oracle.sent).as("figures sent").isPositive();
        for (SimStore store : stores.values()) {
            orders(store);
        }
        for (String sku : SKUS) {
            Books.Figures figures = books.product(sku);
            assertThat(figures.booked()).as("booked of %s", sku).isEqualTo(shelf.booked(sku));
            assertThat(figures.inStock()).as("in stock of %s", sku).isEqualTo(shelf.inStock(sku));
        }
        for (SimStore store : stores.values()) {
            for (SimStore.Listing listing : store.listings.values()) {
                assertThat(listing.figure)
                        .as("%s (%s) in %s", listing.sku, listing.id, store)
                        .isEqualTo(due(store, listing));
            }
        }
        books.audit();
        assertThat(tale.broken()).as("broken promises").isEmpty();
    }

    /** Every order is in the books as it is in the store, and books what it holds. */
    private void orders(SimStore store) {
        Map<String, OrderView> kept = new HashMap<>();
        books.ledger()
                .orders()
                .orders(new OrderQuery(store.id, null, "", null, new PageRequest(0, 500)))
                .items()
                .forEach(order -> kept.put(order.key().id(), order));
        for (SimStore.Order order : store.orders.values()) {
            boolean counts = Shelf.isNew(order, turnedOn(store));
            OrderView view = kept.get(order.id);
            if (view == null) {
                assertThat(counts)
                        .as("order %s of %s is unknown and new", order.id, store)
                        .isFalse();
                continue;
            }
            for (OrderView.Line line : view.lines()) {
                SimStore.Line truth = order.lines.stream()
                        .filter(each -> each.id.equals(line.id()))
                        .findFirst()
                        .orElseThrow();
                assertThat(line.booked())
                        .as("booked of %s in %s", line.id(), store)
                        .isEqualTo(counts ? truth.open() : 0);
            }
        }
    }
}
