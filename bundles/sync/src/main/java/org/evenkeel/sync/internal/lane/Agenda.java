package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.ledger.ListingBook.DueCount;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Run;

/** What a lane is to do and when: full runs asked for or by the schedule, and changes that wait. Guarded by the lane. */
final class Agenda {
    private static final String SYSTEM = "system";
    private static final int MOST_TO_READ = 1_000;
    private static final Duration GATHERED = Duration.ofSeconds(5);

    private final StoreId store;
    private final LaneServices services;
    private final LaneMemory memory;
    /** What was asked for and has not begun: at most one run that sends and one that does not, besides what was demanded. */
    private final List<Full> requested = new ArrayList<>();

    private Full running;
    private Instant nextRunAt;
    /** When that was planned. */
    private Instant plannedAt;

    private boolean nextIsRetry;
    private boolean wake;
    private Instant nextItemAt;
    private boolean hinted;
    /** Counters whose figures are to be read. */
    private final Set<String> toRead = new LinkedHashSet<>();
    /** When they are: stores tell of each figure by itself, our own pushes included. */
    private Instant readAt;

    /** A full run, asked for or under way. */
    static final class Full {
        final RunRecorder run;
        /** Whether it sends nothing. */
        final boolean dry;

        boolean hard;
        boolean pastListings;

        Full(RunRecorder run, boolean hard, boolean dry) {
            this.run = run;
            this.hard = hard;
            this.dry = dry;
        }
    }

    Agenda(StoreId store, LaneServices services, LaneMemory memory) {
        this.store = store;
        this.services = services;
        this.memory = memory;
    }

    RunRecorder record(Run.Trigger trigger, String actor) {
        return RunRecorder.begin(services.runs(), services.clock(), store, trigger, actor);
    }

    /** A run that looks for orders, and is recorded only when it finds any. */
    RunRecorder look() {
        return RunRecorder.ifAnything(services.runs(), services.clock(), store, Run.Trigger.ORDER_LOOK, SYSTEM);
    }

    // --- full runs ---

    /**
     * Joins a full run under way, or asks for one that begins as soon as the lane is free. A dry run and one that sends never
     * join each other.
     *
     * @return its id
     */
    long request(Run.Trigger trigger, boolean hard, String actor) {
        boolean dry = trigger == Run.Trigger.DRY_RUN;
        if (running != null && running.dry == dry && (!hard || running.hard || !running.pastListings)) {
            running.hard |= hard;
            return running.run.id();
        }
        Full full = requested.stream()
                .filter(waiting -> waiting.dry == dry)
                .findFirst()
                .orElse(null);
        if (full == null) {
            full = new Full(record(trigger, actor), hard, dry);
            requested.add(full);
        }
        full.hard |= hard;
        return full.run.id();
    }

    /** Asks for a full run of its own, before all that were asked for; it joins none. @return its id */
    long demand(Run.Trigger trigger, boolean hard, String actor) {
        Full full = new Full(record(trigger, actor), hard, false);
        requested.add(0, full);
        return full.run.id();
    }

    /** Whether that is the full run under way. */
    boolean isUnderWay(long run) {
        return running != null && running.run.id() == run;
    }

    /** The run that was asked for and has not begun; null when there is none. */
    Full requested() {
        return requested.isEmpty() ? null : requested.get(0);
    }

    /** Gives up the runs that were asked for. @return them */
    List<Full> drop() {
        List<Full> never = List.copyOf(requested);
        requested.clear();
        return never;
    }

    /** Begins the full run that is next by now; null when none is. */
    Full begin(Instant now) {
        followClock(now);
        if (requested.isEmpty() && (nextRunAt == null || nextRunAt.isAfter(now))) {
            return null;
        }
        Full full = requested.isEmpty()
                ? new Full(record(nextIsRetry ? Run.Trigger.RETRY : Run.Trigger.SCHEDULE, SYSTEM), false, false)
                : requested.remove(0);
        if (!full.dry) {
            nextRunAt = null;
            nextIsRetry = false;
        }
        running = full;
        hinted = false;
        return full;
    }

    /** The run under way ended. @return whether it was a full one that sends */
    boolean ended() {
        boolean full = running != null && !running.dry;
        running = null;
        return full;
    }

    /**
     * Plans the next full run: a twentieth to a fifth sooner than the interval, so that what is sold just behind a pull is known
     * everywhere within the interval, though no webhook tells of it.
     */
    void schedule() {
        long millis = memory.state().interval(services.settings()).toMillis();
        plan(services.clock()
                .instant()
                .plusMillis(millis - millis / 5 + services.random().nextLong(millis * 3 / 20 + 1)));
    }

    /** The interval is another one: what was planned by it is planned anew. */
    void intervalChanged() {
        if (nextRunAt != null
                && !nextIsRetry
                && nextRunAt.isAfter(services.clock().instant())) {
            schedule();
        }
    }

    /** Plans the next full run after one that was given up. */
    void retryAt(Instant at) {
        nextIsRetry = true;
        plan(at);
    }

    /** Where the clock was set back, what was planned is no later by that. */
    private void followClock(Instant now) {
        if (nextRunAt != null && plannedAt != null && now.isBefore(plannedAt)) {
            plan(now.plus(Duration.between(plannedAt, nextRunAt)));
        }
    }

    private void plan(Instant at) {
        plannedAt = services.clock().instant();
        nextRunAt = at;
        memory.change(state -> state.nextRunAt = at);
    }

    /** Plans the next full run for now. */
    void now() {
        nextRunAt = services.clock().instant();
    }

    // --- changes ---

    /** Something changed. */
    void wake() {
        wake = true;
    }

    /** The store's orders may have changed. */
    void hint() {
        hinted = true;
    }

    /** Figures of these counters may have changed. What is too much is left to the next full run. */
    void hint(Set<String> counters) {
        counters.stream().limit(MOST_TO_READ - toRead.size()).forEach(toRead::add);
        if (readAt == null && !toRead.isEmpty()) {
            readAt = services.clock().instant().plus(GATHERED);
        }
    }

    /** The counters whose figures are to be read by now; they are taken. Empty when there are none. */
    Set<String> takeToRead(Instant now) {
        if (readAt == null || readAt.isAfter(now)) {
            return Set.of();
        }
        Set<String> taken = Set.copyOf(toRead);
        toRead.clear();
        readAt = null;
        return taken;
    }

    /** Whether there was a hint that no pull has followed yet; it is taken. */
    boolean takeHint() {
        boolean taken = hinted;
        hinted = false;
        return taken;
    }

    /** Whether there was a hint that no pull has followed yet. */
    boolean hinted() {
        return hinted;
    }

    /** Orders are being pulled: what was hinted before is seen to. */
    void pulling() {
        hinted = false;
    }

    /** Whether orders or a change wait. */
    boolean urgent() {
        return hinted || wake;
    }

    /** Whether a change waits. */
    boolean woken() {
        return wake;
    }

    /** What waited is being seen to. */
    void taken() {
        wake = false;
    }

    /** Whether a change waits, or an item whose time has come, and something is to be sent for it. */
    boolean takeChange(Instant now) {
        boolean itemsTime = nextItemAt != null && !nextItemAt.isAfter(now);
        if (!wake && !itemsTime) {
            return false;
        }
        wake = false;
        DueCount due = due(now);
        nextItemAt = due.nextAt();
        if (due.ready() == 0) {
            return false;
        }
        // Figures that were only touched and are level are acknowledged by the look; they are no reason for a run.
        boolean any = !services.ledger().listings().due(store, now, 1).isEmpty();
        // A look goes only so far, so that what is urgent comes in between: the next step counts what is left, and
        // looks on.
        wake = !any && due.unseen() > 0;
        return any;
    }

    private DueCount due(Instant now) {
        return services.ledger().listings().dueCount(store, now);
    }

    /** Finds out when the next item goes again by time, and whether the run left something that nothing looked at. */
    void planItems() {
        DueCount due = due(services.clock().instant());
        nextItemAt = due.nextAt();
        wake |= due.unseen() > 0;
    }

    /** When the lane has something to do by time. @param look another such time; null for none. @return null when never */
    Instant next(Instant look) {
        if (wake) {
            return services.clock().instant();
        }
        return Stream.of(new Instant[] {nextRunAt, nextItemAt, readAt, look})
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
