package org.evenkeel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person with curl does. */
class ControlApiTest {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimClock clock = SimClock.standingAt(Instant.parse("2026-07-01T12:00:00Z"));
    private Simulator simulator;
    private Shop shop;
    private int status;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.builder()
                .clock(clock)
                .controlToken("control")
                .shop("north", "secret")
                .build()
                .start();
        shop = simulator.shop("north");
        shop.addProduct("Apple", "APPLE-1", 50);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        return call(method, path, body, "Bearer control");
    }

    private JsonNode call(String method, String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.address() + "/control" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        status = response.statusCode();
        return json.readTree(response.body());
    }

    private JsonNode get(String path) throws Exception {
        return call("GET", path, "");
    }

    private JsonNode post(String path, String body) throws Exception {
        JsonNode answer = call("POST", path, body);
        assertThat(status).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private String shelf() throws Exception {
        JsonNode shelf = get("/shops/north/shelves?sku=APPLE-1").get(0);
        return shelf.path("available").asInt() + " / " + shelf.path("committed").asInt() + " / "
                + shelf.path("onHand").asInt();
    }

    @Test
    void nobodyGetsInWithoutTheControlToken() throws Exception {
        for (String authorization : new String[] {null, "Bearer secret", "control"}) {
            call("GET", "/shops", "", authorization);
            assertThat(status).isEqualTo(401);
        }
    }

    @Test
    void shopsAreListedWithTheirAddressAndWithoutTheirTokens() throws Exception {
        JsonNode shops = get("/shops");
        assertThat(shops.at("/0/address").asText()).isEqualTo(simulator.address() + "/north");
        assertThat(shops.toString()).doesNotContain("secret");
    }

    @Test
    void anOrderIsPlacedShippedAndPartlySentBack() throws Exception {
        JsonNode order =
                post("/shops/north/orders", "{\"lines\":[{\"sku\":\"APPLE-1\",\"quantity\":4}],\"paid\":false}");
        String path = "/shops/north/orders/" + order.path("id").asLong();
        assertThat(order.path("payment").asText()).isEqualTo("PENDING");
        assertThat(shelf()).isEqualTo("46 / 4 / 50");

        assertThat(post(path + "/pay", "").path("payment").asText()).isEqualTo("PAID");
        post(path + "/fulfil", "{\"lines\":[{\"sku\":\"APPLE-1\",\"quantity\":3}]}");
        assertThat(shelf()).isEqualTo("46 / 1 / 47");
        post(path + "/cancel-shipments", "");
        assertThat(shelf()).isEqualTo("46 / 4 / 50");
        post(path + "/fulfil", "{\"lines\":[{\"sku\":\"APPLE-1\",\"quantity\":3}]}");
        post(path + "/refund", "{\"restock\":\"return\",\"lines\":[{\"sku\":\"APPLE-1\",\"quantity\":1}]}");
        assertThat(shelf()).isEqualTo("47 / 1 / 48");
    }

    @Test
    void ordersAreEditedCancelledAndDeleted() throws Exception {
        long id = post("/shops/north/orders", "{\"lines\":[{\"sku\":\"APPLE-1\",\"quantity\":4}]}")
                .path("id")
                .asLong();
        String path = "/shops/north/orders/" + id;
        JsonNode edited = post(path + "/edit", "{\"sku\":\"APPLE-1\",\"quantity\":1}");
        assertThat(edited.path("lines")).hasSize(2);
        long line = edited.at("/lines/0/id").asLong();
        post(path + "/edit", "{\"line\":" + line + ",\"quantity\":2,\"restock\":true}");
        assertThat(shelf()).isEqualTo("47 / 3 / 50");

        assertThat(post(path + "/cancel", "{\"restock\":false,\"reason\":\"fraud\"}")
                        .path("cancelledAt")
                        .isNull())
                .isFalse();
        assertThat(shelf()).isEqualTo("47 / 0 / 47");
        call("DELETE", path, "");
        assertThat(status).isEqualTo(200);
        get(path);
        assertThat(status).isEqualTo(404);
    }

    @Test
    void shelvesAndProductsAreEdited() throws Exception {
        post("/shops/north/shelves", "{\"sku\":\"APPLE-1\",\"available\":15}");
        assertThat(shelf()).isEqualTo("15 / 0 / 15");
        post("/shops/north/shelves", "{\"sku\":\"APPLE-1\",\"adjust\":-5}");
        post("/shops/north/shelves", "{\"sku\":\"APPLE-1\",\"holdBack\":2,\"why\":\"damaged\"}");
        assertThat(shelf()).isEqualTo("8 / 0 / 10");

        JsonNode pear = post("/shops/north/products", "{\"title\":\"Pear\",\"sku\":\"PEAR\",\"available\":3}");
        String path = "/shops/north/products/" + pear.path("id").asLong();
        JsonNode changed = call("PATCH", path, "{\"sku\":null,\"status\":\"draft\"}");
        assertThat(changed.path("sku").isNull()).isTrue();
        assertThat(changed.path("status").asText()).isEqualTo("DRAFT");
        call("DELETE", path, "");
        assertThat(get("/shops/north/products")).hasSize(1);
    }

    @Test
    void mistakesAreNamed() throws Exception {
        List<String[]> mistakes = List.of(
                new String[] {"/shops/nowhere/orders", "{}", "404", "no shop named nowhere"},
                new String[] {"/shops/north/orders", "{}", "422", "'lines'"},
                new String[] {"/shops/north/orders", "{\"lines\":[{\"quantity\":1}]}", "422", "'sku' is missing"},
                new String[] {
                    "/shops/north/orders", "{\"lines\":[{\"sku\":\"APPLE-1\",\"quantity\":1.5}]}", "422", "'quantity'"
                },
                new String[] {"/shops/north/orders", "{\"lines\":[{\"sku\":\"X\",\"quantity\":1}]}", "404", "SKU X"},
                new String[] {"/shops/north/faults", "{\"kind\":\"sunshine\"}", "422", "sunshine"},
                new String[] {"/clock", "{\"set\":\"noon\"}", "422", "noon"},
                new String[] {"/shops/north/orders", "{", "400", "no JSON"});
        for (String[] mistake : mistakes) {
            JsonNode answer = call("POST", mistake[0], mistake[1]);
            assertThat(status).as(mistake[1]).isEqualTo(Integer.parseInt(mistake[2]));
            assertThat(answer.path("error").asText()).contains(mistake[3]);
        }
        assertThat(call("PUT", "/shops", "").path("error").asText()).contains("GET, POST");
        assertThat(status).isEqualTo(405);
    }

    @Test
    void theClockIsMoved() throws Exception {
        assertThat(post("/clock", "{\"advance\":\"PT1M\"}").path("now").asText())
                .isEqualTo("2026-07-01T12:01:00Z");
        assertThat(post("/clock", "{\"set\":\"2026-08-01T00:00:00Z\"}")
                        .path("now")
                        .asText())
                .isEqualTo("2026-08-01T00:00:00Z");
        assertThat(post("/clock", "{\"run\":true}").path("standing").asBoolean())
                .isFalse();
        clock.set(Instant.EPOCH);
    }

    @Test
    void faultsAreSetAndCleared() throws Exception {
        JsonNode faults =
                post("/shops/north/faults", "{\"kind\":\"server_error\",\"times\":3,\"on\":\"orders\",\"status\":502}");
        assertThat(faults.at("/0/operation").asText()).isEqualTo("orders");
        assertThat(shop.faults().waiting())
                .containsExactly(Fault.next(Fault.Kind.SERVER_ERROR)
                        .times(3)
                        .on("orders")
                        .status(502));
        post("/shops/north/faults", "{\"kind\":\"duplicates\"}");
        assertThat(shop.faults().duplicates()).isTrue();

        call("DELETE", "/shops/north/faults", "");
        assertThat(shop.faults().waiting()).isEmpty();
        assertThat(shop.faults().duplicates()).isFalse();
    }

    @Test
    void customersComeOneByOne() throws Exception {
        post("/customers", "{\"do\":\"seed\",\"seed\":3}");
        JsonNode visit = post("/customers", "{\"do\":\"next\"}");
        assertThat(visit.path("shop").asText()).isEqualTo("north");
        assertThat(visit.path("what").asText()).isEqualTo("ordered");
    }

    @Test
    void budgetsAndLogsAreRead() throws Exception {
        post("/shops/north/budget", "{\"maximum\":20000,\"restoreRate\":1000}");
        assertThat(shop.budget().state().restoreRate()).isEqualTo(1000);
        assertThat(get("/shops/north/log").path("total").asLong()).isZero();
    }
}
