package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Notice;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.shopify.WebhookMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Webhooks from end to end: shops are told where to call back, on a port of its own, and nobody polls for a day. Each test has
 * its own SKU, so that they can run in any order.
 */
class WebhooksIT {
    @RegisterExtension
    static final Host HOST = new Host();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Stores stores;
    private static Shop north;
    private static int port;

    @BeforeAll
    static void threeShopsThatCallBack() throws Exception {
        port = freePort();
        configure("org.evenkeel.sync", "interval.minutes=I\"1440\"\norder.look.seconds=I\"0\"\n");
        configure("org.evenkeel.webhooks", "port=I\"" + port + "\"\n");
        configure(
                "org.evenkeel.public", "address=\"http://127.0.0.1:" + port + "\"\ntrusted.proxies=[\"127.0.0.1\"]\n");
        eventually().until(() -> post("/webhooks/nobody") == 404);

        stores = Stores.of("north", "south", "west");
        north = stores.shop("north");
        stores.shops().forEach(shop -> {
            shop.callbacks().setSecret(Stores.clientSecret(shop));
            shop.callbacks().setManner(shop.callbacks().manner().retry(Duration.ofMillis(200)));
        });
        for (String sku : new String[] {"APPLE", "BREAD", "CHEESE"}) {
            stores.list(sku, sku, 50);
        }
        stores.connectAll(HOST);
        stores.shops()
                .forEach(shop -> eventually()
                        .untilAsserted(() -> assertThat(addresses(shop))
                                .hasSizeGreaterThan(4)
                                .containsOnly("http://127.0.0.1:" + port + "/webhooks/" + stores.id(shop))));
    }

    @AfterAll
    static void closeShops() {
        if (stores != null) {
            stores.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void configure(String pid, String content) throws IOException {
        Path file = HOST.data().resolve("config").resolve(pid + ".config");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static List<String> addresses(Shop shop) {
        return shop.read(() -> shop.callbacks().all().stream()
                .map(one -> one.address().toString())
                .toList());
    }

    private static int post(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Test
    void aSaleReachesTheOtherStoresByItsWebhookAlone() {
        HOST.api().awaitFigures("APPLE", "50/0/50");
        north.order(Stores.variant(north, "APPLE"), 4);

        stores.awaitShelves("APPLE", 46);
        HOST.api().awaitFigures("APPLE", "50/4/46");
    }

    @Test
    void forgeriesAndReplaysBookNothingTwiceAndGenuineOnesGoOn() {
        HOST.api().awaitFigures("BREAD", "50/0/50");
        simulatedDuplicates(3);
        Order order = north.order(Stores.variant(north, "BREAD"), 5);
        stores.awaitShelves("BREAD", 45);
        simulatedDuplicates(1);

        URI address = URI.create("http://127.0.0.1:" + port + "/webhooks/" + stores.id(north));
        WebhookMessage genuine = WebhookMessage.order(north, "orders/updated", order, Stores.clientSecret(north));
        Map<Integer, Integer> replays = stores.simulator()
                .deliveries()
                .flood(address, new Notice.Message(genuine.headers(), genuine.body()), 300);
        // 0: found no connection in time, as happens to who floods.
        assertThat(replays.keySet()).isSubsetOf(0, 200, 429, 503).contains(200);
        WebhookMessage forged = WebhookMessage.forged(north);
        Map<Integer, Integer> forgeries = stores.simulator()
                .deliveries()
                .flood(address, new Notice.Message(forged.headers(), forged.body()), 300);
        assertThat(forgeries.keySet()).isSubsetOf(0, 401, 429, 503).contains(401);

        north.order(Stores.variant(north, "BREAD"), 1);
        stores.awaitShelves("BREAD", 44);
        HOST.api().awaitFigures("BREAD", "50/6/44");
        assertThat(HOST.api().movements("BREAD")).hasSize(3);
    }

    private static void simulatedDuplicates(int copies) {
        stores.simulator().deliver(north, north.callbacks().manner().copies(copies));
    }

    @Test
    void whatWasAnsweredIsPulledAfterTheHostDiedBeforeItsPull() throws Exception {
        HOST.api().awaitFigures("CHEESE", "50/0/50");
        north.faults().add(Fault.next(Fault.Kind.HANG).on("Orders").times(Integer.MAX_VALUE));
        north.order(Stores.variant(north, "CHEESE"), 7);
        assertThat(north.faults().awaitHanging(1, 30, TimeUnit.SECONDS)).isTrue();
        eventually()
                .untilAsserted(() -> assertThat(stores.simulator().deliveries().log())
                        .anyMatch(one -> one.shop().equals("north")
                                && one.topic().equals("ORDERS_CREATE")
                                && one.status() == 200));
        HOST.crash();
        north.faults().clear();
        north.faults().abandon();
        HOST.start();

        stores.awaitShelves("CHEESE", 43);
        HOST.api().awaitFigures("CHEESE", "50/7/43");
    }

    @Test
    void whatATrustedProxySaysOfTheClientIsBelieved() throws Exception {
        assertThat(cookie("X-Forwarded-For", "203.0.113.9")).isNotEmpty().doesNotContain("Secure");
        assertThat(cookie("Forwarded", "for=203.0.113.9;proto=https")).contains("Secure");
    }

    /** The cookie of a session begun through a proxy that adds that header. */
    private static String cookie(String header, String value) throws Exception {
        String form = "name=admin&password=" + URLEncoder.encode(HOST.password(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(HOST.address()).resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return String.join(";", answer.headers().allValues("Set-Cookie"));
    }

    @Test
    void thePortOfTheirOwnServesNothingElse() {
        for (String path : new String[] {"/", "/login", "/api/stores", "/system/console/bundles", "/system/health"}) {
            assertThat(post(path)).as(path).isEqualTo(404);
        }
    }
}
