package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A program that uses the REST API with a token. */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;
    private final String token;

    Api(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** The same program after the host came up elsewhere. */
    Api at(String address) {
        return new Api(address, token);
    }

    /** An answer, whatever its status. */
    record Answer(int status, String contentType, JsonNode body) {}

    JsonNode get(String path) {
        return accepted(send("GET", path, null));
    }

    JsonNode post(String path, Object body) {
        return accepted(send("POST", path, body));
    }

    JsonNode put(String path, Object body) {
        return accepted(send("PUT", path, body));
    }

    void delete(String path) {
        accepted(send("DELETE", path, null));
    }

    Answer send(String method, String path, Object body) {
        return send(method, path, body, Duration.ofSeconds(60));
    }

    Answer send(String method, String path, Object body, Duration patience) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(base).resolve("/api/v1/").resolve(path))
                    .timeout(patience)
                    .header("Authorization", "Bearer " + token)
                    .header("Idempotency-Key", UUID.randomUUID().toString());
            if (body == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            }
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode json = response.body().length > 0 && type.contains("json")
                    ? JSON.readTree(response.body())
                    : MissingNode.getInstance();
            return new Answer(response.statusCode(), type, json);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode accepted(Answer answer) {
        assertThat(answer.status()).as(answer.body().toPrettyString()).isBetween(200, 299);
        return answer.body();
    }

    /** Waits until all of the API is there: its resources appear one by one as their services do. */
    void awaitReady() {
        for (String path : new String[] {"products?limit=1", "stores", "orders?limit=1", "listings?limit=1", "runs"}) {
            eventually()
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(send("GET", path, null).status()).isEqualTo(200));
        }
    }

    // ---- products

    /** The product with exactly this SKU; a missing node while there is none. */
    JsonNode product(String sku) {
        for (JsonNode product : get("products?q=" + encoded(sku)).path("items")) {
            if (product.path("sku").asText().equals(sku)) {
                return product;
            }
        }
        return MissingNode.getInstance();
    }

    long productId(String sku) {
        JsonNode product = product(sku);
        assertThat(product.isMissingNode()).as("product " + sku + " is there").isFalse();
        return product.path("id").asLong();
    }

    /** In Stock / Booked / Available of a product, as they are written in the worked examples. */
    String figures(String sku) {
        JsonNode product = product(sku);
        if (product.isMissingNode()) {
            return "none";
        }
        if (!product.path("opened").asBoolean()) {
            return "never counted";
        }
        return product.path("inStock").asLong() + "/" + product.path("booked").asLong() + "/"
                + product.path("available").asLong();
    }

    void awaitFigures(String sku, String wanted) {
        eventually().untilAsserted(() -> assertThat(figures(sku)).isEqualTo(wanted));
    }

    /** A person counts: In Stock becomes so many. */
    void set(String sku, long quantity) {
        adjust(sku, Map.of("kind", "SET", "quantity", quantity, "reason", "count"));
    }

    void add(String sku, long quantity) {
        adjust(sku, Map.of("kind", "ADD", "quantity", quantity, "reason", "delivery"));
    }

    private void adjust(String sku, Map<String, Object> adjustment) {
        post("products/" + productId(sku) + "/adjustments", adjustment);
    }

    JsonNode movements(String sku) {
        return get("products/" + productId(sku) + "/movements?limit=500").path("items");
    }

    JsonNode listings(String sku) {
        return get("products/" + productId(sku) + "/listings?limit=500").path("items");
    }

    /** Proves the books: the journal's sums are the levels. */
    void assertThatTheBooksAreRight() {
        JsonNode audit = post("movements/audit", null);
        assertThat(audit.path("clean").asBoolean()).as(audit.toPrettyString()).isTrue();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
