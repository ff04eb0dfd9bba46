package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.ApplyResult.Sale;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Drift;

/**
 * What the activities of one lane share while one connector is attached. What is remembered here only saves calls: when it
 * is lost, the next scheduled run finds it out again. Guarded by the lane.
 */
final class Scope {
    final StoreId store;
    final StoreConnector connector;
    final Capabilities can;
    final Ledger ledger;
    final InstantSource clock;
    final RandomGenerator random;
    final Settings settings;
    final Fence fence;
    final LaneMemory memory;
    final Chosen chosen;
    final Gate gate;
    final Hints hints;

    /** The run under way; never null, one that records nothing between runs. */
    RunRecorder run = RunRecorder.NONE;

    /** Whether the run under way sends nothing. */
    boolean dry;

    /** The mark of the last reading of the store's figures. */
    long lastReading;

    /** Figures that show something unexplained: not pushed before it is settled. */
    final Set<Long> held = new HashSet<>();

    /** How often in a row the store refused a figure as stale. */
    final Map<Long, Integer> stales = new HashMap<>();

    /** What was last sent for a figure whose outcome is unknown. */
    final Map<Long, Long> lastSent = new HashMap<>();

    /** First readings of figures with an unknown outcome that proved nothing by themselves. */
    final Map<Long, Unsettled.First> firstReadings = new HashMap<>();

    /** Figures to be read again by the ledger's id: those left or pushed unexplained in a store whose orders come late. */
    final Map<Long, Look> looks = new LinkedHashMap<>();

    /** The numbers that were told of figures since the last full run, instead of sent. */
    final Map<Long, Long> rehearsed = new HashMap<>();

    /** How often an undo tried to put a figure back. */
    final Map<Long, Integer> undoTries = new HashMap<>();

    /** When outcomes that could not be settled yet are looked at again; null when none waits. */
    Instant settleAgainAt;

    /** When products that wait for late orders are opened; null when none wait. */
    Instant openAgainAt;

    /** What was held back until a person decides; empty when nothing is. */
    String heldBack = "";

    /** Whether a person let go what was held back. */
    boolean letGo;

    /** Something to be read, and when. */
    record Look(Instant at, FigureTarget target) {}

    Scope(
            StoreId store,
            StoreConnector connector,
            Capabilities can,
            Ledger ledger,
            InstantSource clock,
            RandomGenerator random,
            Settings settings,
            LaneMemory memory,
            Chosen chosen,
            Gate gate,
            Hints hints) {
        this.store = store;
        this.connector = connector;
        this.can = can;
        this.ledger = ledger;
        this.clock = clock;
        this.random = random;
        this.settings = settings;
        this.fence = new Fence(clock, settings.fenceAge());
        this.memory = memory;
        this.chosen = chosen;
        this.gate = gate;
        this.hints = hints;
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether nothing may be sent now: the run is dry, the store in shadow or held. */
    boolean withholds() {
        return dry || memory.state().settings.shadow() || isHeld();
    }

    /** Whether nothing may be sent, opened or adopted until somebody releases the store, or all stores. */
    boolean isHeld() {
        return gate.isClosed() || !memory.state().heldReason.isEmpty();
    }

    /** What is done with figures that are due: they are sent, or told where nothing may be. */
    Activity pushing(Pushing.Haste haste) {
        if (isHeld()) {
            return new Sequence(List.of());
        }
        return withholds() ? new Rehearsal(this) : new Pushing(this, haste);
    }

    /** What becomes of figures that somebody changed in the store. */
    Drift drift() {
        return memory.state().settings.drift();
    }

    /**
     * Whether orders are to be pulled before anything long goes on: somebody told of new ones, or what was pulled last is nearly
     * as old as the interval allows, as it may be within a long run.
     */
    boolean ordersFirst() {
        Duration most = memory.state().interval(settings).multipliedBy(4).dividedBy(5);
        return hints.ordersHinted() || fence.beganAt().isBefore(now().minus(most));
    }

    /** The largest share of the store's listings that may vanish or fall to 0 at once, in basis points. */
    int guardShare() {
        return memory.state().guardShare(settings);
    }

    /**
     * When the store's orders are looked for between runs; null when they are not: the store is off (and only what is undone there
     * goes on), pulls are dear, it calls back, or it was not pulled yet.
     */
    Instant nextOrderLook() {
        boolean looked = hints.on()
                && !settings.orderLook().isZero()
                && can.pullCost() == Capabilities.PullCost.CHEAP
                && !memory.state().callsBack()
                && !fence.beganAt().equals(Instant.MIN);
        return looked ? fence.beganAt().plus(settings.orderLook()) : null;
    }

    boolean ordersComeLate() {
        return !can.orderLag().isZero();
    }

    /** Asks for a look at a figure once orders that came late must be visible. */
    void lookLater(long figure, FigureTarget target, Instant since) {
        looks.put(figure, new Look(since.plus(can.orderLag()), target));
    }

    /** When the next look is due; null when there is none. */
    Instant nextLook() {
        Instant look =
                looks.values().stream().map(Look::at).min(Instant::compareTo).orElse(null);
        return earlier(look, settleAgainAt);
    }

    /** The earlier of two moments, null being never. */
    static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** What activities tell and ask their lane. */
    interface Hints {
        /** Whether a change waits that must not wait for the end of a long pull. */
        boolean urgent();

        /** Clears what {@link #urgent()} said: it is being seen to. */
        void urgentTaken();

        /** Whether the store, or somebody else, told that its orders may have changed since they were last pulled. */
        boolean ordersHinted();

        /** Whether synchronizing is on, as far as the lane knows. */
        boolean on();

        /** The registry says that synchronizing is off: the run ends with this step, unless it goes on all the same. */
        void turnedOff();

        /** Clears what {@link #ordersHinted()} said: they are being pulled. */
        void ordersTaken();

        /** Orders of this store were seen for the first time and left less for sale. */
        void sold(List<Sale> sales);

        /** A mark for this moment. */
        long mark();

        /** This store acknowledged figures of products. */
        void acknowledged(Set<ProductId> products);

        /** Nothing was due for this store when it was asked after that mark. */
        void level(long since);
    }
}
