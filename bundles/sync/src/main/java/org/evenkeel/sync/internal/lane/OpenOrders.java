package org.evenkeel.sync.internal.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Reads open orders again by their ids, slowly: as many with each run as make each of them come round as often a day as is
 * set. Stores lose orders without a word, and forget to tell of changes.
 */
final class OpenOrders implements Activity {
    /** The most open orders that are looked at in one go. */
    static final int MOST = 5_000;

    private final Scope scope;
    private boolean begun;

    OpenOrders(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Next next() {
        Instant now = scope.now();
        Instant due = scope.memory.state().nextRereadAt;
        if (begun || scope.settings.rereadsPerDay() == 0 || due != null && due.isAfter(now)) {
            return Next.DONE;
        }
        begun = true;
        List<String> open = scope.ledger.orders().openOrders(scope.store, MOST);
        if (due == null || open.isEmpty()) {
            // Orders that were pulled a moment ago need no second look yet.
            wait(now, 1, Math.max(1, open.size()));
            return Next.DONE;
        }
        int share = share(open.size());
        wait(now, share, open.size());
        return new Next.Then(new OrdersById(scope, open.subList(0, share)));
    }

    private Duration round() {
        return Duration.ofDays(1).dividedBy(scope.settings.rereadsPerDay());
    }

    /** How many of the open orders belong to one run, at least a full call. */
    private int share(int open) {
        long perRun = open * scope.memory.state().interval(scope.settings).toMillis() / round().toMillis() + 1;
        return (int) Math.min(open, Math.max(perRun, scope.can.orderIdBatch()));
    }

    private void wait(Instant now, int read, int open) {
        Instant next = now.plus(round().multipliedBy(read).dividedBy(open));
        scope.memory.change(state -> state.nextRereadAt = next);
    }
}
