package org.evenkeel.database.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.wrap.derby.DerbyDataSourceFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.jdbc.DataSourceFactory;

class DatabaseConnectorTest {

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final DataSourceFactory driver = new DerbyDataSourceFactory();
    private final DatabaseSettings settings = new DatabaseSettings("jdbc:derby:memory:" + UUID.randomUUID(), "", "", 2);
    private final AtomicInteger tries = new AtomicInteger();
    private final BlockingQueue<ConnectedDatabase> published = new LinkedBlockingQueue<>();
    private final List<ConnectedDatabase> unpublished = new CopyOnWriteArrayList<>();

    @BeforeEach
    void callOffForGood() {
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() throws InterruptedException {
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private DatabaseConnector connector(int failures, Duration pause) {
        return new DatabaseConnector(
                arrived -> {
                    if (tries.incrementAndGet() <= failures) {
                        throw new DatabaseException("not yet");
                    }
                    return ConnectedDatabase.connect(settings, arrived);
                },
                database -> {
                    published.add(database);
                    return () -> unpublished.add(database);
                },
                scheduler,
                new Random(7),
                pause,
                pause);
    }

    @Test
    void keepsTryingUntilTheDatabaseCanBeReached() throws InterruptedException {
        try (DatabaseConnector connector = connector(3, Duration.ofMillis(2))) {
            connector.connect(driver);

            assertThat(published.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(tries).hasValue(4);
        }
    }

    @Test
    void triesAgainWhenItCannotPublish() throws InterruptedException {
        List<ConnectedDatabase> refused = new CopyOnWriteArrayList<>();
        DatabaseConnector connector = new DatabaseConnector(
                arrived -> ConnectedDatabase.connect(settings, arrived),
                database -> {
                    if (refused.isEmpty()) {
                        refused.add(database);
                        throw new IllegalStateException("not now");
                    }
                    published.add(database);
                    return () -> unpublished.add(database);
                },
                scheduler,
                new Random(7),
                Duration.ofMillis(2),
                Duration.ofMillis(2));
        try (connector) {
            connector.connect(driver);

            assertThat(published.poll(30, TimeUnit.SECONDS)).isNotNull().isNotSameAs(refused.get(0));
        }
    }

    @Test
    void takesTheDatabaseBackBeforeTheDriverIsGone() throws InterruptedException {
        try (DatabaseConnector connector = connector(0, Duration.ofMillis(2))) {
            connector.connect(driver);
            ConnectedDatabase database = published.poll(30, TimeUnit.SECONDS);

            connector.disconnect();

            assertThat(unpublished).containsExactly(database);
        }
    }

    @Test
    void connectsAgainWithTheNextDriver() throws InterruptedException {
        try (DatabaseConnector connector = connector(0, Duration.ofMillis(2))) {
            connector.connect(driver);
            ConnectedDatabase first = published.poll(30, TimeUnit.SECONDS);
            connector.disconnect();
            connector.connect(driver);
            ConnectedDatabase second = published.poll(30, TimeUnit.SECONDS);

            assertThat(second).isNotNull().isNotSameAs(first);
        }
        assertThat(unpublished).hasSize(2);
    }

    @Test
    void whatIsOpenedDuringADepartureIsNotPublished() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch leaving = new CountDownLatch(1);
        DatabaseConnector connector = new DatabaseConnector(
                arrived -> {
                    opening.countDown();
                    await(leaving);
                    return ConnectedDatabase.connect(settings, arrived);
                },
                database -> {
                    published.add(database);
                    return () -> unpublished.add(database);
                },
                scheduler,
                new Random(7),
                Duration.ofMillis(2),
                Duration.ofMillis(2));
        connector.connect(driver);
        await(opening);
        Thread departure = new Thread(connector::disconnect);
        departure.start();
        while (scheduler.getQueue().isEmpty()) {
            Thread.onSpinWait(); // The departure stands in the queue behind the opening.
        }
        leaving.countDown();
        departure.join();

        assertThat(published).isEmpty();
        connector.connect(driver);
        assertThat(published.poll(30, TimeUnit.SECONDS))
                .as("the next driver is used again")
                .isNotNull();
        connector.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stopsTryingWhenTheDriverIsGone() throws InterruptedException {
        DatabaseConnector connector = connector(Integer.MAX_VALUE, Duration.ofHours(1));
        connector.connect(driver);
        connector.disconnect();

        assertThat(scheduler.getQueue()).as("no further try is planned").isEmpty();
        assertThat(published).isEmpty();
    }
}
