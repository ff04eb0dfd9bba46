package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a lane is about to send, recorded before it is sent, so that a crash in between leaves an unknown outcome with both
 * candidates rather than a false belief.
 *
 * @param store whose lane
 * @param key the batch's idempotency key
 * @param items what goes
 */
public record PushRecord(StoreId store, String key, List<Item> items) {

    /**
     * One figure of the batch.
     *
     * @param figure the ledger's id of the figure
     * @param sent the number sent to the store
     * @param productVersion as {@link DueFigure#productVersion()}
     * @param ruleVersion as {@link DueFigure#ruleVersion()}
     * @param interim whether something other than the figure's due was sent on purpose, for the time being (a decrease bounded
     *     by what was read just before): then it stays due after its acknowledgement
     */
    public record Item(long figure, long sent, long productVersion, long ruleVersion, boolean interim) {

        /** An item that sends what is due. */
        public Item(long figure, long sent, long productVersion, long ruleVersion) {
            this(figure, sent, productVersion, ruleVersion, false);
        }
    }

    /**
     * What became of one figure.
     *
     * @param figure the ledger's id of the figure
     * @param kind how it ended
     * @param message the store's words; may be empty
     * @param actual for STALE: what the store shows; null when it does not tell
     * @param token for ACCEPTED: what to ask for
     * @param retryAt for RETRYING: when it goes again
     */
    public record Outcome(long figure, Kind kind, String message, Long actual, String token, Instant retryAt) {
        public Outcome {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
        }

        public static Outcome of(long figure, Kind kind, String message) {
            return new Outcome(figure, kind, message, null, null, null);
        }
    }

    /** How an item ended. */
    public enum Kind {
        /** The store shows what was sent: belief and acknowledged figure become it. */
        ACKNOWLEDGED,
        /** To be confirmed later; until then both candidates stand. */
        ACCEPTED,
        /** Nothing changed; the belief is void, or {@code actual} where the store told. It stays due. */
        STALE,
        /** Certainly nothing was sent: as if it had never been tried. */
        NOT_SENT,
        /** Both candidates stand; a reading comes before the next push. */
        UNKNOWN,
        /** Will not work by trying again: parked until something it depends on changes, or by hand. */
        REFUSED,
        /** Goes again by time. */
        RETRYING
    }

    public PushRecord {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(key, "key");
        items = List.copyOf(items);
    }
}
