package org.evenkeel.sync.internal.plans;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.CursorTooOldException;
import org.evenkeel.connector.ListingEntry;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.TransientException;
import org.evenkeel.ledger.Store;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.lane.Border;
import org.evenkeel.sync.internal.lane.Lane;
import org.evenkeel.sync.internal.lane.LaneServices;
import org.evenkeel.sync.internal.lane.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a store for a plan, page by page, and applies nothing: orders from the cursor to the end, then listings. Each page is
 * asked for between two steps of the store's lane, so that nothing waits for longer than a call. What passes is tried again;
 * anything else makes the plan fail, in words. Works on the scheduler, one step at a time.
 */
final class PlanPull {
    private static final Logger LOG = LoggerFactory.getLogger(PlanPull.class);
    private static final int MOST_TRIES = 5;
    private static final int MOST_EMPTY_PAGES = 1_000;
    /** Between two pages of a store that is on, so that its lane comes to its own work. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final PlanEntity plan;
    private final Store store;
    private final Lane lane;
    private final LaneServices services;
    private final PlanKeeper keeper;
    private final Border border;
    private final OrderMaker orderMaker;

    /** Marks of the listings so far: a few bytes for each. */
    private final Set<Long> seen = new HashSet<>();

    private String orderCursor;
    private Instant ordersFrom;
    private String listingCursor;
    private int emptyPages;
    private int tries;

    /** Where what was read goes. */
    interface PlanKeeper {
        /** What the store can do. */
        void can(PlanEntity plan, Capabilities can);

        /** @return whether the plan is still wanted */
        boolean orders(PlanEntity plan, Set<String> codes, List<PlanOrderEntity> orders);

        /**
         * @param again whether some of them may have come before: then the later ones count
         * @return whether the plan is still wanted
         */
        boolean listings(PlanEntity plan, ListingPage page, Border border, boolean again);

        /** The store asks for patience. */
        void waiting(PlanEntity plan, Instant until);

        /** Says something of the plan that people should know. */
        void note(PlanEntity plan, String words);

        void complete(PlanEntity plan);

        void failed(PlanEntity plan, String words);
    }

    PlanPull(PlanEntity plan, Store store, Lane lane, LaneServices services, PlanKeeper keeper) {
        this.plan = plan;
        this.store = store;
        this.lane = lane;
        this.services = services;
        this.keeper = keeper;
        this.border = Border.of(store.id(), services.ledger().stores());
        this.orderMaker = new OrderMaker(services.ledger().orders(), store);
        this.orderCursor = store.orderCursor();
        this.ordersFrom = store.firstTurnedOnAt() == null
                ? plan.asOf.minus(services.settings().openOrdersBack())
                : store.firstTurnedOnAt();
    }

    void begin() {
        this.<Capabilities>ask("capabilities", (connector, call) -> connector.capabilities(), this::told);
    }

    private void told(Capabilities can) {
        keeper.can(plan, can);
        if (Plan.Kind.TURN_ON.name().equals(plan.kind)) {
            askOrders();
        } else {
            askListings();
        }
    }

    // --- orders ------------------------------------------------------------------------------------------------------

    private void askOrders() {
        String after = orderCursor;
        Instant since = ordersFrom;
        this.<OrderPage>ask("orders", (connector, call) -> connector.orders(after, since, call), this::take);
    }

    private void take(OrderPage page) {
        Set<String> codes = page.entries().stream().map(OrderEntry::id).collect(Collectors.toSet());
        if (!keeper.orders(plan, codes, orderMaker.orders(plan, border.newestOrders(page.entries())))) {
            return;
        }
        emptyPages = page.entries().isEmpty() || page.cursor().equals(orderCursor) ? emptyPages + 1 : 0;
        orderCursor = page.cursor();
        if (page.more() && emptyPages < MOST_EMPTY_PAGES) {
            askOrders();
        } else if (page.more()) {
            keeper.failed(plan, "The store's pages of orders do not come to an end.");
        } else {
            askListings();
        }
    }

    /** Goes on from what the store still serves. @return whether that is possible */
    private boolean goesOn(CursorTooOldException tooOld) {
        if (orderCursor == null && tooOld.earliest().equals(ordersFrom)) {
            return false;
        }
        orderCursor = null;
        ordersFrom = tooOld.earliest();
        keeper.note(
                plan,
                "The store no longer tells what changed before " + tooOld.earliest()
                        + ": orders that were placed earlier and are not known yet are not shown.");
        askOrders();
        return true;
    }

    // --- listings ----------------------------------------------------------------------------------------------------

    private void askListings() {
        String after = listingCursor;
        this.<ListingPage>ask("listings", (connector, call) -> connector.listings(after, call), this::take);
    }

    private void take(ListingPage page) {
        if (!keeper.listings(plan, page, border, anySeen(page))) {
            return;
        }
        listingCursor = page.next();
        if (listingCursor != null) {
            askListings();
        } else {
            keeper.complete(plan);
        }
    }

    /** Where listings move from page to page while they are read, one may come twice. Two that are taken for one do no harm. */
    private boolean anySeen(ListingPage page) {
        boolean again = false;
        for (ListingEntry entry : page.entries()) {
            long mark = ((long) entry.id().listing().hashCode() << 32)
                    ^ entry.id().variant().hashCode();
            again |= !seen.add(mark);
        }
        return again;
    }

    // --- asking ------------------------------------------------------------------------------------------------------

    private <T> void ask(String operation, Question<T> question, Consumer<T> answered) {
        Duration pause = lane.isOn() ? BREATH : Duration.ZERO;
        later(pause, () -> askNow(operation, question, answered));
    }

    private <T> void askNow(String operation, Question<T> question, Consumer<T> answered) {
        // The lane waits while it is told: what comes of it is worked on afterwards.
        lane.<T>ask(
                operation,
                question,
                result -> later(Duration.ZERO, () -> {
                    if (result instanceof CallResult.Answer<T> answer) {
                        tries = 0;
                        answered.accept(answer.value());
                    } else {
                        troubled((CallResult.Trouble<T>) result, () -> askNow(operation, question, answered));
                    }
                }));
    }

    private <T> void troubled(CallResult.Trouble<T> trouble, Runnable again) {
        if (trouble instanceof CallResult.Failed<T> failed) {
            if (failed.failure() instanceof CursorTooOldException tooOld && goesOn(tooOld)) {
                return;
            }
            if (failed.failure() instanceof RateLimitedException limited) {
                keeper.waiting(plan, services.clock().instant().plus(limited.retryAfter()));
                later(limited.retryAfter(), again);
                return;
            }
            if (failed.failure() instanceof ConfigurationException
                    || !(failed.failure() instanceof TransientException)) {
                keeper.failed(plan, trouble.words());
                return;
            }
        }
        if (trouble instanceof CallResult.Bug || ++tries == MOST_TRIES) {
            keeper.failed(plan, trouble.words());
            return;
        }
        later(Duration.ofSeconds(1L << tries), again);
    }

    private void later(Duration wait, Runnable work) {
        services.scheduler().schedule(services.clock().instant().plus(wait), () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("{}: the plan {} could not be made", store.id(), plan.id, e);
                keeper.failed(plan, "What was read could not be kept: " + e.getMessage());
            }
        });
    }
}
