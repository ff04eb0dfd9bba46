package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.util.Objects;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.sync.internal.time.Scheduler;

/**
 * What makes a host one of several.
 *
 * @param leases where it is kept which node serves which store
 * @param name the node's name; no other node has it
 * @param bound within which a dead node's stores are served again by another one
 * @param clock the time by which the node judges its own leases
 * @param scheduler runs what keeps leases; not the one of the lanes, whose threads may all wait for the database
 * @param ender ends leases in time: a thread of its own, as all of the others may wait for a database that was cut off
 * @param look how often it is looked where leases stand and what others tell
 * @param shared whether other nodes may share the database: only then is anything looked for that others ask
 */
public record NodePlace(
        LaneLeases leases,
        String name,
        Duration bound,
        NodeClock clock,
        Scheduler scheduler,
        Scheduler ender,
        Duration look,
        boolean shared) {
    /** As often as people and pages need it. */
    public static final Duration LOOK = Duration.ofMillis(500);

    public NodePlace {
        Objects.requireNonNull(leases, "leases");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(ender, "ender");
        Objects.requireNonNull(look, "look");
        if (name.isBlank() || bound.isNegative() || bound.isZero()) {
            throw new IllegalArgumentException("A node has a name, and its leases stand for some time.");
        }
    }
}
