package org.evenkeel.sync;

import java.time.Instant;
import org.evenkeel.ledger.StoreId;
import org.osgi.annotation.versioning.ProviderType;

/** What came in by webhooks at this host since it started. Thread-safe; no I/O. */
@ProviderType
public interface WebhookTraffic {

    /** What came for that store; zeros for one that nothing came for. */
    Counts counts(StoreId store);

    /**
     * What came for one store.
     *
     * @param taken genuine and kept
     * @param repeated genuine and kept before
     * @param rejected not genuine
     * @param turnedAway not looked at: too large, too many at once, or the connector was away
     * @param lastTakenAt when the last genuine one came; null before
     * @param lastRejectedAt when the last one came that was not genuine; null before
     * @param lastWords what the last rejected one lacked, or what a store said of its own access; empty before
     */
    record Counts(
            long taken,
            long repeated,
            long rejected,
            long turnedAway,
            Instant lastTakenAt,
            Instant lastRejectedAt,
            String lastWords) {}
}
