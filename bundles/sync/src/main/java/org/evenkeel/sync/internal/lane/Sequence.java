package org.evenkeel.sync.internal.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** One activity after the other, each made when its turn comes. */
final class Sequence implements Activity {
    private final Deque<Supplier<Activity>> rest;

    Sequence(List<Supplier<Activity>> parts) {
        this.rest = new ArrayDeque<>(parts);
    }

    @Override
    public Next next() {
        Supplier<Activity> part = rest.poll();
        return part == null ? Next.DONE : new Next.Then(part.get());
    }
}
