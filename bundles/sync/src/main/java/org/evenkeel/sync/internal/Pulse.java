package org.evenkeel.sync.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.evenkeel.sync.internal.kept.Pulses;
import org.evenkeel.sync.internal.lane.Gate;
import org.evenkeel.sync.internal.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a database that was restored from a back-up from one that was only started again. A count rises in the database while
 * it is in use, and this node remembers in a file of its data folder, which is no part of a back-up, how far it had risen. A
 * database that is behind its file was restored, also under a host that runs; so was one that was in use while the file is not
 * there, unless this node joins others.
 *
 * <p>The database is always written first, so that no crash makes it look restored. Thread-safe.
 */
final class Pulse {
    static final String FILE = "sync-pulse";
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    static final String NOT_YET = "It is not known yet whether the database was restored from a back-up.";
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(2);

    /** Other nodes' files may be a little further than this one's: behind this, they are not taken for another restore. */
    private static final long LEAP = 1_000_000;

    private final Pulses pulses;
    private final String node;
    private final Path file;
    private final BooleanSupplier joins;
    private final Consumer<String> hold;
    private final Gate gate;
    private int failures;

    /**
     * @param joins whether a node that is new to a database in use is no sign of a restore: others use it now, or there is
     *     nothing to be held
     * @param hold holds all stores, given why in words; when it fails, it is called again a moment later
     * @param gate closed until it is known that the database was not restored, or all stores are held
     */
    Pulse(Pulses pulses, String node, Path data, BooleanSupplier joins, Consumer<String> hold, Gate gate) {
        this.pulses = pulses;
        this.node = node;
        this.joins = joins;
        this.hold = hold;
        this.gate = gate;
        this.file = data.resolve(FILE);
    }

    /** Begins to count, and sees to it first that a restored database does no harm. */
    synchronized void begin() {
        String why = restored();
        if (why.isEmpty()) {
            raise();
        } else {
            held(why);
        }
        gate.letGo();
    }

    /**
     * Begins, on the scheduler's threads, and counts on every minute from then on, as long as the scheduler lives. What fails is
     * tried again and again; until it succeeds the gate stays closed, and says why.
     */
    void live(Scheduler scheduler, InstantSource clock) {
        scheduler.schedule(clock.instant(), () -> beat(scheduler, clock));
    }

    private void beat(Scheduler scheduler, InstantSource clock) {
        Duration next = EVERY;
        try {
            if (gate.isClosed()) {
                begin();
                LOG.debug("The database counts as it is");
            } else {
                quietly();
                next = gate.isClosed() ? SOON : EVERY;
            }
            failures = 0;
        } catch (RuntimeException e) {
            gate.close(NOT_YET + " Trying again: " + words(e));
            LOG.warn("Nothing is sent to any store: {}", gate.words());
            next = SOON.multipliedBy(1L << Math.min(4, failures++));
        }
        scheduler.schedule(clock.instant().plus(next), () -> beat(scheduler, clock));
    }

    private static String words(RuntimeException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Counts on, if that is possible: next time will do as well. A database that was restored meanwhile is seen to first. */
    void quietly() {
        quietly(why -> {
            gate.close(why);
            held(why);
            gate.letGo();
        });
    }

    /** Counts on for the last time. What shows that the database was restored is left for the next start. */
    void end() {
        if (gate.isClosed()) {
            // It is not known, or not seen to: the next start finds it out anew.
            return;
        }
        quietly(why -> LOG.warn("{} All stores are held at the next start.", why));
    }

    private synchronized void quietly(Consumer<String> restored) {
        try {
            String why = behind(seen());
            if (why.isEmpty()) {
                raise();
            } else {
                restored.accept(why);
            }
        } catch (RuntimeException e) {
            LOG.warn("That the database is in use could not be kept: {}", e.toString());
        }
    }

    private void held(String why) {
        LOG.warn("{} All stores are held.", why);
        hold.accept(why);
        settled();
    }

    /** Why the database counts as restored, in words; empty when it does not. Changes nothing. */
    private String restored() {
        Long seen = seen();
        if (seen != null) {
            return behind(seen);
        }
        if (pulses.knows(node)) {
            return "The data folder has no file " + FILE
                    + " though the database was in use here: both were restored from a back-up.";
        }
        return pulses.count() > 0 && !joins.getAsBoolean()
                ? "The data folder is new, the database was in use, and no other host serves it now: it counts as restored from a"
                        + " back-up."
                : "";
    }

    private String behind(Long seen) {
        return seen != null && pulses.count() < seen
                ? "The database is older than this data folder knows it: it was restored from a back-up."
                : "";
    }

    /** The restored database was seen to; it counts on from a place that no file has been at. */
    private void settled() {
        Long seen = seen();
        write(pulses.raise(node, (seen == null ? 0 : seen) + LEAP));
    }

    /** Counts on. */
    private void raise() {
        if (seen() == null) {
            // The database must not know a node whose file is missing, not even when it dies between the two.
            write(0);
        }
        write(pulses.raise(node, 0));
    }

    private Long seen() {
        try {
            return Long.valueOf(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("How long the database has been in use cannot be read from " + file, e);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    file + " does not hold a number. Delete it: the stores are then held for a person to look at.", e);
        }
    }

    private void write(long count) {
        Path next = file.resolveSibling(FILE + ".next");
        try {
            Files.writeString(next, count + "\n", StandardCharsets.US_ASCII);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("How long the database has been in use cannot be kept in " + file, e);
        }
    }
}
