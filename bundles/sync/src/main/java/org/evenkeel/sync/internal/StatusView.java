package org.evenkeel.sync.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.Store;
import org.evenkeel.sync.Drift;
import org.evenkeel.sync.StoreSettings;
import org.evenkeel.sync.StoreStatus;
import org.evenkeel.sync.StoreStatus.State;
import org.evenkeel.sync.internal.kept.SyncRecords;
import org.evenkeel.sync.internal.lane.Gate;
import org.evenkeel.sync.internal.lane.LaneMemory.LaneState;
import org.evenkeel.sync.internal.lane.LaneMemory.Stop;
import org.evenkeel.sync.internal.lane.LaneView;

/** Puts together where a store stands. Thread-safe. */
final class StatusView {
    private static final Duration ALARM_FOR = Duration.ofHours(1);

    private final InstantSource clock;
    private final ListingBook listings;
    private final SyncRecords records;
    private final LaneRegistry lanes;
    private final Drifts drifts;
    private final Gate gate;

    StatusView(
            InstantSource clock,
            ListingBook listings,
            SyncRecords records,
            LaneRegistry lanes,
            Drifts drifts,
            Gate gate) {
        this.clock = clock;
        this.listings = listings;
        this.records = records;
        this.lanes = lanes;
        this.drifts = drifts;
        this.gate = gate;
    }

    StoreStatus status(Store store) {
        LaneView lane = lanes.view(store.id());
        LaneState kept = lane.state();
        String held = kept.heldReason.isEmpty() && lanes.here(store.id()).isPresent() ? gate.words() : kept.heldReason;
        State state = state(store, lane, held);
        boolean scheduled = store.syncOn() && lane.connected() && kept.stop == null;
        Instant next = scheduled ? kept.nextRunAt : null;
        Optional<String> alarm = alarm(store, kept.settings);
        int drifting = kept.settings.drift() == Drift.OVERWRITE ? 0 : drifts.count(store.id());
        return new StoreStatus(
                store,
                state,
                more(drifted(explanation(store, lane, state, held), drifting), alarm.orElse("")),
                lane.connected(),
                kept.check,
                kept.checkedAt,
                kept.lastPullAt,
                kept.lastListingPullAt,
                kept.lastPushAt,
                next,
                listings.dueCount(store.id(), clock.instant()),
                lane.run(),
                records.lastEnded(store.id()).orElse(null),
                kept.oversellWindow,
                alarm.isPresent(),
                kept.settings,
                held,
                drifting,
                lanes.node(store.id()));
    }

    private static String drifted(String words, int drifting) {
        if (drifting == 0) {
            return words;
        }
        String more = drifting + " figures were changed in the store and wait for a decision: overwrite or adopt them.";
        return more(words, more);
    }

    private static String more(String words, String more) {
        return words.isEmpty() || more.isEmpty() ? words + more : words + " " + more;
    }

    /** Words for a window above the store's bound, of the last hour or still open; empty when there is none. */
    private Optional<String> alarm(Store store, StoreSettings settings) {
        if (!store.syncOn()) {
            return Optional.empty();
        }
        Duration bound = settings.windowBound();
        return lanes.longestWindow(store.id(), clock.instant().minus(ALARM_FOR))
                .filter(window -> window.compareTo(bound) > 0)
                .map(window -> "What sold here stayed on sale elsewhere for " + window.toSeconds()
                        + " s within the last hour; the bound is " + bound.toSeconds()
                        + " s. Look at the other stores: one of them is behind.");
    }

    private static State state(Store store, LaneView lane, String held) {
        if (store.removedAt() != null) {
            return State.REMOVED;
        }
        if (!store.syncOn()) {
            return store.firstTurnedOnAt() == null ? State.DRAFT : State.OFF;
        }
        if (!lane.connected()) {
            return State.AWAY;
        }
        if (lane.state().stop != null) {
            return lane.state().stop == Stop.CONFIGURATION ? State.STOPPED : State.QUARANTINED;
        }
        if (!held.isEmpty()) {
            return State.HELD;
        }
        if (lane.waiting()) {
            return State.WAITING;
        }
        return lane.run() == null ? State.IDLE : State.RUNNING;
    }

    private static String shadowed(String words, boolean shadow) {
        String shown = "In shadow: all is pulled and computed, and nothing is sent; each run tells what would be.";
        return !shadow ? words : words.isEmpty() ? shown : words + " " + shown;
    }

    private static String kept(String reason, String words) {
        return "Held, nothing is pushed: " + reason + (words.isEmpty() ? "" : " " + words);
    }

    private String explanation(Store store, LaneView lane, State state, String held) {
        String refusal = lanes.refusal(store.id());
        if (!refusal.isEmpty()) {
            return refusal;
        }
        return switch (state) {
            case AWAY ->
                lanes.isWaiting(store.id())
                        ? "No host serves this store at the moment; one takes over within "
                                + lanes.bound().toSeconds() + " s."
                        : "No connector for this store is running: its bundle is not there, or its configuration does not"
                                + " hold. Nothing is lost; it goes on from where it was.";
            case REMOVED, OFF -> "";
            case DRAFT ->
                lane.connected()
                        ? ""
                        : "No connector for this store is running: its bundle is not there, or its configuration does not hold.";
            case HELD -> kept(held, lane.words());
            default -> shadowed(lane.words(), lane.state().settings.shadow());
        };
    }
}
