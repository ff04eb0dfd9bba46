package org.evenkeel.sync.internal.simulation;

import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.sync.internal.call.CallExecutor;
import org.evenkeel.sync.internal.lane.Ledger;

/** A bug planted around the sync: what it asks of its surroundings, and what it is told, are no longer what they should be. */
public interface Mutant {
    /** No bug. */
    Mutant NONE = new Mutant() {};

    /** The ledger as lanes see it. */
    default Ledger ledger(Ledger ledger) {
        return ledger;
    }

    /** The leases as a node sees them. @param unfenced the ledger without a look at leases */
    default LaneLeases leases(LaneLeases leases, Ledger unfenced) {
        return leases;
    }

    /** Whether a host judges its leases by a clock that stands still whenever the host does. */
    default boolean clockStandsStill() {
        return false;
    }

    /** The calls as lanes make them. */
    default CallExecutor calls(CallExecutor calls) {
        return calls;
    }

    /** A store's connector; the same one for the same store. */
    default StoreConnector connector(StoreConnector store) {
        return store;
    }
}
