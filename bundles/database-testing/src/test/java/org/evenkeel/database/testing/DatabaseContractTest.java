package org.evenkeel.database.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API promises, on each product. */
class DatabaseContractTest {

    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private static PersistenceUnit unit(String name, String folder, Class<?>... entities) {
        return new PersistenceUnit(
                name,
                DatabaseContractTest.class.getClassLoader(),
                List.of(entities),
                "org/evenkeel/database/testing/" + folder);
    }

    private static PersistenceUnit items() {
        return unit("items", "v1", Item.class);
    }

    private static void insert(Persistence unit, long id, String name, long quantity) {
        unit.inTransaction(session -> {
            session.persist(new Item(id, name, quantity, NOON));
            return null;
        });
    }

    private static long quantity(Persistence unit, long id) {
        return unit.inTransaction(session -> session.find(Item.class, id).quantity());
    }

    private static long count(Persistence unit) {
        return unit.inStatelessTransaction(
                session -> session.createSelectionQuery("select count(*) from Item", Long.class)
                        .getSingleResult());
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void keepsWhatWasCommittedOverARestart(TestVendor vendor) {
        try (TestDatabase test = vendor.open()) {
            Persistence first = test.database().open(items());
            assertThat(first.vendor().name()).isEqualTo(vendor.name());
            insert(first, 1, "apple", 50);

            try (Persistence again = test.reopen().open(items())) {
                Item apple = again.inTransaction(session -> session.find(Item.class, 1L));
                assertThat(apple.name()).isEqualTo("apple");
                assertThat(apple.quantity()).isEqualTo(50);
                assertThat(apple.seen()).isEqualTo(NOON);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void rollsBackAndHandsOnWhatTheWorkThrew(TestVendor vendor) {
        try (TestDatabase test = vendor.open();
                Persistence unit = test.database().open(items())) {
            IllegalStateException thrown = new IllegalStateException("the caller's own");
            AtomicInteger runs = new AtomicInteger();

            assertThatThrownBy(() -> unit.inTransaction(session -> {
                        runs.incrementAndGet();
                        session.persist(new Item(1, "apple", 50, NOON));
                        session.flush();
                        throw thrown;
                    }))
                    .isSameAs(thrown);

            assertThat(runs).hasValue(1);
            assertThat(count(unit)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void handsADuplicateKeyToTheCallerWithoutRunningAgain(TestVendor vendor) {
        try (TestDatabase test = vendor.open();
                Persistence unit = test.database().open(items())) {
            insert(unit, 1, "apple", 50);
            AtomicInteger runs = new AtomicInteger();

            // At commit, without a flush of the work's own, as much as inside of it.
            assertThatThrownBy(() -> unit.inTransaction(session -> {
                        runs.incrementAndGet();
                        session.persist(new Item(2, "apple", 1, NOON));
                        return null;
                    }))
                    .isInstanceOf(ConstraintViolationException.class);
            assertThatThrownBy(() -> unit.inStatelessTransaction(session -> {
                        runs.incrementAndGet();
                        return session.insert(new Item(1, "pear", 1, NOON));
                    }))
                    .isInstanceOf(ConstraintViolationException.class);

            assertThat(runs).hasValue(2);
            assertThat(count(unit)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void runsTheVictimOfADeadlockAgain(TestVendor vendor) throws Exception {
        try (TestDatabase test = vendor.open();
                Persistence unit = test.database().open(items())) {
            insert(unit, 1, "apple", 0);
            insert(unit, 2, "pear", 0);
            AtomicInteger runs = new AtomicInteger();
            CountDownLatch bothHoldOne = new CountDownLatch(2);

            CompletableFuture<Void> there =
                    CompletableFuture.runAsync(() -> addToBoth(unit, 1, 2, bothHoldOne, runs), threads);
            CompletableFuture<Void> back =
                    CompletableFuture.runAsync(() -> addToBoth(unit, 2, 1, bothHoldOne, runs), threads);
            CompletableFuture.allOf(there, back).get(60, TimeUnit.SECONDS);

            assertThat(runs.get()).as("one was the victim").isGreaterThanOrEqualTo(3);
            assertThat(quantity(unit, 1)).isEqualTo(2);
            assertThat(quantity(unit, 2)).isEqualTo(2);
        }
    }

    private static void addToBoth(
            Persistence unit, long first, long second, CountDownLatch bothHoldOne, AtomicInteger runs) {
        unit.inTransaction(session -> {
            runs.incrementAndGet();
            locked(session, first).add(1);
            session.flush();
            bothHoldOne.countDown();
            await(bothHoldOne);
            locked(session, second).add(1);
            return null;
        });
    }

    private static Item locked(Session session, long id) {
        return session.find(Item.class, id, LockMode.PESSIMISTIC_WRITE);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void locksTheRowsOfAQueryOnOneTable(TestVendor vendor) {
        try (TestDatabase test = vendor.open();
                Persistence unit = test.database().open(items())) {
            insert(unit, 1, "apple", 1);
            insert(unit, 2, "pear", 2);

            List<Long> quantities = unit.inTransaction(session -> session
                    .createSelectionQuery("from Item i where i.id in :ids", Item.class)
                    .setParameter("ids", List.of(2L, 1L))
                    .setLockMode(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
                    .getResultList()
                    .stream()
                    .map(Item::quantity)
                    .toList());

            assertThat(quantities).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void losesNoUpdateOfConcurrentWriters(TestVendor vendor) throws Exception {
        int writers = 4;
        int each = 25;
        try (TestDatabase test = vendor.open();
                Persistence unit = test.database().open(items())) {
            insert(unit, 1, "apple", 0);
            CompletableFuture<?>[] done = new CompletableFuture<?>[writers];
            for (int w = 0; w < writers; w++) {
                done[w] = CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                unit.inTransaction(session -> {
                                    locked(session, 1).add(1);
                                    return null;
                                });
                            }
                        },
                        threads);
            }
            CompletableFuture.allOf(done).get(60, TimeUnit.SECONDS);

            assertThat(quantity(unit, 1)).isEqualTo(writers * each);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void refusesTablesThatAreNewerThanTheProgramAndLeavesThemAlone(TestVendor vendor) {
        try (TestDatabase test = vendor.open()) {
            test.database().open(unit("items", "v2")).close();

            assertThatThrownBy(() -> test.database().open(items()))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("items")
                    .hasMessageContaining("version 2")
                    .hasMessageContaining("up to version 1")
                    .hasMessageNotContaining("\n");

            test.database().open(unit("items", "v2", Item.class)).close();
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void bringsOlderTablesUpToDateAndKeepsTheirRows(TestVendor vendor) {
        try (TestDatabase test = vendor.open()) {
            try (Persistence old = test.database().open(items())) {
                insert(old, 1, "apple", 50);
            }
            try (Persistence now = test.database().open(unit("items", "v2", Item.class))) {
                assertThat(quantity(now, 1)).isEqualTo(50);
                assertThat(now.<Long>inStatelessTransaction(session -> session.createNativeQuery(
                                        "select count(*) from item where note is null", Long.class)
                                .getSingleResult()))
                        .isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void keepsSeveralUnitsSideBySide(TestVendor vendor) {
        try (TestDatabase test = vendor.open();
                Persistence items = test.database().open(items());
                Persistence other = test.database().open(unit("other", "other"))) {
            insert(items, 1, "apple", 50);

            assertThat(other.<Object>inStatelessTransaction(
                            session -> session.createNativeQuery("select count(*) from other", Long.class)
                                    .getSingleResult()))
                    .isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void opensSeveralUnitsAtOnce(TestVendor vendor) throws Exception {
        try (TestDatabase test = vendor.open()) {
            CompletableFuture<?>[] opened = new CompletableFuture<?>[6];
            for (int i = 0; i < opened.length; i++) {
                PersistenceUnit unit = unit("unit_" + "abcdef".charAt(i), "several/" + i);
                opened[i] = CompletableFuture.runAsync(() -> test.database().open(unit), threads);
            }
            CompletableFuture.allOf(opened).get(60, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void namesTheUnitWhoseMigrationFails(TestVendor vendor) {
        try (TestDatabase test = vendor.open()) {
            assertThatThrownBy(() -> test.database().open(unit("items", "broken")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("tables of items");
            assertThatThrownBy(() -> test.database().open(unit("items", "no_such_folder")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("no_such_folder");
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void refusesWorkOnAClosedUnit(TestVendor vendor) {
        try (TestDatabase test = vendor.open()) {
            Persistence unit = test.database().open(items());
            unit.close();
            unit.close();

            assertThatThrownBy(() -> count(unit))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("items");
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void closingEndsACallUnderWayWithoutCommittingIt(TestVendor vendor) throws Exception {
        try (TestDatabase test = vendor.open()) {
            Persistence unit = test.database().open(items());
            CountDownLatch working = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            CompletableFuture<Void> call = CompletableFuture.runAsync(
                    () -> unit.inTransaction(session -> {
                        session.persist(new Item(1, "apple", 50, NOON));
                        session.flush();
                        working.countDown();
                        await(mayReturn);
                        return null;
                    }),
                    threads);
            await(working);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(unit::close, threads);
            awaitClosed(unit);
            mayReturn.countDown();

            assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(DatabaseException.class);
            closing.get(30, TimeUnit.SECONDS);
            try (Persistence again = test.database().open(items())) {
                assertThat(count(again)).isZero();
            }
        }
    }

    /** A closing unit refuses new work before it waits for the old. */
    private static void awaitClosed(Persistence unit) {
        while (true) {
            try {
                unit.inTransaction(session -> session.find(Item.class, 99L));
                Thread.onSpinWait();
            } catch (DatabaseException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestVendor.class)
    void givesALongWaitForALockUpInWords(TestVendor vendor) throws Exception {
        try (TestDatabase test = vendor.open();
                Persistence unit = test.database().open(items())) {
            insert(unit, 1, "apple", 50);
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            CompletableFuture<Void> holder = CompletableFuture.runAsync(
                    () -> unit.inTransaction(session -> {
                        locked(session, 1);
                        held.countDown();
                        await(mayReturn);
                        return null;
                    }),
                    threads);
            await(held);
            AtomicInteger runs = new AtomicInteger();
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                    () -> unit.inTransaction(session -> {
                        if (runs.incrementAndGet() == 2) {
                            mayReturn.countDown();
                        }
                        locked(session, 1).add(1);
                        return null;
                    }),
                    threads);

            waiting.get(30, TimeUnit.SECONDS);
            holder.get(30, TimeUnit.SECONDS);
            assertThat(runs).as("the first run timed out").hasValueGreaterThanOrEqualTo(2);
            assertThat(quantity(unit, 1)).isEqualTo(51);
        }
    }
}
