package org.evenkeel.sync;

import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.StoreId;

/**
 * One run of a lane.
 *
 * @param id its id
 * @param store whose
 * @param trigger what started it
 * @param actor who, for what a person asked for; else {@code system}
 * @param startedAt when
 * @param endedAt null while under way
 * @param result how it ended; null while under way
 * @param phases in their order
 * @param counts what it did
 * @param errors in the store's words, newest last, bounded
 */
public record Run(
        long id,
        StoreId store,
        Trigger trigger,
        String actor,
        Instant startedAt,
        Instant endedAt,
        Result result,
        List<Phase> phases,
        Counts counts,
        List<String> errors) {

    /** What starts a run. */
    public enum Trigger {
        SCHEDULE,
        REFRESH,
        HARD_REFRESH,
        /** A Refresh that sends nothing. */
        DRY_RUN,
        CHANGE,
        TURNED_ON,
        /** A plan released the store. */
        RELEASED,
        /** A plan undoes another one. */
        UNDONE,
        WEBHOOK,
        /** Orders were looked for between two runs; kept only when there were any. */
        ORDER_LOOK,
        RETRY
    }

    /** How a run ends. */
    public enum Result {
        DONE,
        /** Done, but some items were refused or parked. */
        WITH_ERRORS,
        FAILED,
        /** Stopped: turned off, connector away, host stopping. */
        INTERRUPTED
    }

    /**
     * A part of a run.
     *
     * @param kind what was done
     * @param startedAt when
     * @param endedAt null while under way
     * @param done how many items so far
     * @param total how many there are; −1 when unknown
     */
    public record Phase(Kind kind, Instant startedAt, Instant endedAt, long done, long total) {
        /** What a phase does. */
        public enum Kind {
            ORDERS,
            LISTINGS,
            READ_BACK,
            PUSH
        }
    }

    /**
     * What a run did.
     *
     * @param orders orders seen
     * @param ordersChanged orders that moved the ledger
     * @param ordersParked orders parked
     * @param listings listings seen
     * @param pushed figures acknowledged
     * @param refused figures refused or parked
     * @param unknown figures with an unknown outcome
     * @param stale figures that the store refused as stale
     * @param calls calls made to the connector
     * @param withheld figures that would have been sent, had the store not been in shadow or the run dry
     */
    public record Counts(
            long orders,
            long ordersChanged,
            long ordersParked,
            long listings,
            long pushed,
            long refused,
            long unknown,
            long stale,
            long calls,
            long withheld) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    public Run {
        phases = List.copyOf(phases);
        errors = List.copyOf(errors);
    }
}
