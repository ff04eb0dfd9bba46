package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Exchange;
import org.evenkeel.sync.Run;

/** Where runs are kept. */
public interface RunLog {

    /** Keeps a new run. @return its id */
    long begin(StoreId store, Run.Trigger trigger, String actor, Instant at);

    /**
     * Keeps how far a run is, or how it ended, and what it exchanged with its store since.
     *
     * @param exchanges those that are not kept yet
     * @param place how many of this run's are kept already
     */
    void update(Run run, List<Exchange> exchanges, int place);
}
