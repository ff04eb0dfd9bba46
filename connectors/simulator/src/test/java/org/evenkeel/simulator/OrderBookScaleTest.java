package org.evenkeel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shop of the size that a replay of real orders makes. */
class OrderBookScaleTest {
    private static final int ORDERS = 20_000;
    private static final int LINES = 10;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String CHANGES = """
            query Changes($query: String) {
              orders(first: 50, sortKey: UPDATED_AT, query: $query) {
                nodes { name lineItems(first: 15) { nodes { id sku quantity } } }
              }
            }""";

    @Test
    void changesAreFoundAtOnceAmongTwentyThousandOrders() throws Exception {
        SimClock clock = SimClock.standingAt(Instant.parse("2026-01-01T00:00:00Z"));
        try (Simulator simulator =
                Simulator.builder().clock(clock).shop("north", "t").build().start()) {
            Shop shop = simulator.shop("north");
            Variant apple = shop.addProduct("Apple", "A", 0);
            for (int i = 0; i < ORDERS; i++) {
                Basket basket = Basket.empty();
                for (int line = 0; line < LINES; line++) {
                    basket = basket.and(apple, 1);
                }
                shop.sales().place(basket);
                clock.advance(Duration.ofSeconds(1));
            }
            String late = clock.instant().minusSeconds(5).toString();

            ask(simulator, shop, late);
            long before = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                assertThat(ask(simulator, shop, late).at("/data/orders/nodes")).hasSize(5);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - before);

            // A scan of all orders takes minutes for this many calls; the bound is far from both.
            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(shop.shelf(apple)).isEqualTo(new Figures(-ORDERS * LINES, ORDERS * LINES, 0));
        }
    }

    private static JsonNode ask(Simulator simulator, Shop shop, String since) throws Exception {
        shop.budget().set(2000, 100);
        ObjectMapper json = new ObjectMapper();
        String body = json.writeValueAsString(
                Map.of("query", CHANGES, "variables", Map.of("query", "updated_at:>='" + since + "'")));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(simulator.address(shop) + "/admin/api/2026-07/graphql.json"))
                .header("X-Shopify-Access-Token", "t")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
