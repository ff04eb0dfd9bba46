package org.evenkeel.sync;

import java.io.IOException;
import java.util.Optional;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.StoreId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Plan, choose, apply, undo: how a store is turned on (again), how a held one is let go, and how that is taken back.
 *
 * <p><strong>Life of a plan.</strong> {@link #begin} reads the store without changing anything, also while it is off or held:
 * the plan is {@code PULLING}, for as long as the store takes to answer (100,000 listings: minutes), and then {@code READY}
 * or {@code FAILED}. A READY plan shows its {@link #rows rows} and {@link #orders orders}, takes {@link #choose choices} any
 * number of times, and is {@link #apply applied} once or {@link #discard discarded}. An applied TURN_ON plan is taken back by
 * {@link #undo}, which makes a plan of its own. There is at most one plan of a store that is PULLING or READY: beginning
 * another one discards it, and takes over what was chosen in it as far as it still fits. {@link SyncListener} is told of
 * every change of state, and now and then of the progress.
 *
 * <p><strong>Nothing is applied blindly.</strong> A plan older than the set age (an hour, unless it is configured otherwise),
 * or one whose store, location mapping or rules changed since, is refused at {@link #apply} in words ({@link Plan#outdated()}
 * says it before): begin a new one. Figures and orders are read again when a plan is applied; what sold in between is not
 * lost. Products that the plan did not show follow its default; orders that it did not show are booked.
 *
 * <p>Plans are kept in the database, through restarts, and for as long as is configured (30 days) after they ended. A plan
 * that was PULLING when the host stopped is FAILED. Thread-safe. Nothing here waits for a store. Where an id is not known (any
 * more), {@link org.evenkeel.ledger.NotFoundException} says so.
 */
@ProviderType
public interface StorePlans {

    /**
     * Begins a plan: the store is read at once, page by page, without holding up its orders.
     *
     * @param kind TURN_ON for a store that is off, RELEASE for one that is held
     * @return the plan's id; it is PULLING
     * @throws org.evenkeel.ledger.NotFoundException when there is no such store
     * @throws org.evenkeel.ledger.ConflictException when the store's connector is away, its last check did not pass or there
     *     is none, or the store is not in the state that the kind is for (on already, not held, removed)
     * @throws org.evenkeel.ledger.InvalidInputException for UNDO, which {@link #undo} begins
     */
    long begin(StoreId store, Plan.Kind kind, String actor);

    /** One plan; empty when it is not kept (any more). */
    Optional<Plan> plan(long id);

    /** Plans of a store, newest first; of all stores when it is null. @throws org.evenkeel.ledger.NotFoundException if unknown */
    Page<Plan> plans(StoreId store, PageRequest page);

    /** A plan's rows, by SKU; none before it is READY. */
    Page<PlanRow> rows(long id, PlanQuery query);

    /** The orders that a plan found, oldest first; none before it is READY. @param kind only those; null for all */
    Page<PlanOrder> orders(long id, PlanOrder.Kind kind, PageRequest page);

    /**
     * Writes a plan's rows as CSV (RFC 4180, a header line, UTF-8 is up to the caller), a part at a time, however many there are.
     * Texts that a spreadsheet would take for a formula begin with an apostrophe.
     *
     * @param query which rows; its page is not looked at
     * @param to where they go; not closed
     * @throws IOException when {@code to} fails
     */
    void export(long id, PlanQuery query, Appendable to) throws IOException;

    /**
     * Changes choices. All of them or none; idempotent.
     *
     * @return the plan with its totals as of these choices
     * @throws org.evenkeel.ledger.ConflictException when the plan is not READY
     * @throws org.evenkeel.ledger.InvalidInputException when a choice does not fit: SET as a default or without a quantity, a
     *     SKU that the plan does not show or that was counted before, ADOPT for listings of this store that show different
     *     figures, SET where a product is shown at several locations, an order that was not missed, open orders when the store
     *     was on before; its field is {@code opening}, {@code skus}, {@code missedOrders}, {@code orders} or
     *     {@code takeOpenOrders}
     */
    Plan choose(long id, PlanChoices choices, String actor);

    /**
     * Chooses the same for the SKUs of all rows that a query finds and that have something to choose; those that it does not
     * fit are left out.
     *
     * @param query which rows; its page is not looked at
     * @param choice ADOPT, HOLD or {@link PlanChoices.Sku#DEFAULT}
     * @return the plan with its totals as of these choices
     * @throws org.evenkeel.ledger.ConflictException when the plan is not READY
     * @throws org.evenkeel.ledger.InvalidInputException for SET, which is told SKU by SKU
     */
    Plan chooseAll(long id, PlanQuery query, PlanChoices.Sku choice, String actor);

    /**
     * Applies a plan as chosen. TURN_ON turns the store on: products are opened, orders booked and figures pushed under the
     * fence by the run that begins. RELEASE believes what the store shows, lets it go and pushes. UNDO posts the reverse of
     * what was posted, pushes the chosen figures, and turns the store off. Applying an APPLIED plan again answers the same run.
     *
     * @return the run that does it
     * @throws org.evenkeel.ledger.ConflictException when the plan is not READY, is {@linkplain Plan#outdated() outdated}, leaves
     *     something {@linkplain Plan#unresolved() unresolved}, or the store's connector is away
     */
    long apply(long id, String actor);

    /** Lets a plan go that is PULLING or READY. Idempotent. @throws org.evenkeel.ledger.ConflictException when it was applied */
    void discard(long id, String actor);

    /**
     * Begins an UNDO plan of an applied TURN_ON plan, as {@link #begin} does. Its rows propose, for each figure that was
     * changed, what was shown before less what was sold since (0 or more), and name the opening stock that is taken back; where
     * a product was counted or set since, its opening stays.
     *
     * @return the new plan's id; it is PULLING
     * @throws org.evenkeel.ledger.ConflictException when the plan is not an applied TURN_ON plan, was undone before, is not
     *     the last one that was applied to its store, or the connector is away
     */
    long undo(long id, String actor);
}
