package org.evenkeel.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.webhooks.Receivers.Answer;
import org.junit.jupiter.api.Test;

/** What becomes of a webhook. */
class ReceiversTest {
    private final List<String> looked = new ArrayList<>();
    private final Receivers receivers = new Receivers(looked::add, Clock.systemUTC());

    /** Takes bodies that say what changed, and rejects "forged". */
    private final StoreConnector store = connector(new Class<?>[] {StoreConnector.class, WebhookReceiver.class});

    @Test
    void whatIsGenuineMakesTheLaneLook() {
        receivers.add("one", store);

        assertThat(receivers.take("one", webhook("order"))).isEqualTo(Answer.TAKEN);
        assertThat(looked).containsExactly("one");
    }

    @Test
    void whatConcernsNothingHereIsTakenAndForgotten() {
        receivers.add("one", store);

        assertThat(receivers.take("one", webhook("nothing"))).isEqualTo(Answer.TAKEN);
        assertThat(looked).isEmpty();
    }

    @Test
    void whatIsForgedIsRejectedAndNobodyLooks() {
        receivers.add("one", store);

        assertThat(receivers.take("one", webhook("forged"))).isEqualTo(Answer.REJECTED);
        assertThat(looked).isEmpty();
    }

    @Test
    void aStoreWithoutAReceiverTakesNothing() {
        receivers.add("two", connector(new Class<?>[] {StoreConnector.class}));
        receivers.add("one", store);
        receivers.remove("one", store);

        assertThat(receivers.knows("two")).isFalse();
        assertThat(receivers.take("one", webhook("order"))).isEqualTo(Answer.NOBODY);
    }

    @Test
    void anUpdatedConnectorIsNotTakenAwayByItsPredecessorsEnd() {
        StoreConnector next = connector(new Class<?>[] {StoreConnector.class, WebhookReceiver.class});
        receivers.add("one", store);
        receivers.add("one", next);
        receivers.remove("one", store);

        assertThat(receivers.knows("one")).isTrue();
    }

    private static WebhookRequest webhook(String body) {
        return new WebhookRequest(Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static StoreConnector connector(Class<?>[] interfaces) {
        return (StoreConnector) Proxy.newProxyInstance(
                ReceiversTest.class.getClassLoader(),
                interfaces,
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "receive" -> receive((WebhookRequest) arguments[0]);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> null;
                });
    }

    private static WebhookReceiver.Webhook receive(WebhookRequest request) throws WebhookRejectedException {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        if (body.equals("forged")) {
            throw new WebhookRejectedException("The signature does not match.");
        }
        return new WebhookReceiver.Webhook(
                "", body.equals("order") ? List.of(new WebhookReceiver.Hint.Orders("1")) : List.of());
    }
}
