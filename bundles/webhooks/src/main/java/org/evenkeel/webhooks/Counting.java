package org.evenkeel.webhooks;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.WebhookTraffic;

/** Counts what comes in, by store; only of stores that are known, so that it never grows beyond them. Thread-safe. */
final class Counting implements WebhookTraffic {
    private static final Counts NOTHING = new Counts(0, 0, 0, 0, null, null, "");

    private final Map<String, Counts> counts = new ConcurrentHashMap<>();

    @Override
    public Counts counts(StoreId store) {
        return counts.getOrDefault(store.value(), NOTHING);
    }

    void taken(String store, Instant now) {
        change(
                store,
                was -> new Counts(
                        was.taken() + 1,
                        was.repeated(),
                        was.rejected(),
                        was.turnedAway(),
                        now,
                        was.lastRejectedAt(),
                        was.lastWords()));
    }

    void repeated(String store) {
        change(
                store,
                was -> new Counts(
                        was.taken(),
                        was.repeated() + 1,
                        was.rejected(),
                        was.turnedAway(),
                        was.lastTakenAt(),
                        was.lastRejectedAt(),
                        was.lastWords()));
    }

    void rejected(String store, String words, Instant now) {
        change(
                store,
                was -> new Counts(
                        was.taken(),
                        was.repeated(),
                        was.rejected() + 1,
                        was.turnedAway(),
                        was.lastTakenAt(),
                        now,
                        words));
    }

    void turnedAway(String store) {
        change(
                store,
                was -> new Counts(
                        was.taken(),
                        was.repeated(),
                        was.rejected(),
                        was.turnedAway() + 1,
                        was.lastTakenAt(),
                        was.lastRejectedAt(),
                        was.lastWords()));
    }

    void said(String store, String words) {
        change(
                store,
                was -> new Counts(
                        was.taken(),
                        was.repeated(),
                        was.rejected(),
                        was.turnedAway(),
                        was.lastTakenAt(),
                        was.lastRejectedAt(),
                        words));
    }

    private void change(String store, UnaryOperator<Counts> change) {
        counts.compute(store, (key, was) -> change.apply(was == null ? NOTHING : was));
    }
}
