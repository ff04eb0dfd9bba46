package org.evenkeel.sync.internal.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.ledger.ApplyResult;
import org.evenkeel.ledger.OrderEntry;
import org.evenkeel.ledger.OrderKey;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.OrderSnapshot;
import org.evenkeel.ledger.OrderView;
import org.evenkeel.sync.Run.Phase;
import org.evenkeel.sync.internal.lane.RunRecorder.Count;

/** Reads orders by their ids and applies what the store says now; one that is gone counts as deleted. */
final class OrdersById implements Activity {
    private final Scope scope;
    private final Border border;
    private final List<String> ids;
    private int done;
    private int parked;
    private int gone;

    OrdersById(Scope scope, List<String> ids) {
        this.scope = scope;
        this.border = new Border(scope.store, new Accounts(scope.ledger.stores()));
        this.ids = ids.stream().distinct().toList();
    }

    @Override
    public Next next() {
        if (done == ids.size()) {
            return Next.DONE;
        }
        scope.run.phase(Phase.Kind.ORDERS);
        List<String> chunk = ids.subList(done, Math.min(ids.size(), done + scope.can.orderIdBatch()));
        return Next.call(
                "ordersById", Transcript.ordersById(), call -> scope.connector.ordersById(chunk, call), answer -> {
                    apply(answer);
                    done += chunk.size();
                });
    }

    private void apply(List<OrderLookup> answer) {
        List<OrderEntry> entries = new ArrayList<>();
        for (OrderLookup lookup : answer) {
            if (lookup instanceof OrderLookup.Found found) {
                entries.add(border.order(found.order()));
            } else {
                gone++;
                deleted(lookup.id()).ifPresent(entries::add);
            }
        }
        ApplyResult result = scope.ledger.orders().apply(new OrderPage(scope.store, entries, null, true));
        scope.run.count(Count.ORDERS, result.seen());
        scope.run.count(Count.ORDERS_CHANGED, result.changed());
        scope.run.count(Count.ORDERS_PARKED, result.parked());
        if (!result.sales().isEmpty()) {
            scope.hints.sold(result.sales());
        }
        parked += result.parked();
        scope.run.progress(result.seen());
    }

    /** What came of it, for the person who asked. */
    String words() {
        if (parked > 0) {
            return "The order was read again and still cannot be applied.";
        }
        return gone > 0 ? "The store has this order no more." : "The order was read again and applied.";
    }

    /** The snapshot of an order that the store has no more; empty when it was never seen. */
    private Optional<OrderEntry> deleted(String id) {
        return scope.ledger.orders().order(new OrderKey(scope.store, id)).map(this::deleted);
    }

    /** It keeps the store's version: should the store show it again, our clock must not make that older. */
    private OrderEntry deleted(OrderView known) {
        return new OrderSnapshot(
                known.key().id(), known.name(), known.updatedAt(), 0, known.placedAt(), false, true, null, List.of());
    }
}
