package org.evenkeel.simulator.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A caller of the Admin API as any app would be. */
final class ShopifyClient {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String token;

    ShopifyClient(URI shop, String token) {
        this(shop, token, "2026-07");
    }

    ShopifyClient(URI shop, String token, String version) {
        this.address = URI.create(shop + "/admin/api/" + version + "/graphql.json");
        this.token = token;
    }

    JsonNode call(String query, Object... variables) throws IOException, InterruptedException {
        HttpResponse<String> response = send(query, variables);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The data of an answer that has no errors. */
    JsonNode data(String query, Object... variables) throws IOException, InterruptedException {
        JsonNode answer = call(query, variables);
        if (answer.has("errors")) {
            throw new AssertionError(answer.toPrettyString());
        }
        return answer.get("data");
    }

    HttpResponse<String> send(String query, Object... variables) throws IOException, InterruptedException {
        return http.send(request(query, variables), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String query, Object... variables) throws IOException {
        return http.sendAsync(request(query, variables), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String query, Object... variables) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            values.put((String) variables[i], variables[i + 1]);
        }
        String body = JSON.writeValueAsString(Map.of("query", query, "variables", values));
        return HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("X-Shopify-Access-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
