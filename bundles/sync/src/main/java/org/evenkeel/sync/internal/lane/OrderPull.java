package org.evenkeel.sync.internal.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.evenkeel.connector.CursorTooOldException;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.OrderPage.Counted;
import org.evenkeel.ledger.Store;
import org.evenkeel.sync.Run.Phase;
import org.evenkeel.sync.internal.call.CallResult;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/**
 * Pulls changed orders to the end, each page applied in the transaction that moves the cursor on. Its end makes the fence.
 */
final class OrderPull implements Activity {
    private static final int MOST_EMPTY_PAGES = 1_000;
    private static final int MOST_RESTARTS = 3;

    private final Scope scope;
    private final Border border;
    private final List<String> reread = new ArrayList<>();
    private Store store;
    private String cursor;
    private Instant from;
    private long mark;
    private Instant began;
    private boolean more = true;
    /** The cursor behind a page of which orders are read again first: only then nothing of it can be lost. */
    private String waiting;

    private int emptyPages;
    private int restarts;

    OrderPull(Scope scope) {
        this.scope = scope;
        this.border = new Border(scope.store, new Accounts(scope.ledger.stores()));
    }

    @Override
    public Next next() {
        if (store == null) {
            begin();
            if (!store.syncOn()) {
                // It was turned off within a long run, and nobody was heard: of a store that is off no orders are
                // booked.
                scope.hints.turnedOff();
                return Next.DONE;
            }
        }
        if (!reread.isEmpty()) {
            List<String> ids = List.copyOf(reread);
            reread.clear();
            return new Next.Then(new OrdersById(scope, ids));
        }
        if (waiting != null) {
            keep(waiting);
            waiting = null;
        }
        if (more) {
            String after = cursor;
            Instant since = from;
            return new Next.Calling<OrderPage>(
                    "orders",
                    Transcript.orders(),
                    call -> {
                        requireAnEnd();
                        return scope.connector.orders(after, since, call);
                    },
                    this::apply,
                    trouble -> cursorTooOld(trouble));
        }
        scope.fence.pulled(mark, began);
        scope.memory.change(state -> {
            state.lastPullAt = scope.now();
            state.ordersKnownAsOf = began;
        });
        return Next.DONE;
    }

    private void begin() {
        scope.run.phase(Phase.Kind.ORDERS);
        scope.hints.ordersTaken();
        store = scope.ledger.stores().find(scope.store).orElseThrow();
        cursor = store.orderCursor();
        from = store.firstTurnedOnAt();
        if (scope.memory.state().choices.takeOpenOrders()) {
            from = from.minus(scope.settings.openOrdersBack());
        }
        mark = scope.fence.mark();
        began = scope.now();
    }

    private void apply(OrderPage page) {
        ApplyResult result = scope.ledger
                .orders()
                .apply(new org.evenkeel.ledger.OrderPage(
                        scope.store, border.orders(page.entries()), page.cursor(), false, counted(page)));
        scope.run.count(Count.ORDERS, result.seen());
        scope.run.count(Count.ORDERS_CHANGED, result.changed());
        scope.run.count(Count.ORDERS_PARKED, result.parked());
        scope.run.progress(result.seen());
        if (!result.reread().isEmpty()) {
            reread.addAll(result.reread());
            waiting = page.cursor();
        }
        if (!result.sales().isEmpty()) {
            scope.hints.sold(result.sales());
        }
        boolean stands = page.entries().isEmpty() || page.cursor().equals(cursor);
        emptyPages = stands ? emptyPages + 1 : 0;
        more = page.more();
        cursor = page.cursor();
        if (more && emptyPages == MOST_EMPTY_PAGES) {
            scope.run.error("The store's pages of orders do not come to an end.");
        }
    }

    /**
     * Orders of a page that In Stock counts already, as was chosen when the store was turned on: whenever they come, and
     * whatever was asked for since.
     */
    private Counted counted(OrderPage page) {
        Long plan = scope.memory.state().plan;
        return plan == null || page.entries().isEmpty()
                ? Counted.NONE
                : scope.chosen.counted(
                        plan, page.entries().stream().map(OrderEntry::id).collect(Collectors.toSet()));
    }

    private void keep(String next) {
        scope.ledger.orders().apply(new org.evenkeel.ledger.OrderPage(scope.store, List.of(), next, false));
    }

    /** A connector that repeats one page for ever must not hold its lane for ever; nor is a pull that was cut short a fence. */
    private void requireAnEnd() {
        if (emptyPages >= MOST_EMPTY_PAGES) {
            throw new IllegalStateException(MOST_EMPTY_PAGES + " pages of orders brought nothing, and more are told");
        }
    }

    /** Goes on from what the store still serves, and reads the open orders by their ids. */
    private boolean cursorTooOld(CallResult.Trouble<OrderPage> trouble) {
        if (!(trouble instanceof CallResult.Failed<OrderPage> failed)
                || !(failed.failure() instanceof CursorTooOldException tooOld)
                || tooOld.earliest().equals(from) && cursor == null
                || restarts == MOST_RESTARTS) {
            return false;
        }
        restarts++;
        scope.run.error("The store no longer tells changes since the last pull (" + tooOld.getMessage()
                + "). Going on from " + tooOld.earliest() + "; open orders are read again one by one.");
        cursor = null;
        from = tooOld.earliest();
        reread.addAll(scope.ledger.orders().openOrders(scope.store, OpenOrders.MOST));
        return true;
    }
}
