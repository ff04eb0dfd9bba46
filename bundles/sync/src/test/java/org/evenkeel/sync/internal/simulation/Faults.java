package org.evenkeel.sync.internal.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.sync.internal.testing.Host;
import org.evenkeel.sync.internal.testing.VirtualTime;

/** What goes wrong with the calls into one store, and since when it disturbs. */
final class Faults {
    /** After a fault, a lane backs off, gives its run up, and settles what it does not know. */
    private static final Duration AFTERMATH = Duration.ofMinutes(6);

    /** How a call fails. */
    enum Kind {
        /** 429 with Retry-After; nothing was done. */
        THROTTLED,
        /** 502; nothing was done. */
        FAILS,
        /** The request is lost, and nobody answers. */
        LOST,
        /** It is done, and the answer is lost. */
        DONE_UNHEARD,
        /** Of a push: done, and the connector says that it does not know. */
        DONE_UNKNOWN,
        /** Of a push: a part is done, and the connector does not know of any. */
        HALF_DONE,
        /** 401: somebody must act. */
        REFUSED
    }

    private record Planned(Kind kind, Duration patience) {}

    /** A time in which the store, or the way to it, was not as it should be. */
    record Disturbance(Instant from, Instant to) {}

    final List<Disturbance> disturbances = new ArrayList<>();

    private final VirtualTime time;
    private final Map<String, Deque<Planned>> planned = new HashMap<>();
    private Instant downUntil = Instant.MIN;
    private Kind down;
    private boolean cutShort;
    private boolean loses;

    Faults(VirtualTime time) {
        this.time = time;
    }

    /** The next call of an operation fails so. */
    void plan(String operation, Kind kind, Duration patience) {
        planned.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(new Planned(kind, patience));
    }

    /** Every call fails so, for a while. */
    void down(Kind kind, Duration length) {
        down = kind;
        downUntil = time.instant().plus(length);
        disturbed(length);
    }

    /** From now on nothing fails. */
    void over() {
        planned.clear();
        downUntil = Instant.MIN;
    }

    /** Something is not as it should be, and has an aftermath. */
    void disturbed(Duration length) {
        disturbances.add(
                new Disturbance(time.instant(), time.instant().plus(length).plus(AFTERMATH)));
    }

    <T> T strike(String operation, Supplier<T> work) throws ConnectorException {
        cutShort = false;
        loses = false;
        if (downUntil.isAfter(time.instant())) {
            return fail(new Planned(down, Duration.between(time.instant(), downUntil)), work);
        }
        Deque<Planned> waiting = planned.get(operation);
        if (waiting == null || waiting.isEmpty()) {
            return work.get();
        }
        Planned next = waiting.poll();
        disturbed(next.patience());
        return fail(next, work);
    }

    private <T> T fail(Planned fault, Supplier<T> work) throws ConnectorException {
        switch (fault.kind()) {
            case THROTTLED -> throw new RateLimitedException("429", fault.patience());
            case FAILS -> throw new TransientException("502");
            case LOST -> throw new Host.Hangs();
            case DONE_UNHEARD -> {
                work.get();
                throw new Host.Hangs();
            }
            case REFUSED -> throw new ConfigurationException("401");
            case DONE_UNKNOWN -> {
                loses = true;
                return work.get();
            }
            default -> {
                loses = true;
                cutShort = true;
                return work.get();
            }
        }
    }

    /** Whether the next item of a batch is not done any more: every other one is. */
    boolean cutsShort() {
        boolean cut = loses && cutShort;
        cutShort = !cutShort;
        return cut;
    }

    /** What the connector can tell of a push. */
    List<PushOutcome> loses(List<PushOutcome> outcomes) {
        return loses
                ? outcomes.stream()
                        .<PushOutcome>map(outcome -> new PushOutcome.Unknown("The connection dropped."))
                        .toList()
                : outcomes;
    }
}
