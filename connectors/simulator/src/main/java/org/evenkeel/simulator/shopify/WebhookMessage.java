package org.evenkeel.simulator.shopify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.evenkeel.simulator.Fulfilment;
import org.evenkeel.simulator.Notice;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderLine;
import org.evenkeel.simulator.Product;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;

/**
 * A webhook as Shopify would send it: the headers and the raw body that its signature covers. The bodies hold what a
 * stock-keeper needs and, as nothing here knows a buyer, none of the rest.
 *
 * @param headers by name, the signature among them
 * @param body the raw bytes; the signature is over exactly these
 */
public record WebhookMessage(Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An order was placed, changed, cancelled, …
     *
     * @param topic such as {@code orders/create}, {@code orders/updated}, {@code orders/cancelled}
     * @param secret the client secret of the app, which signs the body
     */
    public static WebhookMessage order(Shop shop, String topic, Order order, String secret) {
        return of(shop, topic, shop.read(() -> body(order)), secret);
    }

    /** An order was deleted: all that is left of it is its id. */
    public static WebhookMessage orderDeleted(Shop shop, Order order, String secret) {
        return of(shop, "orders/delete", Map.of("id", order.id()), secret);
    }

    /** A refund was made. */
    public static WebhookMessage refund(Shop shop, Refund refund, String secret) {
        return of(shop, "refunds/create", shop.read(() -> body(refund)), secret);
    }

    /** A figure of a shelf moved. */
    public static WebhookMessage inventoryLevel(Shop shop, Shelf shelf, String secret) {
        return of(shop, "inventory_levels/update", shop.read(() -> body(shelf)), secret);
    }

    /** A product was made or changed: {@code products/create} or {@code products/update}. */
    public static WebhookMessage product(Shop shop, String topic, Product product, String secret) {
        return of(shop, topic, shop.read(() -> body(product)), secret);
    }

    /** The app was removed from the shop. */
    public static WebhookMessage appUninstalled(Shop shop, String secret) {
        return of(shop, "app/uninstalled", Map.of("id", 1, "name", shop.name(), "domain", domain(shop)), secret);
    }

    /** A body that anybody could have made: it is signed, but with another secret. */
    public static WebhookMessage forged(Shop shop) {
        return of(shop, "orders/create", Map.of("id", 1), "not the secret");
    }

    /** A genuine message that says nothing: no topic that anybody acts on. */
    public static WebhookMessage appTouched(Shop shop, String secret) {
        return of(shop, "app/touched", Map.of("id", 1), secret);
    }

    /** The same event delivered again: Shopify repeats the event's id and gives the delivery a new one. */
    public WebhookMessage again() {
        Map<String, String> repeated = new LinkedHashMap<>(headers);
        repeated.put("X-Shopify-Webhook-Id", UUID.randomUUID().toString());
        return new WebhookMessage(repeated, body);
    }

    /** The signature of a body: base64 of its HMAC-SHA256 under the client secret. */
    public static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    Notice.Message message() {
        return new Notice.Message(headers, body);
    }

    static WebhookMessage of(Shop shop, String topic, Map<String, Object> content, String secret) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A body that is no JSON", e);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Hmac-SHA256", signature(body, secret));
        headers.put("X-Shopify-Shop-Domain", domain(shop));
        headers.put("X-Shopify-API-Version", "2026-07");
        headers.put("X-Shopify-Webhook-Id", UUID.randomUUID().toString());
        headers.put("X-Shopify-Event-Id", UUID.randomUUID().toString());
        headers.put("X-Shopify-Triggered-At", shop.clock().instant().toString());
        return new WebhookMessage(headers, body);
    }

    private static String domain(Shop shop) {
        return shop.name() + ".myshopify.com";
    }

    // ---- bodies, in the words of the REST resources that webhooks carry

    static Map<String, Object> body(Order order) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", order.id());
        body.put("admin_graphql_api_id", OrderFields.gid(order));
        body.put("name", order.name());
        body.put("order_number", order.number());
        body.put("created_at", text(order.createdAt()));
        body.put("processed_at", text(order.processedAt()));
        body.put("updated_at", text(order.updatedAt()));
        body.put("cancelled_at", text(order.cancelledAt()));
        body.put("closed_at", text(order.closedAt()));
        body.put("financial_status", order.payment().name().toLowerCase(Locale.ROOT));
        body.put("location_id", order.location().id());
        List<Map<String, Object>> lines = new ArrayList<>();
        order.lines().forEach(line -> lines.add(body(line)));
        body.put("line_items", lines);
        body.put("refunds", order.refunds().stream().map(WebhookMessage::body).toList());
        return body;
    }

    private static Map<String, Object> body(OrderLine line) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", line.id());
        body.put("admin_graphql_api_id", OrderFields.gid(line));
        body.put("variant_id", line.variant() == null ? null : line.variant().id());
        body.put("sku", line.sku());
        body.put("title", line.title());
        body.put("quantity", line.ordered());
        body.put("current_quantity", line.current());
        body.put("fulfillable_quantity", line.open());
        return body;
    }

    static Map<String, Object> body(Fulfilment fulfilment) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", fulfilment.id());
        body.put("order_id", fulfilment.order().id());
        body.put("name", fulfilment.name());
        body.put("status", fulfilment.cancelled() ? "cancelled" : "success");
        body.put("location_id", fulfilment.location().id());
        return body;
    }

    static Map<String, Object> body(Refund refund) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", refund.id());
        body.put("admin_graphql_api_id", Gid.of("Refund", refund.id()));
        body.put("order_id", refund.order().id());
        body.put("created_at", text(refund.createdAt()));
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Refund.Line line : refund.lines()) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("id", line.id());
            view.put("line_item_id", line.line().id());
            view.put("quantity", line.quantity());
            view.put("restock_type", line.restock().name().toLowerCase(Locale.ROOT));
            view.put(
                    "location_id",
                    line.location() == null ? null : line.location().id());
            lines.add(view);
        }
        body.put("refund_line_items", lines);
        return body;
    }

    static Map<String, Object> body(Shelf shelf) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("inventory_item_id", shelf.variant().itemId());
        body.put("location_id", shelf.location().id());
        body.put("available", shelf.available());
        body.put("updated_at", text(shelf.updatedAt()));
        body.put("admin_graphql_api_id", InventoryFields.gid(shelf));
        return body;
    }

    static Map<String, Object> body(Product product) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", product.id());
        body.put("admin_graphql_api_id", ProductFields.gid(product));
        body.put("title", product.title());
        body.put("status", product.status().name().toLowerCase(Locale.ROOT));
        body.put("updated_at", text(product.updatedAt()));
        List<Map<String, Object>> variants = new ArrayList<>();
        for (Variant variant : product.variants()) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("id", variant.id());
            view.put("inventory_item_id", variant.itemId());
            view.put("sku", variant.sku());
            variants.add(view);
        }
        body.put("variants", variants);
        return body;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
