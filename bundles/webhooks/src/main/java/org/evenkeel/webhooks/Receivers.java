package org.evenkeel.webhooks;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookReceiver.Webhook;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;

/** The connectors that take webhooks, by store. Thread-safe. */
final class Receivers {
    private final Map<String, WebhookReceiver> receivers = new ConcurrentHashMap<>();

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

    Optional<WebhookReceiver> of(String store) {
        return Optional.ofNullable(receivers.get(store));
    }

    /** Asks a connector, as all foreign code is asked: with its own class loader. */
    static Webhook ask(WebhookReceiver receiver, WebhookRequest request) throws WebhookRejectedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(receiver.getClass().getClassLoader());
        try {
            return receiver.receive(request);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
