package org.evenkeel.sync.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestVendor;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Ledger;
import org.evenkeel.sync.internal.testing.VirtualTime;
import org.evenkeel.sync.internal.time.Scheduler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who serves what and when, of several nodes in virtual time on the real leases. */
class LeaseKeeperTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static TestDatabase database;
    private static Ledger ledger;
    private static VirtualTime now = new VirtualTime();
    private static int tests;

    /** Of this test alone: nobody served them before. */
    private final List<StoreId> stores = IntStream.range(0, 6)
            .mapToObj(n -> new StoreId("store-" + n + "-of-" + tests))
            .toList();

    private final VirtualTime time = now = later();
    private final List<Node> nodes = new ArrayList<>();

    /** Each test after the last one, so that no lease of the former still stands. */
    private static VirtualTime later() {
        tests++;
        VirtualTime next = new VirtualTime();
        next.pass(Duration.between(next.instant(), now.instant()).plus(Duration.ofHours(1)));
        return next;
    }

    @BeforeAll
    static void open() {
        database = TestVendor.DERBY.open();
        ledger = Ledger.open(database.database(), new LedgerClock(), change -> {});
    }

    @AfterAll
    static void close() {
        ledger.close();
        database.close();
    }

    /** A process: it can die, stop for a while, and lose its database. */
    private final class Node implements Scheduler, LeaseKeeper.Serving {
        private final Set<StoreId> serves = new TreeSet<>();
        private final List<Instant> gains = new ArrayList<>();
        private final Map<String, Integer> asked = new TreeMap<>();
        private final List<Runnable> waiting = new ArrayList<>();
        private final LeaseKeeper keeper;
        private boolean dead;
        private boolean stopped;
        private boolean cut;
        /** Whether all threads that wait for the database hang. */
        private boolean hangs;

        private HeldLease last;

        Node(String name) {
            keeper = new LeaseKeeper(
                    new NodePlace(watched(), name, BOUND, NodeClock.of(time), this, this::end, NodePlace.LOOK, true),
                    this);
            nodes.add(this);
        }

        private LaneLeases watched() {
            return (LaneLeases) Proxy.newProxyInstance(
                    LaneLeases.class.getClassLoader(),
                    new Class<?>[] {LaneLeases.class},
                    (proxy, method, arguments) -> {
                        asked.merge(method.getName(), 1, Integer::sum);
                        if (cut) {
                            throw new DatabaseException("cut off");
                        }
                        try {
                            return method.invoke(ledger.leases(), arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        Node wantsAll() {
            stores.forEach(keeper::want);
            return this;
        }

        @Override
        public Cancellable schedule(Instant at, Runnable work) {
            return end(at, () -> {
                if (!hangs) {
                    work.run();
                }
            });
        }

        /** On the thread that ends leases. */
        private Cancellable end(Instant at, Runnable work) {
            boolean[] cancelled = new boolean[1];
            time.at(
                    at,
                    () -> run(() -> {
                        if (!cancelled[0]) {
                            work.run();
                        }
                    }));
            return () -> cancelled[0] = true;
        }

        private void run(Runnable work) {
            if (stopped) {
                waiting.add(work);
            } else if (!dead) {
                work.run();
            }
        }

        void wakeUp() {
            stopped = false;
            List<Runnable> late = List.copyOf(waiting);
            waiting.clear();
            late.forEach(this::run);
        }

        @Override
        public void gained(HeldLease lease) {
            assertThat(nodes.stream().filter(node -> node != this && !node.dead && !node.stopped))
                    .as("nobody else who runs serves it")
                    .noneMatch(node -> node.keeper.lease(lease.lease().store()).isPresent());
            serves.add(lease.lease().store());
            gains.add(time.instant());
            last = lease;
        }

        @Override
        public void lost(HeldLease lease) {
            serves.remove(lease.lease().store());
        }
    }

    @Test
    void leasesEndInTimeThoughEverythingThatAsksTheDatabaseHangs() {
        Node one = new Node("one").wantsAll();
        time.pass(Duration.ofMillis(1));
        assertThat(one.serves).containsExactlyElementsOf(stores);

        one.hangs = true;
        Node two = new Node("two").wantsAll();
        time.pass(BOUND);

        assertThat(one.serves).as("given up without asking anybody").isEmpty();
        time.pass(BOUND);
        assertThat(two.serves).containsExactlyElementsOf(stores);
    }

    @Test
    void aLoneNodeServesItsStoresAtOnceAlsoAfterACrashAndAsksLittle() {
        Node one = new Node("lone").wantsAll();
        time.pass(Duration.ofMillis(1));
        assertThat(one.serves).containsExactlyElementsOf(stores);

        one.dead = true;
        Node again = new Node("lone").wantsAll();
        time.pass(Duration.ofMillis(1));
        assertThat(again.serves).as("its own leases, which still stand").containsExactlyElementsOf(stores);

        again.asked.clear();
        time.pass(Duration.ofMinutes(1));
        assertThat(again.asked).isEqualTo(Map.of("renew", 7));
        assertThat(again.keeper.served()).containsExactlyElementsOf(stores);
    }

    @Test
    void aDeadNodesStoresMoveWithinTheBoundToTheLeastBusy() {
        Node one = new Node("one").wantsAll();
        time.pass(Duration.ofMinutes(1));
        Node two = new Node("two").wantsAll();
        Node three = new Node("three").wantsAll();
        time.pass(Duration.ofMinutes(1));
        assertThat(one.serves).as("nothing is taken from one that lives").hasSize(6);
        assertThat(two.serves).isEmpty();

        Instant died = time.instant();
        one.dead = true;
        time.pass(BOUND);
        assertThat(two.serves.size() + three.serves.size()).isEqualTo(6);
        assertThat(two.serves).hasSizeBetween(2, 4);
        assertThat(two.gains).allMatch(at -> !at.isAfter(died.plus(BOUND)));
        assertThat(gainsWithin(two, three, Duration.ofMinutes(10)))
                .as("and stay")
                .isZero();
    }

    private long gainsWithin(Node one, Node other, Duration span) {
        int before = one.gains.size() + other.gains.size();
        time.pass(span);
        return one.gains.size() + other.gains.size() - before;
    }

    @Test
    void aNodeThatLeavesHandsOverWithinASecondOrTwo() {
        Node one = new Node("first").wantsAll();
        time.pass(Duration.ofSeconds(20));
        Node two = new Node("second").wantsAll();
        time.pass(Duration.ofSeconds(20));
        one.keeper.leave();
        assertThat(one.serves).isEmpty();
        time.pass(Duration.ofSeconds(1));
        assertThat(two.serves).isNotEmpty();
        time.pass(Duration.ofSeconds(3));
        assertThat(two.serves).hasSize(6);
        time.pass(Duration.ofMinutes(1));
        assertThat(one.serves).isEmpty();
    }

    @Test
    void aStoppedNodeThatWakesKnowsThatItsLeasesAreOver() {
        Node one = new Node("sleeper").wantsAll();
        time.pass(Duration.ofSeconds(20));
        HeldLease old = one.last;
        Node two = new Node("waker").wantsAll();
        one.stopped = true;
        time.pass(BOUND);
        assertThat(two.serves).hasSize(6);
        assertThat(old.stands()).as("before anything of it ran").isFalse();
        assertThatThrownBy(old::check).isInstanceOf(LeaseLostException.class);

        one.wakeUp();
        assertThat(one.serves).isEmpty();
        assertThat(gainsWithin(one, two, Duration.ofMinutes(1))).isZero();
    }

    @Test
    void aNodeThatIsCutOffGivesUpBeforeAnotherOneMayTakeOver() {
        Node one = new Node("island").wantsAll();
        time.pass(Duration.ofSeconds(20));
        Node two = new Node("mainland").wantsAll();
        one.cut = true;
        time.pass(BOUND);
        // That nobody serves what another one does is asserted at each gain.
        assertThat(one.serves).isEmpty();
        assertThat(two.serves).hasSize(6);
        one.cut = false;
        time.pass(Duration.ofMinutes(1));
        assertThat(one.serves).isEmpty();
    }

    @Test
    void twoHostsWithOneNameTakeNothingBackAndForth() {
        Node one = new Node("twin").wantsAll();
        time.pass(Duration.ofSeconds(5));
        Node other = new Node("twin").wantsAll();
        one.stopped = true;
        time.pass(Duration.ofMillis(1));
        assertThat(other.serves).as("taken for its own, from before a crash").hasSize(6);
        one.wakeUp();
        time.pass(Duration.ofSeconds(20));
        assertThat(one.serves).isEmpty();
        assertThat(gainsWithin(one, other, Duration.ofMinutes(1))).isZero();
    }

    @Test
    void whatIsTakenForAMomentIsGivenBack() {
        Node one = new Node("visitor");
        assertThat(one.keeper.take(stores.get(0))).isTrue();
        assertThat(one.serves).containsExactly(stores.get(0));
        time.pass(Duration.ofSeconds(1));
        assertThat(one.serves).isEmpty();
        assertThat(ledger.leases().holders().stream()
                        .filter(LaneLeases.Holding::stands)
                        .map(holding -> holding.lease().store())
                        .collect(Collectors.toSet()))
                .doesNotContain(stores.get(0));
    }

    private static final class LedgerClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.instant();
        }
    }
}
