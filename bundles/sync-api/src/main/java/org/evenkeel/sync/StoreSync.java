package org.evenkeel.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 *
 * <p>Where several hosts share the database, any of them can be asked: what needs a store's lane is passed on to the host that
 * serves it, and what returns a value at once then takes about a second, ten at most. While a store moves from one host to
 * another, such a call is refused with a {@link org.evenkeel.ledger.ConflictException}: nothing was done, or it says that what
 * came of it is not known.
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
     * One cycle; joins a run under way, except that a dry one never joins one that sends, nor the other way round.
     *
     * @return the run's id
     * @throws org.evenkeel.ledger.ConflictException when synchronizing is off or the connector is away
     */
    long refresh(StoreId store, RefreshKind kind, String actor);

    /**
     * Something may have changed in the store: its orders are pulled as soon as its lane is free, and what is due is pushed.
     * Hints within one pull are one; a hint to a store that is off or away is forgotten. Nobody's action, so nothing in the
     * audit log.
     */
    void hint(StoreId store);

    /**
     * Figures may have changed in the store: they are read back within some seconds, as a reading like that of a full run, page by
     * page behind orders and decreases; orders are pulled as by {@link #hint(StoreId)}. Hints of some seconds are one; of a flood,
     * what is too much is left to the next full run.
     *
     * @param counters the counters whose figures these are, as the store names them; those that nobody knows are left out
     */
    void hint(StoreId store, Set<String> counters);

    /**
     * As of when the store's orders are known: whatever happened there before, and was visible by then, has been pulled.
     *
     * @return when the last complete order pull began, by this host's clock; empty before the first
     */
    Optional<Instant> ordersKnownAsOf(StoreId store);

    /** Where a store stands with its webhooks, in words. */
    WebhookStatus webhooks(StoreId store);

    /**
     * Tells the store not to call back any more, as turning it off does by itself. Who takes its connector away asks for this
     * first and waits for a bounded time; a store that cannot be told calls back in vain until it gives up.
     *
     * @return completes empty when all went well or there was nothing to do, else with words
     */
    CompletionStage<Optional<String>> unsubscribe(StoreId store);

    /** Reads a parked order again by its id and applies it. */
    CompletionStage<String> retryParked(OrderKey order, String actor);

    /** How a store is kept level. */
    StoreSettings settings(StoreId store);

    /** Keeps a store level otherwise from now on: durable, recorded in the audit log, in effect at the lane's next step. */
    void configure(StoreId store, StoreSettings settings, String actor);

    /**
     * Holds stores: their orders and listings are pulled, and nothing is pushed until a plan releases them. Idempotent; the
     * first reason stays.
     *
     * @param stores which; empty for all that were ever turned on
     * @param reason why, for people; not blank
     */
    void hold(Set<StoreId> stores, String reason, String actor);

    /** Figures that were changed in the store and wait for a person, by the ledger's id. */
    Page<DriftedFigure> drifts(StoreId store, PageRequest page);

    /**
     * Decides what becomes of figures that {@linkplain #drifts wait for a person}, on the host that serves the store, between two
     * steps of its lane. Figures that wait no more, were read anew meanwhile, or whose outcome is outstanding are passed over,
     * and the answer says so.
     *
     * @param figures the ledger's ids
     * @param decision {@link Drift#OVERWRITE} or {@link Drift#ADOPT}
     * @return which figures could not be settled, and why, in words; empty when all were
     * @throws org.evenkeel.ledger.InvalidInputException when the decision is {@link Drift#ALERT}
     */
    List<String> settleDrift(StoreId store, Set<Long> figures, Drift decision, String actor);

    /** Lets a quarantined or configuration-stopped lane try again. */
    void resume(StoreId store, String actor);

    /** Runs of a store, newest first; of all stores when it is null. */
    Page<Run> runs(StoreId store, PageRequest page);

    /** One run; empty when it is not kept (any more). */
    Optional<Run> run(long id);

    /** What a run asked of its store, sent there and got back, oldest first; empty when it is not kept (any more). */
    Page<Exchange> exchanges(long run, PageRequest page);

    /**
     * The oversell windows of orders placed in a store, by the time at which they closed.
     *
     * @param store whose orders; null for all stores
     * @param from where the first span begins
     * @param to where the last one ends, after {@code from}
     * @param bucket how long a span is; at most 1000 of them
     * @return a bucket for each span, also where no window closed
     * @throws org.evenkeel.ledger.InvalidInputException when there are too many spans, or none
     */
    List<WindowBucket> windows(StoreId store, Instant from, Instant to, Duration bucket);
}
