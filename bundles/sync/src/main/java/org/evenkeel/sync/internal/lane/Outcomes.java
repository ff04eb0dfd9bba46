package org.evenkeel.sync.internal.lane;

import org.evenkeel.connector.PushOutcome;
import org.evenkeel.ledger.PushRecord.Kind;
import org.evenkeel.ledger.PushRecord.Outcome;

/** From a connector's outcome to what the ledger remembers. */
final class Outcomes {
    private Outcomes() {}

    /**
     * A stale item is recorded as not sent: nothing changed in the store, and what it shows is a reading like any other, which
     * must not become the belief before it is explained.
     */
    static Outcome record(long figure, PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Acknowledged) {
            return Outcome.of(figure, Kind.ACKNOWLEDGED, "");
        }
        if (outcome instanceof PushOutcome.Accepted accepted) {
            return new Outcome(figure, Kind.ACCEPTED, "", null, accepted.token(), null);
        }
        if (outcome instanceof PushOutcome.Refused refused) {
            String code = refused.code().isEmpty() ? "" : refused.code() + ": ";
            return Outcome.of(figure, Kind.REFUSED, code + refused.message());
        }
        if (outcome instanceof PushOutcome.Stale) {
            return Outcome.of(figure, Kind.NOT_SENT, "The store shows another figure than it was believed to.");
        }
        if (outcome instanceof PushOutcome.NotSent notSent) {
            return Outcome.of(figure, Kind.NOT_SENT, notSent.message());
        }
        return Outcome.of(figure, Kind.UNKNOWN, ((PushOutcome.Unknown) outcome).message());
    }
}
