package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.Test;

/** Webhooks as an app receives them. */
class WebhookMessageTest {
    private final Simulator simulator = Simulator.builder().shop("north", "t").build();
    private final Shop shop = simulator.shop("north");
    private final Variant apple = shop.addProduct("Apple", "APPLE-1", 50);
    private final Order order = shop.order(apple, 4);

    private static JsonNode body(WebhookMessage message) throws Exception {
        return ShopifyClient.JSON.readTree(message.body());
    }

    @Test
    void theSignatureIsThatOfTheWorldsHmacs() {
        // A known answer: HMAC-SHA256 of this text under "key".
        byte[] text = "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookMessage.signature(text, "key")).isEqualTo("97yD9DBThCSxMpjmqm+xQ+9NWaFJRhdZl0edvC0aPNg=");
    }

    @Test
    void anOrderCarriesItsLinesAndIsSigned() throws Exception {
        WebhookMessage message = WebhookMessage.order(shop, "orders/create", order, "s3cret");

        assertThat(message.headers())
                .containsEntry("X-Shopify-Topic", "orders/create")
                .containsEntry("X-Shopify-Shop-Domain", "north.myshopify.com")
                .containsEntry("X-Shopify-Hmac-SHA256", WebhookMessage.signature(message.body(), "s3cret"))
                .containsKey("X-Shopify-Event-Id");
        assertThat(body(message).at("/admin_graphql_api_id").asText()).isEqualTo(OrderFields.gid(order));
        assertThat(body(message).at("/line_items/0/sku").asText()).isEqualTo("APPLE-1");
    }

    @Test
    void aSecondDeliveryHasTheSameEvent() {
        WebhookMessage first = WebhookMessage.orderDeleted(shop, order, "s3cret");
        WebhookMessage second = first.again();

        assertThat(second.headers().get("X-Shopify-Event-Id"))
                .isEqualTo(first.headers().get("X-Shopify-Event-Id"));
        assertThat(second.headers().get("X-Shopify-Webhook-Id"))
                .isNotEqualTo(first.headers().get("X-Shopify-Webhook-Id"));
    }

    @Test
    void levelsRefundsAndProductsHaveTheirOwnBodies() throws Exception {
        Refund refund = shop.sales().refund(order, order.line(0), 1, Refund.Restock.CANCEL);
        var shelf = shop.read(() -> shop.stock().find(apple, shop.catalogue().mainLocation()));

        assertThat(body(WebhookMessage.inventoryLevel(shop, shelf, "s"))
                        .path("available")
                        .asLong())
                .isEqualTo(47);
        assertThat(body(WebhookMessage.refund(shop, refund, "s"))
                        .at("/refund_line_items/0/restock_type")
                        .asText())
                .isEqualTo("cancel");
        assertThat(body(WebhookMessage.product(shop, "products/update", apple.product(), "s"))
                        .at("/variants/0/inventory_item_id")
                        .asLong())
                .isEqualTo(apple.itemId());
    }

    @Test
    void bodiesUseOnlyNamesThatShopifysOwnBodiesHave() throws Exception {
        Refund refund = shop.sales().refund(order, order.line(0), 1, Refund.Restock.CANCEL);
        var shelf = shop.read(() -> shop.stock().find(apple, shop.catalogue().mainLocation()));

        assertNamesKnown("orders_updated", WebhookMessage.order(shop, "orders/updated", order, "s"));
        assertNamesKnown("refunds_create", WebhookMessage.refund(shop, refund, "s"));
        assertNamesKnown("inventory_levels_update", WebhookMessage.inventoryLevel(shop, shelf, "s"));
        assertNamesKnown("products_update", WebhookMessage.product(shop, "products/update", apple.product(), "s"));
    }

    private static void assertNamesKnown(String schema, WebhookMessage message) throws Exception {
        Path file = OfficialSpecs.file("webhooks-2026-07/" + schema + ".json");
        assertNamesKnown(schema, ShopifyClient.JSON.readTree(file.toFile()), body(message));
    }

    private static void assertNamesKnown(String at, JsonNode schema, JsonNode body) {
        body.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            assertThat(known.isMissingNode())
                    .as(at + "." + field.getKey() + " is missing there")
                    .isFalse();
            if (field.getValue().isArray() && known.path("items").has("properties")) {
                field.getValue()
                        .forEach(each -> assertNamesKnown(at + "." + field.getKey(), known.path("items"), each));
            }
        });
    }
}
