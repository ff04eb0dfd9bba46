package org.evenkeel.setup.internal;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.StoreSync;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a store that is to be removed not to call back any more, while its connector is still there. A store that cannot be
 * told in time is removed all the same: it calls in vain until it gives up. Thread-safe.
 */
final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final int PATIENCE_SECONDS = 10;

    private final AtomicReference<StoreSync> sync = new AtomicReference<>();

    void by(StoreSync known) {
        sync.set(known);
    }

    void no(StoreSync gone) {
        sync.compareAndSet(gone, null);
    }

    /** Waits for the store's answer, for a bounded time. Never throws. */
    void say(StoreId store) {
        try {
            StoreSync known = sync.get();
            Optional<String> trouble = known == null
                    ? Optional.empty()
                    : known.unsubscribe(store).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            trouble.ifPresent(
                    words -> LOG.warn("{} is removed, but could not be told to call back no more: {}", store, words));
        } catch (NotFoundException unknown) {
            LOG.debug("{} has no lane that could tell it anything", store);
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            LOG.warn("{} is removed, but could not be told to call back no more: {}", store, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
