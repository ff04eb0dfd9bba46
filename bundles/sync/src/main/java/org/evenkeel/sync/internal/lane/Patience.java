package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a lane waits after failures and rate limits, and when it gives a run up. Waits are durable: a restart does not
 * shorten them. Guarded by the lane.
 */
final class Patience {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final int MOST_TRIES = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final InstantSource clock;
    private final Backoff backoff;
    private final LaneMemory memory;
    private int tries;
    private Instant until;
    /** When the wait began, or was taken up again. */
    private Instant since = Instant.MIN;

    private boolean limited;
    private boolean urgentMayGo;
    private String words = "";

    Patience(InstantSource clock, Backoff backoff, LaneMemory memory) {
        this.clock = clock;
        this.backoff = backoff;
        this.memory = memory;
        LaneMemory.Waiting before = memory.state().waiting;
        if (before != null) {
            until = before.until();
            words = before.words();
            limited = before.asked();
            backoff.resume(before.failures());
        }
    }

    /** Whether it is still to wait. */
    boolean waits() {
        if (until == null) {
            return false;
        }
        Instant now = clock.instant();
        if (now.isBefore(since)) {
            // The clock was set back: the wait begins anew, and is no longer by what it was set back.
            until = now.plus(Duration.between(since, until));
            since = now;
        }
        if (!now.isBefore(until)) {
            until = null;
        }
        return until != null;
    }

    /** Whether it is still to wait, unless with something urgent. @param urgent whether something urgent is there */
    boolean waits(boolean urgent) {
        return waits() && !(urgent && urgentMayGo);
    }

    /** Until when to wait; null when there is nothing to wait for. */
    Instant until() {
        return until;
    }

    /** What for; empty when nothing failed since the last answer. */
    String words() {
        return words;
    }

    /** Something passing failed. @return whether to give up the run rather than make the same step again after the wait */
    boolean failed(String why) {
        limited = false;
        urgentMayGo = false;
        await(backoff.failed(), why);
        return ++tries > MOST_TRIES;
    }

    /**
     * The store asks for patience.
     *
     * @param urgent whether what is urgent may go meanwhile
     */
    void limited(Duration wait, String why, boolean urgent) {
        limited = true;
        urgentMayGo = urgent;
        await(wait.compareTo(LEAST) < 0 ? LEAST : wait, why);
    }

    private void await(Duration wait, String why) {
        since = clock.instant();
        until = since.plus(wait);
        words = Redaction.redacted(why);
        keep(new LaneMemory.Waiting(until, words, limited, backoff.failures()));
    }

    /** What cannot be kept, since the database fails as well, is only forgotten by a restart. */
    private void keep(LaneMemory.Waiting waiting) {
        try {
            if (waiting != null || memory.state().waiting != null) {
                memory.change(state -> state.waiting = waiting);
            }
        } catch (RuntimeException e) {
            LOG.debug("A wait could not be kept", e);
        }
    }

    /** The run was given up; the next one has its own tries. */
    void gaveUp() {
        tries = 0;
    }

    /** The store answered. */
    void worked() {
        tries = 0;
        backoff.worked();
        words = "";
        keep(null);
    }

    /** A person wants it now: only what the store asked for is still waited for. */
    void hurry() {
        tries = 0;
        backoff.worked();
        if (!limited) {
            until = null;
            words = "";
            keep(null);
        }
    }
}
