package org.evenkeel.sync.internal.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** A clock that moves from event to event on one thread, so that a seed decides everything. */
public final class VirtualTime implements InstantSource {
    private record Event(Instant at, long order, Host host, Runnable work) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private long order;

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

    void remove(Object event) {
        events.remove((Event) event);
    }

    /** Runs events until a condition holds. @return whether it does, within the given time */
    public boolean until(BooleanSupplier condition, Duration most) {
        Instant end = now.plus(most);
        while (!condition.getAsBoolean()) {
            if (events.isEmpty() || events.peek().at().isAfter(end)) {
                now = end;
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
        now = event.at();
        if (event.host() == null) {
            event.work().run();
        } else if (event.host().alive()) {
            event.host().run(event.work());
        }
    }
}
