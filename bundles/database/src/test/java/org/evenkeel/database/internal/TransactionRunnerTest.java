package org.evenkeel.database.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import jakarta.persistence.PessimisticLockException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.evenkeel.database.DatabaseException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockAcquisitionException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransactionRunnerTest {

    private static final int ATTEMPTS = 4;

    private final TransactionRunner runner =
            new TransactionRunner("items", ATTEMPTS, Duration.ofMillis(1), Duration.ofMillis(2));
    private final AtomicInteger runs = new AtomicInteger();

    static Stream<Named<RuntimeException>> conflicts() {
        return Stream.of(
                named("Derby deadlock", wrapped("40001")),
                named("Derby lock time-out", wrapped("40XL1")),
                named("Derby lock time-out with its table", wrapped("40XL2")),
                named("PostgreSQL serialization failure", wrapped("40001")),
                named("PostgreSQL deadlock", wrapped("40P01")),
                named("PostgreSQL lock time-out", wrapped("55P03")),
                named("Hibernate's lock failure", new LockAcquisitionException("locked", new SQLException("locked"))),
                named("Jakarta Persistence's lock failure", new PessimisticLockException("locked")),
                named("one of a batch", inBatch("40P01")));
    }

    static Stream<Named<RuntimeException>> noConflicts() {
        SQLException duplicate = new SQLException("duplicate key", "23505");
        return Stream.of(
                named("a duplicate key", new ConstraintViolationException("duplicate", duplicate, "item_name")),
                named(
                        "a value that does not fit",
                        new DataException("too long", new SQLException("too long", "22001"))),
                named("a failure without a state", new IllegalStateException(new SQLException("no state"))),
                named("the work's own", new IllegalArgumentException("no such product")));
    }

    private static RuntimeException wrapped(String state) {
        return new IllegalStateException("the work wrapped it", new SQLException("in the way", state));
    }

    private static RuntimeException inBatch(String state) {
        BatchUpdateException batch = new BatchUpdateException("batch", "00000", new int[0]);
        batch.setNextException(new SQLException("in the way", state));
        return new IllegalStateException(batch);
    }

    private <T> T failing(int times, RuntimeException failure, T result) {
        return runner.run(() -> {
            if (runs.incrementAndGet() <= times) {
                throw failure;
            }
            return result;
        });
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void runsAgainAfterAConflict(RuntimeException conflict) {
        assertThat(failing(ATTEMPTS - 1, conflict, "done")).isEqualTo("done");
        assertThat(runs).hasValue(ATTEMPTS);
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void givesUpInWordsWhenConflictsPersist(RuntimeException conflict) {
        assertThatThrownBy(() -> failing(ATTEMPTS, conflict, "done"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("items")
                .hasMessageContaining("given up")
                .hasCause(conflict);
        assertThat(runs).hasValue(ATTEMPTS);
    }

    @ParameterizedTest
    @MethodSource("noConflicts")
    void handsOnWhatIsNoConflictAfterOneRun(RuntimeException failure) {
        assertThatThrownBy(() -> failing(1, failure, "done")).isSameAs(failure);
        assertThat(runs).hasValue(1);
    }

    @Test
    void reportsALostConnectionAsTheDatabasesFailure() {
        RuntimeException lost = new JDBCConnectionException("lost", new SQLException("server closed", "08006"));

        assertThatThrownBy(() -> failing(1, lost, "done"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("server closed");
        assertThat(runs).hasValue(1);
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        TransactionRunner patient = new TransactionRunner("items", 2, Duration.ofMinutes(1), Duration.ofMinutes(2));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> patient.run(() -> {
                    throw wrapped("40001");
                }))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).as("the interrupt is handed on").isTrue();
    }
}
