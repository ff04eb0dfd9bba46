package org.evenkeel.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookReceiver.Hint;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who takes webhooks now, and what becomes of one. Thread-safe; does no I/O. */
final class Receivers {
    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    /** What becomes of a webhook. */
    enum Answer {
        /** It is what it claims to be. */
        TAKEN,
        /** It is not: its signature does not hold. */
        REJECTED,
        /** No store of that id takes webhooks now. */
        NOBODY
    }

    private final Map<String, WebhookReceiver> receivers = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastRejected = new ConcurrentHashMap<>();
    private final Consumer<String> looksAt;
    private final Clock clock;

    /** @param looksAt told the id of a store whose lane should look */
    Receivers(Consumer<String> looksAt, Clock clock) {
        this.looksAt = looksAt;
        this.clock = clock;
    }

    void add(String store, StoreConnector connector) {
        if (connector instanceof WebhookReceiver receiver) {
            receivers.put(store, receiver);
        }
    }

    void remove(String store, StoreConnector connector) {
        if (connector instanceof WebhookReceiver receiver) {
            receivers.remove(store, receiver);
        }
    }

    /** Whether somebody takes webhooks of that store now. */
    boolean knows(String store) {
        return receivers.containsKey(store);
    }

    Answer take(String store, WebhookRequest request) {
        WebhookReceiver receiver = receivers.get(store);
        if (receiver == null) {
            return Answer.NOBODY;
        }
        try {
            List<Hint> hints = receiver.receive(request).hints();
            hints.stream()
                    .filter(Hint.Access.class::isInstance)
                    .map(Hint.Access.class::cast)
                    .forEach(access -> LOG.warn("{} says: {}", store, access.message()));
            if (!hints.isEmpty()) {
                looksAt.accept(store);
            }
            return Answer.TAKEN;
        } catch (WebhookRejectedException e) {
            if (isWorthALine(store)) {
                LOG.warn(
                        "A webhook for {} was rejected: {} More of them are not logged for a while.",
                        store,
                        e.getMessage());
            }
            return Answer.REJECTED;
        }
    }

    /** Whoever floods a store with forgeries does not flood the log. */
    private boolean isWorthALine(String store) {
        Instant now = clock.instant();
        Instant last = lastRejected.get(store);
        if (last != null && last.plus(QUIET).isAfter(now)) {
            return false;
        }
        lastRejected.put(store, now);
        return true;
    }
}
