package org.evenkeel.sync.internal.lane;

import java.util.Set;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.sync.TurnOn;

/** Opens products that were never counted with what the store shows, where that was chosen. */
final class Opening implements Activity {
    private final Scope scope;

    Opening(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Next next() {
        if (scope.memory.state().choices.opening() == TurnOn.Opening.ADOPT) {
            ListingBook.Opening opening = scope.ledger.listings().open(scope.store, Set.of(), "sync " + scope.store);
            if (!opening.conflicts().isEmpty()) {
                scope.run.error(opening.conflicts().size()
                        + " products were not opened: their listings show different figures. Set In Stock by hand.");
            }
        }
        return Next.DONE;
    }
}
