package org.evenkeel.webhooks;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how many webhooks are at work, in all and of one store: whoever floods one store leaves the others their half, and
 * threads and memory are never more than the bound. Thread-safe; nobody waits.
 */
final class Gate {
    private final int most;
    private final int mostOfStore;
    private final Map<String, Integer> ofStore = new ConcurrentHashMap<>();
    private int inside;

    /** @param most at once, in all; of one store half of it */
    Gate(int most) {
        this.most = most;
        this.mostOfStore = Math.max(1, most / 2);
    }

    /** Lets one in, who must {@link #leave} again. @return the refusal; empty when it is in */
    synchronized Optional<Answer> enter(String store) {
        if (inside == most) {
            return Optional.of(Answer.TOO_MANY);
        }
        int here = ofStore.getOrDefault(store, 0);
        if (here == mostOfStore) {
            return Optional.of(Answer.TOO_MANY_OF_STORE);
        }
        inside++;
        ofStore.put(store, here + 1);
        return Optional.empty();
    }

    synchronized void leave(String store) {
        inside--;
        ofStore.compute(store, (key, here) -> here == null || here == 1 ? null : here - 1);
    }
}
