package org.evenkeel.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What stores sell, what they show, and what they should show. The sync decides; this book remembers, in the transactions of
 * the ledger. Thread-safe; each call is one transaction.
 *
 * <p><strong>Belief.</strong> Per listing and store location: the acknowledged figure plus every effect that the store itself
 * applied for orders seen since ({@link OrderBook#apply} moves it). A reading never moves a known belief: it makes a
 * {@link FigureGap}, which the sync settles. A reading becomes the belief where none was known, which is so until the first
 * acknowledgement, and again while a figure takes no part (its listing is not active). So that no order is counted twice, a
 * store that is turned on pulls its orders to the end first and reads its figures then.
 *
 * <p>Listings that share a counter share its figures: the same {@link ListingView.Figure} stands in the view of each, and is
 * pushed for the one of them that is {@code ACTIVE}.
 *
 * <p><strong>Due.</strong> A figure is due when something it depends on is newer than what it acknowledged: the product's
 * change version, the rule that counts for it ({@link RuleBook}), its location's mapping, or when its belief is not what is wanted. Work follows
 * what changed: due figures are found by an index, not by walking the catalogue.
 */
@ProviderType
public interface ListingBook {

    // --- pulls -------------------------------------------------------------------------------------------------------

    /**
     * Takes note of a page of listings: links them to products by SKU, creates products for unknown SKUs, records readings.
     *
     * @param store whose
     * @param pull names the pull, the same for all of its pages
     * @param readAt when the page was asked for (before the answer), by our clock
     * @param seen what it showed
     * @throws NotFoundException when the store is not registered
     * @throws InvalidInputException when an id of the store's is longer than 255 characters
     */
    void record(StoreId store, String pull, Instant readAt, List<SeenListing> seen);

    /**
     * Ends a complete pull: listings that it did not show are gone.
     *
     * @param guardShare the largest share of known listings that may vanish at once, in basis points; more is held back and
     *     nothing is marked
     * @return how many are gone now, or were held back
     */
    PullEnd endPull(StoreId store, String pull, int guardShare);

    /**
     * @param shown how many listings the pull showed
     * @param gone how many were marked as gone
     * @param heldBack how many would have been marked, had they not been too many; 0 when nothing was held back
     */
    record PullEnd(int shown, int gone, int heldBack) {}

    /**
     * Takes note of readings of single figures. A reading that is older than the last one, or than the last acknowledgement,
     * says nothing new and is passed over; so is one of a figure that is not known.
     */
    void read(StoreId store, Instant readAt, List<Reading> readings);

    /** One reading: the ledger's id of the figure, and what the store shows. */
    record Reading(long figure, long quantity) {}

    /**
     * Says what {@link #record} would do with a page of listings, and which figures they would get. Changes nothing and locks
     * nothing: what it says is as of now. Listings of the same page are seen together; what only other pages show is not known
     * to it (a SKU that an earlier page has already, for one).
     *
     * @return one for each listing, in the order of {@code seen}; of one that comes twice, the later
     * @throws NotFoundException when the store is not registered
     * @throws InvalidInputException as {@link #record}
     */
    List<ForeseenListing> foresee(StoreId store, List<SeenListing> seen);

    /**
     * A number that rises whenever something changes that a store's figures depend on besides stock: a rule, the location
     * mapping, or which listing or product a figure belongs to.
     *
     * @throws NotFoundException when the store is not registered
     */
    long ruleVersion(StoreId store);

    // --- opening -----------------------------------------------------------------------------------------------------

    /**
     * Opens products that were never counted with the figures that the store shows: In Stock = sellable figure + open units
     * booked for this store. A product whose listings in this store disagree is left unopened and named in the result; one
     * that no mapped location of the store shows is left alone. So is one of whose figures an order moved after it was read:
     * nobody knows whether the reading had it in. It is named in the result, and opened once a newer reading stands that no
     * order has moved since.
     *
     * <p>Works in transactions of a few hundred products each; idempotent, so that after a failure it is called again.
     *
     * @param store whose figures
     * @param products only these; empty for all unopened products that the store's active listings sell
     */
    Opening open(StoreId store, Set<ProductId> products, String actor);

    /**
     * As {@link #open(StoreId, Set, String)} for all products that were never counted and that the store's active listings
     * sell, each as was chosen. One whose In Stock was set is opened whatever the store's listings show. Idempotent.
     *
     * @param actor who, for the movements
     */
    default Opening open(StoreId store, OpeningChoices choices, String actor) {
        return open(store, choices, null, actor);
    }

    /**
     * As {@link #open(StoreId, OpeningChoices, String)}, of a store whose orders come late: a figure is what is left of stock only
     * where all orders that it has out are known. That is so where readings were the same, and no order moved the figure,
     * since a moment before which all orders are known. Products whose figures are not so steady wait, and are counted in
     * the result; what was set is opened all the same.
     *
     * @param steadyBy that moment, by our clock; null where orders are known as soon as they are placed
     */
    Opening open(StoreId store, OpeningChoices choices, Instant steadyBy, String actor);

    /**
     * What a plan opened of some products and still stands: those that were not opened by it, or were taken back, are left out.
     *
     * @param plan as {@link OpeningChoices#plan()}
     */
    List<PlannedOpening> openings(String plan, Set<ProductId> products);

    /**
     * Takes back what a plan opened: posts the reverse of its movements, after which a product counts as never counted, and is
     * not pushed anywhere. Those that cannot be taken back (any more) are left as they are. One transaction for some hundred
     * products each; idempotent.
     *
     * @return the products that were taken back now
     */
    Set<ProductId> takeBack(String plan, Set<ProductId> products, String actor);

    /**
     * Units that orders of all stores took from some products since a moment, net of what was cancelled or came back. Orders of
     * {@code store} that were placed before the moment do not count with what they had booked: the store's figure had that out.
     *
     * @param store whose figure it is for
     * @param since a moment, by our clock
     * @return by product; those without any are left out; below 0 where more came back than was sold
     */
    Map<ProductId, Long> sold(StoreId store, Set<ProductId> products, Instant since);

    /**
     * @param opened how many products were opened
     * @param conflicts products whose listings show different figures: a person must decide
     * @param moved figures that kept their products unopened, since they are believed to be something else than what was read:
     *     they want another reading, and the orders pulled to the end behind it
     * @param waiting how many products stay unopened until orders that come late are known
     */
    record Opening(int opened, List<ProductId> conflicts, List<FigureGap> moved, int waiting) {
        public Opening {
            conflicts = List.copyOf(conflicts);
            moved = List.copyOf(moved);
        }

        /** An opening that nothing moved. */
        public Opening(int opened, List<ProductId> conflicts) {
            this(opened, conflicts, List.of(), 0);
        }
    }

    // --- pushing -----------------------------------------------------------------------------------------------------

    /**
     * Figures of a store that should be sent and may be: due, active, mapped to a writable location, opened, not waiting for a
     * time after {@code now}, not refused for the same versions before, and with no outcome outstanding: those are
     * {@linkplain #unsettled unsettled}, and due again once {@link #believe} has settled them. A figure that is due though
     * belief and wanted are the same is acknowledged on the way, without being returned: only differences are sent. Figures
     * and versions are read in one snapshot.
     *
     * <p>What matters first comes first: decreases (by the belief; a figure whose belief is unknown counts as one) to 3 units or
     * less, then other decreases, then increases of what shows nothing, then other increases; among equals what orders took
     * most of in recent days, a unit weighing half as much a week later.
     *
     * <p>After a change of very many figures at once, a call looks at some thousands of them; the order
     * holds among those looked at, and what orders and adjustments changed is looked at before what a first pull or a new mapping did.
     *
     * @param limit how many at most
     */
    List<DueFigure> due(StoreId store, Instant now, int limit);

    /** How many figures of a store are due, and when the next one that waits by time goes; for status pages and wake-ups. */
    DueCount dueCount(StoreId store, Instant now);

    /**
     * @param ready how many could go now, those included that {@link #due} has yet to look at and may find level
     * @param unseen how many of the ready ones {@link #due} has yet to look at; a call looks at some thousands
     * @param waiting how many wait by time
     * @param unknown how many have an unknown outcome
     * @param parked how many were refused
     * @param nextAt when the first waiting one goes; null when none waits
     */
    record DueCount(int ready, int unseen, int waiting, int unknown, int parked, Instant nextAt) {}

    /** The present due state of some figures, computed afresh; those not due any more are left out. */
    List<DueFigure> recheck(StoreId store, Set<Long> figures);

    /** Records that a batch is about to be sent. Durable before it returns. */
    void sending(PushRecord batch);

    /**
     * Records what became of a batch's items. Items without an outcome stay unknown. Idempotent: an outcome counts while its
     * item is unknown or accepted under this very key, and changes nothing later. An accepted item is confirmed by another
     * outcome under its key.
     */
    void sent(StoreId store, String key, List<PushRecord.Outcome> outcomes, Instant at);

    /**
     * Records that figures need not be sent at these versions, since the store shows what it may show: its own cap or zero rule
     * makes of the wanted figure what it is believed to show already. {@link PushRecord.Item#sent()} is what it shows; an item
     * whose belief is another by now, or that something newer concerns, stays due.
     */
    void acknowledge(StoreId store, List<PushRecord.Item> level);

    /** Figures whose outcome is unknown, or accepted and to be confirmed: they want a reading (or a confirmation). */
    List<DueFigure> unsettled(StoreId store, int limit);

    /** Tokens of accepted pushes that wait for confirmation, by figure. */
    List<AcceptedPush> accepted(StoreId store, int limit);

    /** An accepted push: figure, token, and the key of the batch that it went with. */
    record AcceptedPush(long figure, String token, String key) {}

    /** Lets parked (refused) figures go again. */
    void retry(StoreId store, Set<Long> figures, String actor);

    // --- belief and drift --------------------------------------------------------------------------------------------

    /**
     * Figures whose last reading differs from the belief (or whose belief is unknown while a reading is there), by id. Those
     * with an outcome outstanding are not among them: they are {@linkplain #unsettled unsettled}.
     */
    List<FigureGap> gaps(StoreId store, long afterFigure, int limit);

    /**
     * The figures of some of a store's counters, whatever their gap: what is believed of them, and what was read last. Only those
     * of listings that take part; counters that nobody knows are left out.
     *
     * @param counters as the store names them
     * @return by the ledger's id
     */
    List<FigureGap> figures(StoreId store, Set<String> counters);

    /**
     * Remembers the present gaps as first readings, each followed by a complete order pull that began after it. Those whose
     * gap vanished are forgotten.
     */
    void confirmGaps(StoreId store, List<FigureGap> gaps);

    /**
     * Decides what the store shows: belief becomes {@code quantity}, candidates are dropped, and the figure is due if that is
     * not what is wanted.
     *
     * @param reason why, for the record: "reading", "drift overwritten", "stale"
     */
    void believe(StoreId store, List<Reading> decided, String reason);

    /**
     * Decides that the store shows what was read last, as {@link #believe} does, of figures whose gap is still the one that
     * was looked at: passed over are those that were read anew, whose gap changed, or whose outcome is outstanding.
     *
     * @param decided as {@link #gaps} told them
     * @param reason why, for the record
     * @return the ids of the figures that were decided
     */
    Set<Long> believeGaps(StoreId store, List<FigureGap> decided, String reason);

    /**
     * Adopts a store's own figure as an adjustment of the product by the gap, where the rule that counts is one to one (only there the store's
     * figure tells what is available) and one ledger location stands behind the store's.
     *
     * @throws NotFoundException when the store has no such figure
     * @throws ConflictException when there is no gap (any more), or the figure cannot be adopted, in
     *     words that name the rule or the location
     * @return the movement posted
     */
    Posting adopt(StoreId store, long figure, String actor);

    // --- views -------------------------------------------------------------------------------------------------------

    Page<ListingView> listings(ListingQuery query);

    Optional<ListingView> listing(ListingKey key);
}
