package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Run;

/** Where runs are kept. */
public interface RunLog {

    /** Keeps a new run. @return its id */
    long begin(StoreId store, Run.Trigger trigger, String actor, Instant at);

    /** Keeps how far a run is, or how it ended. */
    void update(Run run);
}
