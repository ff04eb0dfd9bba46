package org.evenkeel.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.shopify.WebhookMessage;

/** Simulated shops as stores of a host, by its REST API. */
public final class HostStores {
    private static final String KIND = "org.evenkeel.connector.shopify";
    /** Seldom enough that asking takes nothing from what is measured. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final HostProcess host;
    private final Rest rest;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Shop, String> ids = new HashMap<>();

    public HostStores(HostProcess host, Rest rest) {
        this.host = host;
        this.rest = rest;
    }

    /** What a shop signs its webhooks with. */
    public static String clientSecret(Shop shop) {
        return "shpss_" + shop.token();
    }

    /** The store's id in the host. */
    public String id(Shop shop) {
        return ids.get(shop);
    }

    /** Adds a shop as a store, and checks it. */
    public void add(Simulator simulator, Shop shop) throws InterruptedException {
        rest.post(
                "stores",
                Map.of(
                        "kind",
                        KIND,
                        "name",
                        shop.name(),
                        "values",
                        Map.of(
                                "shop",
                                List.of(simulator.address(shop).toString()),
                                ".accessToken",
                                List.of(shop.token()),
                                ".clientSecret",
                                List.of(clientSecret(shop)))));
        for (JsonNode store : rest.get("stores").path("items")) {
            if (store.path("name").asText().equals(shop.name())) {
                ids.put(shop, store.path("id").asText());
            }
        }
        await(
                "The connector of " + shop.name(),
                Duration.ofMinutes(1),
                () -> status(shop).path("connected").asBoolean());
        JsonNode report = rest.post("stores/" + id(shop) + "/check", null);
        if (!report.path("passed").asBoolean()) {
            throw new IllegalStateException("The check of " + shop.name() + " did not pass: " + report);
        }
    }

    /** @return the run that begins */
    public long turnOn(Shop shop) {
        return rest.post("stores/" + id(shop) + "/turn-on", Map.of("takeOpenOrders", false, "opening", "ADOPT"))
                .path("run")
                .asLong();
    }

    public long refresh(Shop shop) {
        return rest.post("stores/" + id(shop) + "/refresh", null).path("run").asLong();
    }

    /** Tells the host of an order as Shopify does: signed, and without waiting for it. */
    public void webhook(Shop shop, Order order) {
        WebhookMessage message = WebhookMessage.order(shop, "orders/create", order, clientSecret(shop));
        HttpRequest.Builder request = HttpRequest.newBuilder(host.address().resolve("/webhooks/" + id(shop)))
                .POST(BodyPublishers.ofByteArray(message.body()));
        message.headers().forEach(request::header);
        client.sendAsync(request.build(), BodyHandlers.discarding())
                .thenApply(answer -> "was answered " + answer.statusCode())
                .exceptionally(Throwable::toString)
                .thenAccept(words -> {
                    if (!words.equals("was answered 200")) {
                        System.err.println("A webhook of " + shop.name() + " " + words);
                    }
                });
    }

    /** Waits until a run has ended well. @return it */
    public JsonNode awaitRun(long run, Duration limit) throws InterruptedException {
        await(
                "The end of run " + run,
                limit,
                () -> rest.get("runs/" + run).path("result").isTextual());
        JsonNode ended = rest.get("runs/" + run);
        if (!ended.path("result").asText().equals("DONE")) {
            throw new IllegalStateException("A run did not end well: " + ended);
        }
        return ended;
    }

    /** Waits until no store has anything left to do but its schedule. */
    public void awaitQuiet(Duration limit) throws InterruptedException {
        await("Quiet", limit, () -> ids.keySet().stream().allMatch(shop -> quiet(status(shop))));
    }

    private static boolean quiet(JsonNode status) {
        return status.path("due").asLong()
                                + status.path("waiting").asLong()
                                + status.path("unknown").asLong()
                        == 0
                && !status.path("currentRun").isNumber();
    }

    public JsonNode status(Shop shop) {
        return rest.get("stores/" + id(shop));
    }

    private void await(String what, Duration limit, java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        new Signal(LOOK)
                .await(
                        what,
                        limit,
                        () -> {
                            if (!host.isAlive()) {
                                throw new IllegalStateException("The host is gone:\n" + host.output());
                            }
                            return condition.getAsBoolean();
                        },
                        () -> rest.get("stores").toPrettyString());
    }
}
