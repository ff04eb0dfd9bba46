package org.evenkeel.sync;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The stores as lanes: one per store, one call in flight. Thread-safe; nothing here waits for a store, except where a
 * {@link CompletionStage} says so. Unknown stores are answered with {@link org.evenkeel.ledger.NotFoundException}.
 */
@ProviderType
public interface StoreSync {

    /** All stores, also drafts and those without a connector at the moment; removed ones are left out. By name. */
    List<StoreStatus> stores();

    /** One store, also a removed one; empty when it was never there. */
    Optional<StoreStatus> store(StoreId store);

    /**
     * Asks the connector to check the store, and remembers the report.
     *
     * @return completes with the report; a failure to ask is a finding of its own, never an exception
     */
    CompletionStage<CheckReport> check(StoreId store, String actor);

    /**
     * Turns synchronizing on.
     *
     * @return the run that was started by it
     * @throws org.evenkeel.ledger.ConflictException when the last check did not pass, there is none, or the connector is away
     */
    long turnOn(StoreId store, TurnOn choices, String actor);

    /** Turns synchronizing off; a run under way ends at its next step. Idempotent. */
    void turnOff(StoreId store, String actor);

    /**
     * Listings and orders in, then inventory out; joins a run under way.
     *
     * @param hard whether every listing is compared with a read-back
     * @return the run's id
     * @throws org.evenkeel.ledger.ConflictException when synchronizing is off or the connector is away
     */
    long refresh(StoreId store, boolean hard, String actor);

    /**
     * Something may have changed in the store: its orders are pulled as soon as its lane is free, and what is due is pushed.
     * Hints within one pull are one; a hint to a store that is off or away is forgotten. Nobody's action, so nothing in the
     * audit log.
     */
    void hint(StoreId store);

    /** Reads a parked order again by its id and applies it. */
    CompletionStage<String> retryParked(OrderKey order, String actor);

    /** Lets a quarantined or configuration-stopped lane try again. */
    void resume(StoreId store, String actor);

    /** Runs of a store, newest first; of all stores when it is null. */
    Page<Run> runs(StoreId store, PageRequest page);

    /** One run; empty when it is not kept (any more). */
    Optional<Run> run(long id);
}
