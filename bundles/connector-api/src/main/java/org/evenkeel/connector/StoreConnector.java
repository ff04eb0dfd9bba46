package org.evenkeel.connector;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One store, spoken to in its own protocol. An instance is a Declarative Services component with a required factory
 * configuration, registered under this interface with the service property {@value #STORE}.
 *
 * <p><strong>Threads.</strong> The host calls from threads of its own, one call at a time per instance (a call given up at
 * its deadline is interrupted and may overlap the next by a moment). The thread's context class loader is the connector's.
 *
 * <p><strong>Time.</strong> Each call has a {@link Call#deadline() deadline}; a call that passes it is cancelled by
 * interruption and counts as a {@link TransientException}, a push as {@link PushOutcome.Unknown} for each item. Do not
 * sleep through a rate limit: throw {@link RateLimitedException}, the lane waits.
 *
 * <p><strong>Errors.</strong> Failures are typed by consequence, see {@link ConnectorException}. Any other exception is
 * taken for a bug of the connector and quarantines the lane.
 */
@ConsumerType
public interface StoreConnector {

    /** Service property, and configuration property: the store's id, which the host gives when the store is added. */
    String STORE = "evenkeel.store";

    /** Configuration property: the name that people gave the store; shown, never a key. */
    String STORE_NAME = "evenkeel.store.name";

    /** What this store can do. Constant for the life of the instance, without I/O; never null. */
    Capabilities capabilities();

    /**
     * Checks credentials, scopes and locations, reading only.
     *
     * <p>What a person can mend is a finding, not an exception; an exception means that the check itself could not be done.
     *
     * @param call the call's deadline and state
     * @return findings in the operator's words, and what the store says of itself
     * @throws ConnectorException when the store cannot be asked
     */
    CheckReport check(Call call) throws ConnectorException;

    /**
     * Reads one page of what the store sells, whatever its state, with the figures of each location. Read only.
     *
     * @param cursor where to go on, as {@link ListingPage#next()} gave it; null for the first page
     * @param call the call's deadline and state
     * @return a page; the pull is complete when its {@code next} is null
     * @throws ConnectorException as typed
     */
    ListingPage listings(String cursor, Call call) throws ConnectorException;

    /**
     * Reads one page of orders that changed, oldest change first, each as its complete current state. Read only.
     *
     * <p>The cursor is inclusive at its border: an order may come twice, and must never be missed. The cursors of the
     * previous release of a connector must still be understood.
     *
     * @param cursor as {@link OrderPage#cursor()} gave it; null at the very first pull
     * @param since where to begin when {@code cursor} is null, by the store's clock; not null
     * @param call the call's deadline and state
     * @return a page and the cursor behind it
     * @throws ConnectorException as typed; {@link CursorTooOldException} when the store no longer serves that far back
     */
    OrderPage orders(String cursor, Instant since, Call call) throws ConnectorException;

    /**
     * Reads orders by their ids. Read only.
     *
     * @param ids at most {@link Capabilities#orderIdBatch()} ids of this store's orders
     * @param call the call's deadline and state
     * @return one answer per id, in any order: the order, unreadable, or gone
     * @throws ConnectorException as typed
     */
    List<OrderLookup> ordersById(List<String> ids, Call call) throws ConnectorException;

    /**
     * Sets figures in the store. Each item is absolute; an item with an expected figure is set only if the store still
     * shows that one (where {@link Capabilities#compareAndSet()}).
     *
     * <p>Under the same {@link PushBatch#key()} the host may repeat an identical batch when an outcome was unknown, where
     * the store has idempotency keys; the connector hands the key on as it is.
     *
     * @param batch at most {@link Capabilities#pushBatch()} items, not empty
     * @param call the call's deadline and state
     * @return one outcome per item, by the item's position; a missing one counts as unknown
     * @throws ConnectorException only when it is certain that <em>nothing</em> of the batch took effect; where that is
     *     not certain (time-out, dropped connection) the outcome is {@link PushOutcome.Unknown}
     */
    List<PushOutcome> push(PushBatch batch, Call call) throws ConnectorException;

    /**
     * Asks for the end of pushes that were {@link PushOutcome.Accepted accepted} to be confirmed later. Read only.
     *
     * @param tokens as the outcomes gave them
     * @return one outcome per token, by position; {@code Accepted} with the same token means: not yet
     * @throws ConnectorException as typed
     */
    default List<PushOutcome> confirm(List<String> tokens, Call call) throws ConnectorException {
        return tokens.stream()
                .<PushOutcome>map(token -> new PushOutcome.Unknown("This store confirms nothing later."))
                .toList();
    }

    /**
     * Reads the figures of some counters as they are now. Read only.
     *
     * @param targets at most {@link Capabilities#readBackBatch()} counters and locations
     * @param call the call's deadline and state
     * @return the readings that the store gave; a target without one is missing there
     * @throws ConnectorException as typed
     */
    List<FigureReading> readBack(List<FigureTarget> targets, Call call) throws ConnectorException;
}
