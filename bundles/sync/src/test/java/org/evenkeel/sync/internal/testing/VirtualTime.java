package org.evenkeel.sync.internal.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * A clock that moves from event to event on one thread, so that a seed decides everything. Whoever waits within an event lets
 * the others go on meanwhile; of several who wait, the one that began last goes on first.
 */
public final class VirtualTime implements InstantSource {
    private record Event(Instant at, long order, Host host, Runnable work) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));

    /** What was to happen on hosts that stand still. */
    private final Map<Host, List<Event>> standing = new HashMap<>();

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private long order;
    private long steps;
    private long mostSteps = Long.MAX_VALUE;

    @Override
    public Instant instant() {
        return now;
    }

    /** Something of the world, which no crash of a host takes away. */
    public void at(Instant time, Runnable work) {
        add(time, null, work);
    }

    public void in(Duration wait, Runnable work) {
        at(now.plus(wait), work);
    }

    Event add(Instant time, Host host, Runnable work) {
        Event event = new Event(time.isBefore(now) ? now : time, order++, host, work);
        events.add(event);
        return event;
    }

    /** Somebody sets the clock back. What is planned comes as late as before: timers do not go by the clock. */
    public void setBack(Duration by) {
        List<Event> planned = List.copyOf(events);
        events.clear();
        now = now.minus(by);
        planned.forEach(event -> {
            Event moved = new Event(event.at().minus(by), event.order(), event.host(), event.work());
            events.add(moved);
        });
    }

    void remove(Object event) {
        events.remove((Event) event);
        standing.values().forEach(waiting -> waiting.remove((Event) event));
    }

    /** A host that stood still goes on, with what it missed first. */
    void goesOn(Host host) {
        events.addAll(Optional.ofNullable(standing.remove(host)).orElse(List.of()));
    }

    /** How many steps there may be from the beginning to the end. */
    public void limit(long most) {
        mostSteps = most;
    }

    /** How many steps there were. */
    public long steps() {
        return steps;
    }

    /** Something was done. @throws AssertionError when so much was done that something must be going round in a circle */
    public void step() {
        steps++;
        if (steps > mostSteps) {
            throw new AssertionError("More than " + mostSteps + " steps: something goes round in a circle");
        }
    }

    /** Runs events until a condition holds. @return whether it does, within the given time */
    public boolean until(BooleanSupplier condition, Duration most) {
        Instant end = now.plus(most);
        while (!condition.getAsBoolean()) {
            if (events.isEmpty() || events.peek().at().isAfter(end)) {
                moveTo(end);
                return condition.getAsBoolean();
            }
            runNext();
        }
        return true;
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        until(() -> false, time);
    }

    private void runNext() {
        Event event = events.poll();
        moveTo(event.at());
        if (event.host() == null) {
            step();
            event.work().run();
        } else if (event.host().stopped()) {
            standing.computeIfAbsent(event.host(), key -> new ArrayList<>()).add(event);
        } else if (event.host().alive()) {
            step();
            event.host().run(event.work());
        }
    }

    /** Time never goes back, though what a host missed is told late, and waits within waits may end late. */
    private void moveTo(Instant time) {
        now = time.isAfter(now) ? time : now;
    }
}
