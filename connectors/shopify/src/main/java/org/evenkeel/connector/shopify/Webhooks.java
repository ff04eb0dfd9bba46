package org.evenkeel.connector.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.evenkeel.connector.WebhookReceiver.Hint;
import org.evenkeel.connector.WebhookReceiver.Webhook;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.connector.toolkit.Secret;

/** Verifies webhooks and reads hints from them. Thread-safe. */
final class Webhooks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALGORITHM = "HmacSHA256";

    private final Secret secret;
    private final String domain;

    Webhooks(Settings settings) {
        this.secret = settings.clientSecret();
        this.domain = settings.domain();
    }

    Webhook receive(WebhookRequest request) throws WebhookRejectedException {
        verify(request);
        String event = request.header("X-Shopify-Event-Id")
                .or(() -> request.header("X-Shopify-Webhook-Id"))
                .orElse("");
        if (ofAnotherShop(request)) {
            return Webhook.nothing(event);
        }
        String topic = request.header("X-Shopify-Topic").orElse("").toLowerCase(Locale.ROOT);
        return new Webhook(event, hints(topic, parse(request.body())));
    }

    private void verify(WebhookRequest request) throws WebhookRejectedException {
        if (secret.isEmpty()) {
            throw new WebhookRejectedException("No client secret is set, so no webhook can be verified: "
                    + "set the property .clientSecret to the app's API secret key.");
        }
        String claimed = request.header("X-Shopify-Hmac-SHA256")
                .orElseThrow(() -> new WebhookRejectedException("The header X-Shopify-Hmac-SHA256 is missing."));
        byte[] expected = Base64.getEncoder().encode(sign(request.body()));
        if (!MessageDigest.isEqual(expected, claimed.strip().getBytes(StandardCharsets.US_ASCII))) {
            throw new WebhookRejectedException("The signature in X-Shopify-Hmac-SHA256 does not match the body.");
        }
    }

    private byte[] sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** One app may serve several shops under one secret. */
    private boolean ofAnotherShop(WebhookRequest request) {
        return !domain.isEmpty()
                && request.header("X-Shopify-Shop-Domain")
                        .map(shop -> !shop.equalsIgnoreCase(domain))
                        .orElse(false);
    }

    private static JsonNode parse(byte[] body) throws WebhookRejectedException {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new WebhookRejectedException("The body is signed, but no JSON.");
        }
    }

    private static List<Hint> hints(String topic, JsonNode body) {
        String kind = topic.contains("/") ? topic.substring(0, topic.indexOf('/')) : topic;
        return switch (kind) {
            case "orders" -> order(body.path("id"));
            case "refunds", "fulfillments", "order_transactions" -> order(body.path("order_id"));
            case "returns" -> order(body.path("order").path("id"));
            case "inventory_levels" -> listing("InventoryItem", body.path("inventory_item_id"));
            case "inventory_items" -> listing("InventoryItem", body.path("id"));
            case "products" -> listing("Product", body.path("id"));
            case "app" ->
                topic.equals("app/uninstalled")
                        ? List.of(new Hint.Access("The app was removed from the shop."))
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Hint> order(JsonNode id) {
        String number = number(id);
        return number.isEmpty() ? List.of() : List.of(new Hint.Orders(Gid.of("Order", number)));
    }

    private static List<Hint> listing(String kind, JsonNode id) {
        String number = number(id);
        return number.isEmpty() ? List.of() : List.of(new Hint.Listings(Gid.of(kind, number)));
    }

    /** An id as a number, or at the end of a global id. */
    private static String number(JsonNode id) {
        String text = id.asText("");
        String end = text.substring(text.lastIndexOf('/') + 1);
        return end.matches("\\d{1,19}") ? end : "";
    }
}
