package org.evenkeel.webhooks;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookReceiver.Hint;
import org.evenkeel.connector.WebhookReceiver.Webhook;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;

/**
 * A connector of which only the receiver is used. Bodies say what they are: {@code order <event>}, {@code nothing},
 * {@code access}, {@code bug}; all else is forged.
 */
final class FakeReceiver {
    /** Webhooks wait here while it is not open. */
    volatile CountDownLatch open = new CountDownLatch(0);

    final CountDownLatch came = new CountDownLatch(1);

    StoreConnector connector() {
        return (StoreConnector) Proxy.newProxyInstance(
                FakeReceiver.class.getClassLoader(),
                new Class<?>[] {StoreConnector.class, WebhookReceiver.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "receive" -> receive((WebhookRequest) arguments[0]);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> null;
                });
    }

    private Webhook receive(WebhookRequest request) throws WebhookRejectedException, InterruptedException {
        came.countDown();
        if (!open.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened");
        }
        String[] words = new String(request.body(), StandardCharsets.UTF_8).split(" ");
        String event = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "order" -> new Webhook(event, List.of(new Hint.Orders("1")));
            case "nothing" -> Webhook.nothing(event);
            case "access" -> new Webhook(event, List.of(new Hint.Access("The app was removed from the shop.")));
            case "bug" -> throw new IllegalStateException("a bug");
            default -> throw new WebhookRejectedException("The signature does not match.");
        };
    }
}
