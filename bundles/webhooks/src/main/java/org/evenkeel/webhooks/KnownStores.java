package org.evenkeel.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which stores there are, looked up now and then: whoever tries ids makes the database answer once in ten seconds, not once
 * for each. Thread-safe.
 */
final class KnownStores {
    private static final Logger LOG = LoggerFactory.getLogger(KnownStores.class);
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Supplier<Set<String>> look;
    private final InstantSource clock;
    private Set<String> ids = Set.of();
    private Instant looked = Instant.EPOCH;

    /** @param look finds out; may fail */
    KnownStores(Supplier<Set<String>> look, InstantSource clock) {
        this.look = look;
        this.clock = clock;
    }

    synchronized boolean has(String store) {
        Instant now = clock.instant();
        if (looked.plus(FRESH).isBefore(now)) {
            looked = now;
            try {
                ids = look.get();
            } catch (RuntimeException e) {
                LOG.debug("The stores could not be listed", e);
            }
        }
        return ids.contains(store);
    }
}
