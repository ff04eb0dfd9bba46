package org.evenkeel.database.internal;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a database connected for as long as its driver is there: tries until it can be reached, with growing pauses, and
 * has it published then. All of it happens on the one thread of the scheduler, which the caller owns; so an order of
 * arrivals and departures is carried out in that order, and never two at a time.
 */
final class DatabaseConnector implements AutoCloseable {

    /** Makes a reachable database known to the rest, and gives the way to take it back. */
    interface Publisher extends Function<ConnectedDatabase, Runnable> {}

    /** Opens a database with a driver; throws a DatabaseException that says why it cannot be reached. */
    interface Opener extends Function<DataSourceFactory, ConnectedDatabase> {}

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConnector.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** How long a departure waits for what is under way: a start of the bundles that use the database, at most. */
    private static final Duration DISCONNECT_WAIT = Duration.ofSeconds(10);

    private final Opener opener;
    private final Publisher publisher;
    private final ScheduledExecutorService scheduler;
    private final RandomGenerator random;
    private final Duration firstPause;
    private final Duration longestPause;

    /** Whether somebody waits for the database to go: what is being opened then is not published any more. */
    private volatile boolean leaving;

    /** Confined to the scheduler's thread. */
    private DataSourceFactory driver;

    private ConnectedDatabase connected;
    private Runnable unpublish;
    private ScheduledFuture<?> nextTry;
    private Duration pause;
    private String lastReason;

    DatabaseConnector(Opener opener, Publisher publisher, ScheduledExecutorService scheduler, RandomGenerator random) {
        this(opener, publisher, scheduler, random, FIRST_PAUSE, LONGEST_PAUSE);
    }

    DatabaseConnector(
            Opener opener,
            Publisher publisher,
            ScheduledExecutorService scheduler,
            RandomGenerator random,
            Duration firstPause,
            Duration longestPause) {
        this.opener = opener;
        this.publisher = publisher;
        this.scheduler = scheduler;
        this.random = random;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.pause = firstPause;
    }

    /** A driver to use from now on, until {@link #disconnect()}. Returns at once. */
    void connect(DataSourceFactory arrived) {
        scheduler.execute(() -> {
            release();
            driver = arrived;
            attempt();
        });
    }

    /** The driver is going: takes the database back and closes it, before this returns or a bound is over. */
    void disconnect() {
        leaving = true;
        try {
            Future<?> released = scheduler.submit(this::release);
            released.get(DISCONNECT_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | RejectedExecutionException e) {
            LOG.warn("The database is closed late: something still starts on it");
        } catch (ExecutionException e) {
            LOG.warn("The database did not close cleanly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        if (driver == null) {
            return;
        }
        try {
            connected = opener.apply(driver);
            if (leaving) {
                closeConnected(); // All that uses it would start on it first, and keep the departure waiting.
                return;
            }
            LOG.info("Database: {}", connected);
            lastReason = null;
            pause = firstPause;
            unpublish = publisher.apply(connected);
        } catch (RuntimeException | LinkageError e) {
            // A scheduler keeps what a task throws to itself, and a component that says nothing cannot be mended.
            closeConnected();
            tryLater(e);
        }
    }

    private void tryLater(Throwable failure) {
        String reason = Objects.toString(failure.getMessage(), failure.toString());
        if (!reason.equals(lastReason)) {
            LOG.error("{}. It is tried again until it works", reason);
            LOG.debug("The failure in full", failure);
            lastReason = reason;
        }
        long millis = pause.toMillis();
        nextTry = scheduler.schedule(this::attempt, millis / 2 + random.nextLong(millis), TimeUnit.MILLISECONDS);
        pause = Duration.ofMillis(Math.min(2 * millis, longestPause.toMillis()));
    }

    private void release() {
        leaving = false;
        driver = null;
        pause = firstPause;
        Optional.ofNullable(nextTry).ifPresent(waiting -> waiting.cancel(false));
        nextTry = null;
        try {
            Optional.ofNullable(unpublish).ifPresent(Runnable::run);
        } finally {
            unpublish = null;
            closeConnected();
        }
    }

    private void closeConnected() {
        Optional.ofNullable(connected).ifPresent(ConnectedDatabase::close);
        connected = null;
    }

    @Override
    public void close() {
        disconnect();
    }
}
