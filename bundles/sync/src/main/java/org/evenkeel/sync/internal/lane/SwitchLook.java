package org.evenkeel.sync.internal.lane;

import org.evenkeel.ledger.Store;

/**
 * Reads the store's switch as a run begins, before anything is pulled or sent: whoever turned it off may not have been heard.
 * While it cannot be read, nothing goes on.
 */
final class SwitchLook implements Activity {
    private final Scope scope;

    SwitchLook(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Next next() {
        if (!scope.ledger.stores().find(scope.store).map(Store::syncOn).orElse(false)) {
            scope.hints.turnedOff();
        }
        return Next.DONE;
    }
}
