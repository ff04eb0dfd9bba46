package org.evenkeel.sync.internal.lane;

import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Run;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.lane.LaneMemory.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane does when something fails, by the failure's consequence: wait as the store asks, try again after a while, give
 * the run up, or stand still until somebody acts. Guarded by the lane.
 */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final StoreId store;
    private final LaneMemory memory;
    private final LaneRuns runs;
    private final Agenda agenda;
    private final Patience patience;

    Troubles(StoreId store, LaneMemory memory, LaneRuns runs, Agenda agenda, Patience patience) {
        this.store = store;
        this.memory = memory;
        this.runs = runs;
        this.agenda = agenda;
        this.patience = patience;
    }

    /** A call that an activity could not settle by itself. */
    void of(CallResult.Trouble<?> trouble) {
        if (trouble instanceof CallResult.Bug) {
            stop(Stop.BUG, trouble.words() + ". The log has the details; update the connector or resume the store.");
        } else if (trouble instanceof CallResult.Failed<?> failed) {
            failed(failed);
        } else {
            tryAgain(trouble.words());
        }
    }

    private void failed(CallResult.Failed<?> failed) {
        if (failed.failure() instanceof RateLimitedException limited) {
            patience.limited(
                    limited.retryAfter(), "The store asks for patience: " + failed.words(), limited.urgentMayGo());
        } else if (failed.failure() instanceof ConfigurationException) {
            stop(Stop.CONFIGURATION, failed.words());
        } else if (failed.failure() instanceof TransientException) {
            tryAgain(failed.words());
        } else {
            stop(Stop.BUG, "The connector failed where it must not: " + failed.words());
        }
    }

    /** The same step again after a wait; after many in a row the run gives up and a new one tries later. */
    private void tryAgain(String words) {
        runs.scope().run.error(words);
        if (patience.failed(words)) {
            giveUp(words);
        }
    }

    /** The ledger failed within a step: what was stored stands, the next run begins from it. */
    void ofLedger(RuntimeException failure) {
        LOG.warn("{}: a step failed", store, failure);
        String words = "The ledger could not keep a step: " + failure.getMessage();
        patience.failed(words);
        giveUp(words);
    }

    private void giveUp(String words) {
        runs.interrupt(Run.Result.FAILED, words);
        patience.gaveUp();
        try {
            agenda.retryAt(patience.until());
        } catch (LeaseLostException lost) {
            throw lost;
        } catch (RuntimeException e) {
            LOG.warn("{}: when to try again could not be kept: {}", store, e.toString());
        }
    }

    /** Stands still until somebody acts. */
    void stop(Stop why, String words) {
        memory.change(state -> {
            state.stop = why;
            state.words = Redaction.redacted(words);
        });
        runs.interrupt(Run.Result.FAILED, words);
    }
}
