package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hosts on one PostgreSQL, each a process with a data folder of its own, under a load of orders: one is killed, one is
 * stopped for longer than its lease, one is cut off from the database. Nothing is lost, nothing is booked twice, and no shop
 * is served by two hosts at once.
 */
class SeveralHostsIT {
    private static final String KIND = "org.evenkeel.connector.shopify";
    private static final int LEASE_SECONDS = 8;
    /** A stopped host's transaction may hold what others wait for, until the server ends it. */
    private static final int STOPPED_SECONDS = 20;

    private static final int TAIL_LINES = 80;
    private static final List<String> SKUS = List.of("OAK", "ELM", "ASH", "YEW");
    private static final long STOCK = 100_000;

    @TempDir
    Path temporary;

    private final TestDatabase database = TestVendor.POSTGRESQL.open();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final CopyOnWriteArrayList<Door.Visit> visits = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicLong> sold = new LinkedHashMap<>();
    private final ScheduledExecutorService buyers = Executors.newScheduledThreadPool(2);
    private final List<String> handovers = new ArrayList<>();
    private Simulator simulator;
    private String token;

    /** A host, its way to the shops, and its cable to the database. */
    private final class Node {
        private final String name;
        private final Path data;
        private final Door door;
        private final Cable cable;
        private Evenkeel process;

        Node(String name) throws IOException {
            this.name = name;
            this.data = temporary.resolve(name);
            this.door = Door.of(name, simulator.address(), visits);
            this.cable = Cable.to(
                    URI.create(database.url().substring("jdbc:".length())).getPort());
            write("config/org.evenkeel.database.config", "url=\"" + url() + "\"\nuser=\"" + database.user() + "\"\n");
            write(
                    "config/org.evenkeel.sync.config",
                    "lease.seconds=I\"" + LEASE_SECONDS + "\"\nnode.name=\"" + name + "\"\ninterval.minutes=I\"1\"\n");
            // What connectors keep as secret must be readable for whichever host serves them.
            Files.write(Files.createDirectories(data.resolve("secrets")).resolve("state.key"), new byte[32]);
            for (Shop shop : simulator.shops()) {
                write("secrets/" + shop.name(), shop.token());
                write(
                        "stores/" + KIND + "-" + shop.name() + ".config",
                        "evenkeel.store=\"" + shop.name() + "\"\nevenkeel.store.name=\"" + shop.name() + "\"\nshop=\""
                                + door.address(shop.name()) + "\"\n.accessToken=\"$[secret:" + shop.name() + "]\"\n");
            }
        }

        private String url() {
            return database.url().replaceFirst(":\\d+/", ":" + cable.port() + "/");
        }

        private void write(String file, String content) throws IOException {
            Path path = data.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        }

        void start() throws Exception {
            process = Evenkeel.run(data);
        }

        Api api() {
            return new Api(process.url().orElseThrow(), token);
        }

        void signal(String which) throws Exception {
            assertThat(new ProcessBuilder(
                                    "kill",
                                    which,
                                    Long.toString(process.process().pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }

        void printLogTail() {
            List<String> lines = process.output().lines().toList();
            System.err.println("The last words of host " + name + ":");
            lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).forEach(System.err::println);
        }

        void kill() throws Exception {
            process.process().destroyForcibly().waitFor();
        }

        void end() throws Exception {
            if (process != null) {
                process.close();
            }
            cable.close();
            door.close();
        }
    }

    @BeforeEach
    void threeHostsAndTwoShops() throws Exception {
        Simulator.Builder shops = Simulator.builder();
        List.of("north", "south").forEach(name -> shops.shop(name, Stores.newToken()));
        simulator = shops.build().start();
        SKUS.forEach(sku -> {
            sold.put(sku, new AtomicLong());
            simulator.shops().forEach(shop -> shop.addProduct(sku, sku, STOCK));
        });
        // What is measured is not the shops' patience.
        simulator.shops().forEach(shop -> shop.budget().set(100_000, 50_000));
        for (String name : List.of("a", "b", "c")) {
            nodes.put(name, new Node(name));
        }
        // The first one makes the tables and the password; the others come together.
        nodes.get("a").start();
        token = token(nodes.get("a"));
        List<Thread> starts = List.of(starting("b"), starting("c"));
        for (Thread start : starts) {
            start.join();
        }
        nodes.values().forEach(node -> node.api().awaitReady());
    }

    private Thread starting(String name) {
        Thread thread = new Thread(() -> {
            try {
                nodes.get(name).start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private static String token(Node node) throws Exception {
        Path file = node.data.resolve("initial-password");
        eventually().until(() -> node.process.output().contains("The password of admin is in " + file));
        Page page = new Page(node.process.url().orElseThrow());
        page.logIn("admin", Files.readString(file).strip());
        return page.makeToken("tests");
    }

    @AfterEach
    void stop() throws Exception {
        buyers.shutdownNow();
        for (Node node : nodes.values()) {
            if (node.process != null && node.process.process().isAlive()) {
                node.signal("-CONT");
            }
            node.end();
        }
        simulator.close();
        database.close();
    }

    @Test
    void aShopIsServedByOneHostWhateverBecomesOfTheOthers() throws Exception {
        try {
            killStopAndCut();
        } catch (Exception | AssertionError failure) {
            nodes.values().forEach(Node::printLogTail);
            throw failure;
        }
    }

    private void killStopAndCut() throws Exception {
        simulator.shops().forEach(this::turnOn);
        buyers.scheduleWithFixedDelay(this::buy, 0, 100, TimeUnit.MILLISECONDS);
        buyers.scheduleWithFixedDelay(this::refreshSomewhere, 0, 1_000, TimeUnit.MILLISECONDS);
        eventually().until(() -> booked() > 20);

        Node first = serving("north");
        Instant killed = Instant.now();
        first.kill();
        Node second = another(first, killed, LEASE_SECONDS);

        second.signal("-STOP");
        Instant stopped = Instant.now();
        Node third = another(second, stopped, STOPPED_SECONDS);
        second.signal("-CONT");
        long awake = System.nanoTime();
        refreshFrom(second, "north");
        long before = booked();
        eventually().until(() -> booked() > before + 20);
        assertThat(visits).noneMatch(visit -> visit.host().equals(second.name) && visit.began() > awake);

        Instant cut = Instant.now();
        third.cable.cut();
        Node last = another(third, cut, LEASE_SECONDS);
        assertThat(last).isSameAs(second);

        buyers.shutdown();
        assertThat(buyers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThatAllIsBookedOnceAndLevel(last.api());
        simulator.shops().forEach(this::assertThatNobodyWasServedTwice);
    }

    // --- what happens ------------------------------------------------------------------------------------------------

    /** By a host that does not serve the shop, as far as there is one. */
    private void turnOn(Shop shop) {
        eventually().until(() -> !node(nodes.get("c").api(), shop.name()).isEmpty());
        Node asked = nodes.values().stream()
                .filter(node -> node != serving(shop.name()))
                .findFirst()
                .orElseThrow();
        JsonNode report = asked.api().post("stores/" + shop.name() + "/check", null);
        assertThat(report.path("passed").asBoolean())
                .as(report.toPrettyString())
                .isTrue();
        JsonNode run = asked.api()
                .post("stores/" + shop.name() + "/turn-on", Map.of("takeOpenOrders", false, "opening", "ADOPT"))
                .path("run");
        eventually()
                .until(() -> asked.api()
                        .get("runs/" + run.asLong())
                        .path("result")
                        .asText()
                        .equals("DONE"));
    }

    private void buy() {
        Random random = new Random();
        List<Shop> shops = List.copyOf(simulator.shops());
        String sku = SKUS.get(random.nextInt(SKUS.size()));
        Shop shop = shops.get(random.nextInt(shops.size()));
        shop.order(Stores.variant(shop, sku), 1);
        sold.get(sku).incrementAndGet();
    }

    /** Any host is asked; one that is dead or stopped does not answer, and while a shop moves it is refused. */
    private void refreshSomewhere() {
        List<Node> all = List.copyOf(nodes.values());
        Random random = new Random();
        Node node = all.get(random.nextInt(all.size()));
        try {
            List<Shop> shops = List.copyOf(simulator.shops());
            String shop = shops.get(random.nextInt(shops.size())).name();
            node.api().send("POST", "stores/" + shop + "/refresh", null, Duration.ofSeconds(2));
        } catch (AssertionError away) {
            // Another one is asked next.
        }
    }

    /** A host that does not serve the shop is asked for a Refresh, and it is done. */
    private void refreshFrom(Node node, String shop) {
        JsonNode run = eventually()
                .ignoreExceptions()
                .until(
                        () -> node.api().send("POST", "stores/" + shop + "/refresh", null),
                        answer -> answer.status() == 202)
                .body()
                .path("run");
        eventually()
                .until(() ->
                        node.api().get("runs/" + run.asLong()).path("result").isTextual());
    }

    // --- what is seen ------------------------------------------------------------------------------------------------

    private Node serving(String shop) {
        for (Node node : nodes.values()) {
            if (node.process.process().isAlive()) {
                return nodes.get(eventually().until(() -> node(node.api(), shop), name -> !name.isEmpty()));
            }
        }
        throw new AssertionError("no host is left");
    }

    private static String node(Api api, String shop) {
        return api.get("stores/" + shop).path("node").asText();
    }

    /** Waits until another host called every shop, and measures how long that took. */
    private Node another(Node gone, Instant since, int seconds) {
        for (Shop shop : simulator.shops()) {
            eventually().until(() -> !last(shop.name()).equals(gone.name));
        }
        Duration took = Duration.between(since, Instant.now());
        handovers.add(gone.name + ": " + took.toMillis() + " ms");
        System.out.println("Stores left " + handovers.get(handovers.size() - 1));
        assertThat(took).isLessThan(Duration.ofSeconds(seconds + 4));
        return nodes.get(last("north"));
    }

    /** Who called a shop last. */
    private String last(String shop) {
        return visits.stream()
                .filter(visit -> visit.shop().equals(shop))
                .max(Comparator.comparingLong(Door.Visit::began))
                .orElseThrow()
                .host();
    }

    private long booked() {
        for (Node node : nodes.values()) {
            try {
                return SKUS.stream()
                        .mapToLong(sku -> node.api().product(sku).path("booked").asLong())
                        .sum();
            } catch (AssertionError away) {
                // Another one knows.
            }
        }
        return 0;
    }

    private void assertThatAllIsBookedOnceAndLevel(Api api) {
        for (Shop shop : simulator.shops()) {
            eventually()
                    .until(() -> api.send("POST", "stores/" + shop.name() + "/refresh", null)
                                    .status()
                            == 202);
        }
        sold.forEach((sku, units) -> {
            // Both shops were filled with the same stock.
            long left = STOCK - units.get();
            api.awaitFigures(sku, STOCK + "/" + units + "/" + left);
            eventually()
                    .untilAsserted(() -> assertThat(simulator.shops())
                            .allSatisfy(
                                    shop -> assertThat(Stores.shelf(shop, sku)).isEqualTo(left)));
        });
        api.assertThatTheBooksAreRight();
    }

    /** Each host's calls to a shop are together: none comes back after another one began, but for its turn. */
    private void assertThatNobodyWasServedTwice(Shop shop) {
        List<Door.Visit> calls = visits.stream()
                .filter(visit -> visit.shop().equals(shop.name()))
                .sorted(Comparator.comparingLong(Door.Visit::began))
                .toList();
        List<String> turns = new ArrayList<>();
        for (int n = 0; n < calls.size(); n++) {
            Door.Visit call = calls.get(n);
            if (n == 0 || !call.host().equals(calls.get(n - 1).host())) {
                turns.add(call.host());
            }
            if (n > 0 && !call.host().equals(calls.get(n - 1).host())) {
                assertThat(call.began())
                        .as(
                                "%s calls %s while %s still does",
                                call.host(), shop, calls.get(n - 1).host())
                        .isGreaterThan(calls.get(n - 1).ended());
            }
        }
        assertThat(turns).as("who served %s in turn", shop).hasSizeLessThanOrEqualTo(handovers.size() + 1);
    }
}
