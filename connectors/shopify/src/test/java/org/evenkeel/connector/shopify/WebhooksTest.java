package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.connector.WebhookReceiver.Hint;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    /** Made with {@code openssl dgst -sha256 -hmac 5ignedWithTh1s -binary | base64}. */
    private static final String BODY = "{\"id\":4501,\"name\":\"#1001\"}";

    private static final String SIGNATURE = "vvMuOTPGgQhra9spmi0VX2lNpyZdT64jUUiiTmaPEnA=";

    private final Webhooks webhooks = new Webhooks(TestConfig.valid().settings());

    @Test
    void aSignedOrderIsAHint() throws WebhookRejectedException {
        assertThat(webhooks.receive(request("orders/updated", BODY, SIGNATURE)).hints())
                .containsExactly(new Hint.Orders("gid://shopify/Order/4501"));
    }

    @Test
    void theEventIsTheStoresOwnAndTheSameForEachDelivery() throws WebhookRejectedException {
        Map<String, String> first = Map.of("X-Shopify-Event-Id", "e-1", "X-Shopify-Webhook-Id", "d-1");
        Map<String, String> again = Map.of("X-Shopify-Event-Id", "e-1", "X-Shopify-Webhook-Id", "d-2");
        assertThat(webhooks.receive(signed("orders/updated", BODY, first)).event())
                .isEqualTo(
                        webhooks.receive(signed("orders/updated", BODY, again)).event())
                .isEqualTo("e-1");
        assertThat(webhooks.receive(signed("orders/updated", BODY, Map.of())).event())
                .isEmpty();
    }

    @Test
    void aChangedBodyIsRejected() {
        WebhookRequest forged = request("orders/updated", BODY.replace('1', '2'), SIGNATURE);
        assertThatThrownBy(() -> webhooks.receive(forged))
                .isInstanceOf(WebhookRejectedException.class)
                .hasMessageContaining("does not match")
                .hasMessageNotContaining(TestConfig.CLIENT_SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64 at all", "\u00e9"})
    void aWrongSignatureIsRejected(String signature) {
        WebhookRequest forged = request("orders/updated", BODY, signature);
        assertThatThrownBy(() -> webhooks.receive(forged)).isInstanceOf(WebhookRejectedException.class);
    }

    @Test
    void aMissingSignatureIsRejected() {
        WebhookRequest unsigned = new WebhookRequest(Map.of(), BODY.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> webhooks.receive(unsigned)).hasMessageContaining("X-Shopify-Hmac-SHA256 is missing");
    }

    @Test
    void withoutAClientSecretNothingIsTaken() {
        Webhooks deaf =
                new Webhooks(TestConfig.valid().with("_clientSecret", "").settings());
        assertThatThrownBy(() -> deaf.receive(request("orders/updated", BODY, SIGNATURE)))
                .hasMessageContaining(".clientSecret");
    }

    @Test
    void aWebhookOfAnotherShopOfTheAppConcernsNothingHere() throws WebhookRejectedException {
        WebhookRequest other = signed("orders/updated", BODY, Map.of("X-Shopify-Shop-Domain", "other.myshopify.com"));
        assertThat(webhooks.receive(other).hints()).isEmpty();
        WebhookRequest ours = signed("orders/updated", BODY, Map.of("X-Shopify-Shop-Domain", "My-Shop.myshopify.com"));
        assertThat(webhooks.receive(ours).hints()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders/create | {\"id\":7} | Order/7",
                "orders/delete | {\"id\":7} | Order/7",
                "orders/cancelled | {\"id\":7} | Order/7",
                "orders/partially_fulfilled | {\"id\":7} | Order/7",
                "refunds/create | {\"id\":1,\"order_id\":7} | Order/7",
                "fulfillments/create | {\"id\":1,\"order_id\":7} | Order/7",
                "returns/approve | {\"order\":{\"id\":7}} | Order/7",
                "inventory_levels/update | {\"inventory_item_id\":8,\"location_id\":1} | InventoryItem/8",
                "inventory_items/update | {\"id\":8} | InventoryItem/8",
                "products/update | {\"id\":9} | Product/9",
                "products/delete | {\"id\":9} | Product/9"
            })
    void topicsAreTranslated(String topic, String body, String expected) throws WebhookRejectedException {
        Hint hint = webhooks.receive(signed(topic, body, Map.of())).hints().get(0);
        String id = hint instanceof Hint.Orders orders ? orders.orderId() : ((Hint.Listings) hint).listingOrCounter();
        assertThat(id).isEqualTo("gid://shopify/" + expected);
    }

    @Test
    void aRemovedAppHasNoAccess() throws WebhookRejectedException {
        assertThat(webhooks.receive(signed("app/uninstalled", "{\"id\":1}", Map.of()))
                        .hints())
                .singleElement()
                .isInstanceOf(Hint.Access.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"themes/update", "orders/updated", "", "app/scopes_update"})
    void whatConcernsNothingIsNoHint(String topic) throws WebhookRejectedException {
        assertThat(webhooks.receive(signed(topic, "{\"id\":\"x\"}", Map.of())).hints())
                .isEmpty();
    }

    @Test
    void aSignedBodyThatIsNoJsonIsRejected() {
        assertThatThrownBy(() -> webhooks.receive(signed("orders/updated", "<xml/>", Map.of())))
                .hasMessageContaining("no JSON");
    }

    private static WebhookRequest signed(String topic, String body, Map<String, String> more) {
        return request(topic, body, hmac(body), more);
    }

    private static WebhookRequest request(String topic, String body, String signature) {
        return request(topic, body, signature, Map.of());
    }

    private static WebhookRequest request(String topic, String body, String signature, Map<String, String> more) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("x-shopify-topic", List.of(topic));
        headers.put("x-shopify-hmac-sha256", List.of(signature));
        more.forEach((name, value) -> headers.put(name, List.of(value)));
        return new WebhookRequest(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String body) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(
                    TestConfig.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return java.util.Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
