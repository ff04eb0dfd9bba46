package org.evenkeel.sync.internal.lane;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.ledger.ProductId;

/**
 * Undoes a plan that turned a store on, behind a pull of its orders: takes back what it opened, pushes the figures that were
 * confirmed instead, and turns the store off. Whatever comes in between, it is begun again from the start, which finds done
 * what is done. The whole run is this one activity, so that it has ended when the store is off.
 */
final class Undoing implements Activity {
    private static final int ROWS = 200;

    private final Scope scope;
    private final long plan;
    private final Chosen.Undone undone;
    private boolean pulled;
    private boolean takenBack;
    private boolean pushed;
    private long after;

    Undoing(Scope scope, long plan) {
        this.scope = scope;
        this.plan = plan;
        this.undone = scope.chosen.undone(plan);
    }

    @Override
    public Next next() {
        if (!pulled) {
            pulled = true;
            return new Next.Then(new OrderPull(scope));
        }
        if (!takenBack) {
            takeBackSome();
            return Next.AGAIN;
        }
        if (!pushed) {
            pushed = true;
            if (scope.withholds()) {
                scope.run.error(
                        "Nothing may be sent to the store by now (it is held, or in shadow): the figures that it"
                                + " shows stay as they are.");
                return Next.AGAIN;
            }
            return new Next.Then(new UndoPush(scope, plan, undone));
        }
        // Off first: were the step forgotten before, a host that stops in between would open again what was taken back.
        scope.ledger.stores().turnOff(scope.store, scope.run.actor());
        scope.memory.change(state -> {
            state.planStep = null;
            state.plan = null;
        });
        return Next.DONE;
    }

    /** Before anything is pushed: from then on nothing of it is pushed anywhere. */
    private void takeBackSome() {
        List<Chosen.UndoneFigure> rows = scope.chosen.undoneFigures(plan, after, ROWS);
        Set<ProductId> products = new HashSet<>();
        rows.stream()
                .filter(row -> row.takeBack() && row.product() != null)
                .forEach(row -> products.add(row.product()));
        if (!products.isEmpty()) {
            Set<ProductId> taken = scope.ledger.listings().takeBack(undone.opened(), products, scope.run.actor());
            products.removeAll(taken);
            long stay = products.isEmpty()
                    ? 0
                    : scope.ledger
                            .listings()
                            .openings(undone.opened(), products)
                            .size();
            if (stay > 0) {
                scope.run.error(stay + " products were counted meanwhile: their stock stays as it is.");
            }
        }
        takenBack = rows.size() < ROWS;
        after = rows.isEmpty() ? after : rows.get(rows.size() - 1).row();
    }
}
