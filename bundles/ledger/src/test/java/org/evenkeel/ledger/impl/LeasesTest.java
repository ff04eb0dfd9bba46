package org.evenkeel.ledger.impl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LaneLeases.Holding;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.LeasedLedger;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.leases.LeaseFence;

/** Who serves a store, and that nobody else writes in its name. */
class LeasesTest {
    private static final StoreId SHOP = TestLedger.SHOP;
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Over by the time that anything else is asked: both databases count microseconds. */
    private static final Duration OVER = Duration.ofNanos(1_000);

    @LedgerTest
    void aStoreIsHeldByOneNodeUntilItsLeaseIsOver(TestLedger ledger) {
        LaneLeases leases = ledger.leases();
        Lease first = leases.acquire(SHOP, "one", OVER).orElseThrow();
        Lease second = leases.acquire(SHOP, "two", LONG).orElseThrow();

        assertThat(leases.acquire(SHOP, "one", LONG)).isEmpty();
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(leases.renew(List.of(first), LONG)).isEmpty();
        leases.release(List.of(first));
        assertThat(leases.holders())
                .singleElement()
                .matches(Holding::stands)
                .extracting(Holding::lease)
                .isEqualTo(second);
    }

    @LedgerTest
    void aNodeTakesItsOwnLeaseBackAtOnceWithAHigherToken(TestLedger ledger) {
        LaneLeases leases = ledger.leases();
        Lease before = leases.acquire(SHOP, "one", LONG).orElseThrow();
        Lease after = leases.acquire(SHOP, "one", LONG).orElseThrow();

        assertThat(after.token()).isEqualTo(before.token() + 1);
        assertThat(leases.renew(List.of(before), LONG)).isEmpty();
        assertThat(leases.renew(List.of(after), LONG)).containsExactly(after);
    }

    @LedgerTest
    void whatIsReleasedIsFreeAtOnceAndAReleaseComesTooLateForAnotherLease(TestLedger ledger) {
        LaneLeases leases = ledger.leases();
        Lease first = leases.acquire(SHOP, "one", LONG).orElseThrow();
        leases.release(List.of(first));
        assertThat(leases.holders()).singleElement().matches(holding -> !holding.stands());
        Lease second = leases.acquire(SHOP, "two", LONG).orElseThrow();

        leases.release(List.of(first));
        assertThat(leases.acquire(SHOP, "three", LONG)).isEmpty();
        assertThat(leases.renew(List.of(second), LONG)).containsExactly(second);
    }

    @LedgerTest
    void renewingTellsTheLeasesThatStandFromThoseThatAreLost(TestLedger ledger) {
        LaneLeases leases = ledger.leases();
        StoreId other = new StoreId("other");
        StoreId third = new StoreId("third");
        Lease kept = leases.acquire(SHOP, "one", LONG).orElseThrow();
        Lease lost = leases.acquire(other, "one", OVER).orElseThrow();
        Lease late = leases.acquire(third, "one", OVER).orElseThrow();
        leases.acquire(other, "two", LONG).orElseThrow();

        assertThat(leases.renew(List.of(kept, lost, late), LONG)).containsExactlyInAnyOrder(kept, late);
        assertThat(leases.acquire(third, "two", LONG)).as("it stands again").isEmpty();
        assertThat(leases.renew(List.of(), LONG)).isEmpty();
    }

    @LedgerTest
    void nonsenseIsRefused(TestLedger ledger) {
        assertThatThrownBy(() -> ledger.leases().acquire(SHOP, " ", LONG)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ledger.leases().acquire(SHOP, "one", Duration.ZERO))
                .isInstanceOf(InvalidInputException.class);
    }

    @LedgerTest
    void ofManyNodesAtOnceOneWinsAndNoTokenIsGivenTwice(TestLedger ledger) throws Exception {
        LaneLeases leases = ledger.leases();
        for (int round = 0; round < 5; round++) {
            List<Lease> won = together(IntStream.range(0, 16)
                            .<Callable<Optional<Lease>>>mapToObj(n -> () -> leases.acquire(SHOP, "node " + n, LONG))
                            .toList())
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(won).as("round %d", round).hasSize(1);
            assertThat(won.get(0).token()).isEqualTo(round + 1);
            leases.release(won);
        }
    }

    @LedgerTest
    void underTheLeaseTheLedgerIsAsItIsAndUnderALostOneNothingIsWritten(TestLedger ledger) {
        LaneLeases leases = ledger.leases();
        Lease lease = leases.acquire(SHOP, "one", OVER).orElseThrow();
        LeasedLedger under = leases.under(lease);
        under.orders().apply(new OrderPage(SHOP, List.of(), "behind the first page", false));
        assertThat(under.stores().find(SHOP).orElseThrow().orderCursor()).isEqualTo("behind the first page");

        leases.acquire(SHOP, "two", LONG).orElseThrow();
        assertThatThrownBy(() -> under.orders().apply(new OrderPage(SHOP, List.of(), "written by nobody", false)))
                .isInstanceOfSatisfying(LeaseLostException.class, lost -> {
                    assertThat(lost.lease()).isEqualTo(lease);
                    assertThat(lost).hasMessageContaining("one").hasMessageContaining("shop");
                });
        assertThatThrownBy(() -> under.stores().turnOff(SHOP, TestLedger.ACTOR)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> under.catalogue().createProduct(new Sku("X"), "", TestLedger.ACTOR))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> under.listings().dueCount(SHOP, TestLedger.TURNED_ON))
                .as("a look is no better")
                .isInstanceOf(LeaseLostException.class);
        ProductId product = ledger.product("Y", 1);
        assertThatThrownBy(() -> under.inventory().stock(product)).isInstanceOf(LeaseLostException.class);
        assertThat(ledger.stores().find(SHOP).orElseThrow()).satisfies(store -> {
            assertThat(store.orderCursor()).isEqualTo("behind the first page");
            assertThat(store.syncOn()).isTrue();
        });
    }

    @LedgerTest
    void anAcquisitionWaitsForATransactionThatBeganUnderTheFormerLease(TestLedger ledger) throws Exception {
        LaneLeases leases = ledger.leases();
        Lease lease = leases.acquire(SHOP, "one", OVER).orElseThrow();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> paused = threads.submit(
                    () -> ledger.transactions().behind(new LeaseFence(lease)).run(tx -> {
                        began.countDown();
                        return await(goOn);
                    }));
            assertThat(began.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(leases.renew(List.of(lease), OVER))
                    .as("renewing waits for nobody")
                    .hasSize(1);
            Future<Lease> next =
                    threads.submit(() -> leases.acquire(SHOP, "two", LONG).orElseThrow());
            assertThatThrownBy(() -> next.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            goOn.countDown();
            paused.get(1, TimeUnit.MINUTES);
            assertThat(next.get(1, TimeUnit.MINUTES).node()).isEqualTo("two");
        } finally {
            goOn.countDown();
            threads.shutdownNow();
        }
    }

    @LedgerTest
    void aTransactionUnderTheFormerLeaseThatComesBehindAnAcquisitionIsDefeatedAndNotRepeated(TestLedger ledger)
            throws Exception {
        LaneLeases leases = ledger.leases();
        Lease lease = leases.acquire(SHOP, "one", OVER).orElseThrow();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection another = ledger.connection();
                Statement acquisition = another.createStatement()) {
            another.setAutoCommit(false);
            acquisition.executeUpdate("update store_lease set node = 'two', token = token + 1");
            Future<?> late = threads.submit(
                    () -> leases.under(lease).catalogue().createProduct(new Sku("LATE"), "", TestLedger.ACTOR));
            assertThatThrownBy(() -> late.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            another.commit();
            assertThatThrownBy(() -> late.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(LeaseLostException.class);
            assertThat(ledger.catalogue().productBySku(new Sku("LATE"))).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> together(List<Callable<T>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            CyclicBarrier start = new CyclicBarrier(works.size());
            List<Future<T>> running = works.stream()
                    .map(work -> threads.submit(() -> {
                        start.await(1, TimeUnit.MINUTES);
                        return work.call();
                    }))
                    .toList();
            return running.stream()
                    .map(LeasesTest::result)
                    .filter(Objects::nonNull)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(Future<T> running) {
        try {
            return running.get(2, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
