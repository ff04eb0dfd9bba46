package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.evenkeel.simulator.Callbacks.Manner;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions by the Admin API, and what is delivered for them. */
class SubscriptionsTest extends ShopifyTestBase {
    private static final String CREATE = """
            mutation Create($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) {
              webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) {
                webhookSubscription { id topic uri format includeFields createdAt }
                userErrors { field message }
              }
            }""";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private String here;

    private record Received(String topic, String signature, String event, String delivery, byte[] body) {
        JsonNode json() throws IOException {
            return ShopifyClient.JSON.readTree(body);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var headers = exchange.getRequestHeaders();
                received.add(new Received(
                        headers.getFirst("X-Shopify-Topic"),
                        headers.getFirst("X-Shopify-Hmac-SHA256"),
                        headers.getFirst("X-Shopify-Event-Id"),
                        headers.getFirst("X-Shopify-Webhook-Id"),
                        exchange.getRequestBody().readAllBytes()));
                Integer status = answers.poll();
                exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            }
        });
        server.start();
        here = "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/north";
        shop.callbacks().setManner(Manner.GOOD.retry(Duration.ofMillis(5)));
    }

    @AfterEach
    void hush() {
        server.stop(0);
    }

    private JsonNode create(String topic, Object input) throws IOException, InterruptedException {
        return client.data(CREATE, "topic", topic, "input", input).path("webhookSubscriptionCreate");
    }

    private void settle() throws InterruptedException {
        assertThat(simulator.deliveries().awaitQuiet(SOON)).isTrue();
    }

    @Test
    void whoSubscribesIsToldUnderTheShopsSignatureAndWithTheWantedFieldsOnly() throws Exception {
        JsonNode made = create("ORDERS_CREATE", Map.of("uri", here, "includeFields", List.of("id")));
        assertThat(made.path("webhookSubscription").path("uri").asText()).isEqualTo(here);
        Variant apple = shop.addProduct("Apple", "APPLE-1", 50);
        Order order = shop.order(apple, 4);
        settle();

        assertThat(received).hasSize(1);
        Received message = received.element();
        assertThat(message.topic()).isEqualTo("orders/create");
        assertThat(message.signature())
                .isEqualTo(WebhookMessage.signature(
                        message.body(), shop.callbacks().secret()));
        assertThat(message.json().path("id").asLong()).isEqualTo(order.id());
        assertThat(message.json()).hasSize(1);
    }

    @Test
    void oneStepTellsEachTopicOnce() throws Exception {
        for (String topic : List.of(
                "ORDERS_UPDATED",
                "ORDERS_CANCELLED",
                "REFUNDS_CREATE",
                "FULFILLMENTS_CREATE",
                "INVENTORY_LEVELS_UPDATE")) {
            create(topic, Map.of("uri", here));
        }
        Variant apple = shop.addProduct("Apple", "APPLE-1", 50);
        Order order = shop.order(apple, 4);
        settle();
        received.clear();
        shop.sales().cancel(order, true);
        settle();

        assertThat(received)
                .extracting(Received::topic)
                .containsExactlyInAnyOrder(
                        "orders/updated", "orders/cancelled", "refunds/create", "inventory_levels/update");
    }

    @Test
    void whatFailsComesAgainUntilItIsTaken() throws Exception {
        create("ORDERS_CREATE", Map.of("uri", here));
        answers.addAll(List.of(503, 500));
        shop.order(shop.addProduct("Apple", "APPLE-1", 50), 1);
        settle();

        assertThat(received).hasSize(3);
        assertThat(received)
                .extracting(Received::event)
                .containsOnly(received.element().event());
        assertThat(shop.callbacks().all())
                .singleElement()
                .satisfies(one -> assertThat(one.failures()).isZero());
    }

    @Test
    void afterEightFailuresInARowTheSubscriptionIsGone() throws Exception {
        create("ORDERS_CREATE", Map.of("uri", here));
        for (int i = 0; i < 20; i++) {
            answers.add(500);
        }
        shop.order(shop.addProduct("Apple", "APPLE-1", 50), 1);
        settle();

        assertThat(received).hasSize(8);
        assertThat(shop.callbacks().all()).isEmpty();
    }

    @Test
    void copiesAreOneEventInSeveralDeliveries() throws Exception {
        create("ORDERS_CREATE", Map.of("uri", here));
        simulator.deliver(shop, shop.callbacks().manner().copies(3).spread(Duration.ofMillis(20)));
        shop.order(shop.addProduct("Apple", "APPLE-1", 50), 1);
        settle();

        assertThat(received).hasSize(3);
        assertThat(received.stream().map(Received::event).distinct()).hasSize(1);
        assertThat(received.stream().map(Received::delivery).distinct()).hasSize(3);
    }

    @Test
    void anOutageHoldsUpWhatHappensAndLossTakesIt() throws Exception {
        create("ORDERS_CREATE", Map.of("uri", here));
        Variant apple = shop.addProduct("Apple", "APPLE-1", 50);
        simulator.deliver(shop, shop.callbacks().manner().outage(true));
        shop.order(apple, 1);
        assertThat(simulator.deliveries().pending()).isEqualTo(1);
        assertThat(received).isEmpty();
        simulator.deliver(shop, shop.callbacks().manner().outage(false));
        settle();
        assertThat(received).hasSize(1);

        simulator.deliver(shop, shop.callbacks().manner().lost(100));
        shop.order(apple, 1);
        settle();
        assertThat(received).hasSize(1);
    }

    @Test
    void aSubscriptionIsListedMovedAndDeleted() throws Exception {
        String id = create("ORDERS_CREATE", Map.of("uri", "https://old.example.org/webhooks/north"))
                .path("webhookSubscription")
                .path("id")
                .asText();
        client.data(
                "mutation M($id: ID!, $input: WebhookSubscriptionInput!) {"
                        + " webhookSubscriptionUpdate(id: $id, webhookSubscription: $input) { userErrors { message } } }",
                "id",
                id,
                "input",
                Map.of("uri", here));
        JsonNode listed = client.data("{ webhookSubscriptions(first: 10) { nodes { id uri topic } } }");
        assertThat(listed.at("/webhookSubscriptions/nodes/0/uri").asText()).isEqualTo(here);
        assertThat(listed.at("/webhookSubscriptions/nodes/0/id").asText()).isEqualTo(id);

        String delete = "mutation D($id: ID!) { webhookSubscriptionDelete(id: $id) {"
                + " deletedWebhookSubscriptionId userErrors { message } } }";
        assertThat(client.data(delete, "id", id)
                        .at("/webhookSubscriptionDelete/deletedWebhookSubscriptionId")
                        .asText())
                .isEqualTo(id);
        assertThat(client.data(delete, "id", id)
                        .at("/webhookSubscriptionDelete/userErrors/0/message")
                        .asText())
                .contains("does not exist");
    }

    @Test
    void oneAddressHasATopicOnceAndMustBeSecure() throws Exception {
        create("ORDERS_CREATE", Map.of("uri", here));
        assertThat(create("ORDERS_CREATE", Map.of("uri", here))
                        .at("/userErrors/0/message")
                        .asText())
                .contains("already been taken");
        assertThat(create("ORDERS_CREATE", Map.of("uri", "http://stock.example.org/webhooks/north"))
                        .at("/userErrors/0/message")
                        .asText())
                .contains("not supported");
    }

    @Test
    void anAppThatIsRemovedIsToldAndLetInNoMore() throws Exception {
        create("APP_UNINSTALLED", Map.of("uri", here));
        shop.removeApp();
        settle();

        assertThat(received).extracting(Received::topic).containsExactly("app/uninstalled");
        assertThat(client.send("{ shop { name } }").statusCode()).isEqualTo(401);
    }
}
