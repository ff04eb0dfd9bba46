package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.evenkeel.simulator.Variant;

/** Simulated shops, and the stores of the host that stand for them. */
final class Stores implements AutoCloseable {
    static final String KIND = "org.evenkeel.connector.shopify";
    private static final String SET = "inventorySetQuantities";

    private final Simulator simulator;
    private final Map<Shop, String> ids = new LinkedHashMap<>();

    private Stores(Simulator simulator) {
        this.simulator = simulator;
    }

    /** Shops that answer, with a token each and no products yet. */
    static Stores of(String... names) throws IOException {
        Simulator.Builder builder = Simulator.builder();
        for (String name : names) {
            builder.shop(name, newToken());
        }
        return new Stores(builder.build().start());
    }

    static String newToken() {
        return "shpat_" + UUID.randomUUID().toString().replace("-", "");
    }

    Simulator simulator() {
        return simulator;
    }

    Shop shop(String name) {
        return simulator.shop(name);
    }

    List<Shop> shops() {
        return List.copyOf(simulator.shops());
    }

    String address(Shop shop) {
        return simulator.address(shop).toString();
    }

    /** The store's id in the host. */
    String id(Shop shop) {
        return ids.get(shop);
    }

    /** Lists a product with the same figure in every shop. */
    void list(String title, String sku, long available) {
        shops().forEach(shop -> shop.addProduct(title, sku, available));
    }

    /** Adds every shop as a store, checks it and turns it on. */
    void connectAll(Host host) {
        shops().forEach(shop -> connect(host, shop));
    }

    void connect(Host host, Shop shop) {
        add(host, shop);
        check(host, shop);
        turnOn(host, shop);
    }

    /** What happens by it happened in the shops a day ago. */
    void yesterday(Runnable story) {
        Instant today = simulator.clock().instant();
        simulator.clock().set(today.minus(Duration.ofDays(1)));
        story.run();
        simulator.clock().set(today);
        simulator.clock().run();
    }

    /** What the shop signs its webhooks with. */
    static String clientSecret(Shop shop) {
        return "shpss_" + shop.token().substring("shpat_".length());
    }

    /** Saves the store as a draft. */
    void add(Host host, Shop shop) {
        host.keepSecret(shop.token());
        host.keepSecret(clientSecret(shop));
        JsonNode settings = host.api()
                .post(
                        "stores",
                        Map.of(
                                "kind",
                                KIND,
                                "name",
                                shop.name(),
                                "values",
                                Map.of(
                                        "shop",
                                        List.of(address(shop)),
                                        ".accessToken",
                                        List.of(shop.token()),
                                        ".clientSecret",
                                        List.of(clientSecret(shop)))));
        assertThat(settings.path("secretsSet").toString()).contains(".accessToken");
        assertThat(settings.toString()).doesNotContain(shop.token());
        host.api().get("stores").path("items").forEach(store -> {
            if (store.path("name").asText().equals(shop.name())) {
                ids.put(shop, store.path("id").asText());
            }
        });
        assertThat(ids).containsKey(shop);
    }

    void check(Host host, Shop shop) {
        eventually()
                .untilAsserted(
                        () -> assertThat(status(host, shop).path("connected").asBoolean())
                                .as(status(host, shop).toPrettyString())
                                .isTrue());
        JsonNode report = host.api().post("stores/" + id(shop) + "/check", null);
        assertThat(report.path("passed").asBoolean())
                .as(report.toPrettyString())
                .isTrue();
    }

    void turnOn(Host host, Shop shop) {
        turnOn(host, shop, Map.of("takeOpenOrders", false, "opening", "ADOPT"));
    }

    void turnOn(Host host, Shop shop, Map<String, Object> choices) {
        awaitRun(
                host,
                host.api().post("stores/" + id(shop) + "/turn-on", choices).path("run"));
    }

    /** Listings and orders in, inventory out; returns when that run has ended well. */
    void refresh(Host host, Shop shop) {
        awaitRun(host, host.api().post("stores/" + id(shop) + "/refresh", null).path("run"));
    }

    void refreshAll(Host host) {
        shops().stream().filter(ids::containsKey).forEach(shop -> refresh(host, shop));
    }

    /** The same where a connector comes and goes: what that refuses or interrupts is asked for again. */
    void refreshAllAtLast(Host host) {
        shops().stream().filter(ids::containsKey).forEach(shop -> eventually().until(() -> refreshed(host, shop)));
    }

    private boolean refreshed(Host host, Shop shop) {
        Api.Answer answer = host.api().send("POST", "stores/" + id(shop) + "/refresh", null);
        assertThat(answer.status()).as(answer.body().toPrettyString()).isIn(202, 409);
        return answer.status() == 202 && result(host, answer.body().path("run")).equals("DONE");
    }

    private static void awaitRun(Host host, JsonNode run) {
        String result = result(host, run);
        assertThat(result)
                .as(() -> host.api().get("runs/" + run.asLong()).toPrettyString())
                .isEqualTo("DONE");
    }

    /** How a run ended; waits until it has. */
    private static String result(Host host, JsonNode run) {
        assertThat(run.isIntegralNumber()).as("the answer names a run").isTrue();
        return eventually()
                .until(() -> host.api().get("runs/" + run.asLong()).path("result"), result -> result.isTextual())
                .asText();
    }

    JsonNode status(Host host, Shop shop) {
        return host.api().get("stores/" + id(shop));
    }

    /** What a buyer could order in a shop. */
    static long shelf(Shop shop, String sku) {
        return shop.shelf(shop.catalogue().variant(sku)).available();
    }

    static Variant variant(Shop shop, String sku) {
        return shop.catalogue().variant(sku);
    }

    /** Waits until every shop that lists the SKU shows this figure on each of its listings. */
    void awaitShelves(String sku, long wanted) {
        eventually().untilAsserted(() -> {
            for (Shop shop : shops()) {
                for (Variant variant : shop.catalogue().variants(sku)) {
                    assertThat(shop.shelf(variant).available())
                            .as("%s of %s", sku, shop)
                            .isEqualTo(wanted);
                }
            }
        });
    }

    void forgetCalls() {
        shops().forEach(shop -> shop.log().clear());
    }

    /** How many times figures were sent to a shop since {@link #forgetCalls}. */
    static long sent(Shop shop) {
        return shop.log().count(SET);
    }

    /** How many calls that sent figures named an item. */
    static long sent(Shop shop, Variant variant) {
        return shop.log().entries().stream()
                .filter(call -> call.fields().contains(SET))
                .filter(call -> call.variables().contains("/" + variant.itemId() + "\""))
                .count();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
