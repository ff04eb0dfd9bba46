package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Variant;
import org.evenkeel.simulator.shopify.WebhookMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The worked examples of what the numbers mean, from end to end: shops that speak their real protocol, the distribution as it
 * is shipped, and nothing asked of it but over HTTP. Each example has its own SKU, so that they can run in any order.
 */
class WorkedExamplesIT {
    @RegisterExtension
    static final Host HOST = new Host();

    private static Stores stores;
    private static Shop north;
    private static Shop south;
    private static Shop west;
    private static Order orderBeforeTurningOn;

    @BeforeAll
    static void threeShopsThatAreLevel() throws Exception {
        stores = Stores.of("north", "south", "west");
        north = stores.shop("north");
        south = stores.shop("south");
        west = stores.shop("west");
        stores.list("Apples", "APPLE", 50);
        stores.list("Bread", "BREAD", 10);
        stores.list("Pears", "PEAR", 30);
        north.addProduct("Pears in a gift box", "PEAR", 30);
        stores.list("Cheese", "CHEESE", 20);
        stores.list("Old wine", "WINE", 17);
        stores.list("Salt", "SALT", 100);
        stores.list("Melons", "MELON", 12);
        north.addProduct("Hand-lettered cards", null, 25);
        stores.yesterday(() -> {
            orderBeforeTurningOn = north.order(Stores.variant(north, "WINE"), 3);
            south.order(Stores.variant(south, "WINE"), 3);
            west.order(Stores.variant(west, "WINE"), 3);
        });
        stores.connectAll(HOST);
    }

    @AfterAll
    static void closeShops() {
        if (stores != null) {
            stores.close();
        }
    }

    @Test
    void fiftyApplesAnOrderForFourAndItsFulfilment() {
        HOST.api().awaitFigures("APPLE", "50/0/50");
        Variant apples = Stores.variant(north, "APPLE");

        Order order = north.order(apples, 4);
        stores.refresh(HOST, north);
        HOST.api().awaitFigures("APPLE", "50/4/46");
        stores.awaitShelves("APPLE", 46);
        awaitLevel("APPLE");

        stores.forgetCalls();
        north.sales().fulfil(order);
        stores.refresh(HOST, north);
        HOST.api().awaitFigures("APPLE", "46/0/46");
        // Whatever could still have been on its way goes with a full round of every store.
        stores.refreshAll(HOST);
        for (Shop shop : stores.shops()) {
            assertThat(Stores.sent(shop, Stores.variant(shop, "APPLE")))
                    .as("what %s was told after the fulfilment", shop)
                    .isZero();
        }
        assertThat(HOST.api().movements("APPLE")).hasSize(3);
    }

    @Test
    void aSignedWebhookBringsAnOrderAtOnceAndAForgedOneNothing() throws Exception {
        HOST.api().awaitFigures("MELON", "12/0/12");
        Order order = north.order(Stores.variant(north, "MELON"), 5);

        assertThat(webhook(WebhookMessage.order(north, "orders/create", order, "shpss_of-somebody-else")))
                .isEqualTo(401);
        assertThat(HOST.api().figures("MELON")).isEqualTo("12/0/12");

        WebhookMessage genuine = WebhookMessage.order(north, "orders/create", order, Stores.clientSecret(north));
        assertThat(webhook(genuine)).isEqualTo(200);
        HOST.api().awaitFigures("MELON", "12/5/7");
        stores.awaitShelves("MELON", 7);

        assertThat(webhook(genuine.again())).isEqualTo(200);
        awaitLevel("MELON");
        assertThat(HOST.api().movements("MELON")).hasSize(2);
    }

    /** Delivers a webhook as the shop would. @return the status of the answer */
    private static int webhook(WebhookMessage message) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(HOST.address()).resolve("/webhooks/" + stores.id(north)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()));
        message.headers().forEach(request::header);
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void tenBecomesFifteenInAllStores() {
        HOST.api().awaitFigures("BREAD", "10/0/10");
        HOST.api().set("BREAD", 15);
        assertThat(HOST.api().figures("BREAD")).isEqualTo("15/0/15");
        stores.awaitShelves("BREAD", 15);
        awaitLevel("BREAD");
    }

    @Test
    void oneSkuInSeveralListingsIsOneProductAndEachListingIsTold() {
        assertThat(HOST.api().listings("PEAR")).hasSize(4);
        List<Variant> both = north.catalogue().variants("PEAR");
        north.order(both.get(1), 5);
        stores.refresh(HOST, north);
        HOST.api().awaitFigures("PEAR", "30/5/25");
        stores.awaitShelves("PEAR", 25);
        awaitLevel("PEAR");
        assertThat(north.shelf(both.get(0)).available()).isEqualTo(25);
    }

    @Test
    void aListingWithoutSkuIsShownAndNeverPushed() {
        Variant cards = north.read(() -> north.catalogue().variants().values().stream()
                .filter(variant -> variant.sku() == null)
                .findFirst()
                .orElseThrow());
        stores.refresh(HOST, north);
        JsonNode shown = HOST.api()
                .get("listings?state=NO_SKU&store=" + stores.id(north))
                .path("items");
        assertThat(shown).singleElement().satisfies(listing -> {
            assertThat(listing.path("title").asText()).contains("Hand-lettered cards");
            assertThat(listing.path("stateReason").asText()).isNotBlank();
        });
        assertThat(Stores.sent(north, cards)).isZero();
        assertThat(north.shelf(cards).available()).isEqualTo(25);
    }

    @Test
    void aManualEditInAStoreIsOverwrittenAtTheNextSync() {
        HOST.api().awaitFigures("CHEESE", "20/0/20");
        awaitLevel("CHEESE");
        south.stock()
                .setAvailable(Stores.variant(south, "CHEESE"), south.catalogue().mainLocation(), 99);
        stores.refresh(HOST, south);
        stores.awaitShelves("CHEESE", 20);
        assertThat(HOST.api().figures("CHEESE")).isEqualTo("20/0/20");
    }

    @Test
    void ordersPlacedBeforeTurningOnAreNotBooked() {
        HOST.api().awaitFigures("WINE", "14/0/14");
        // It is sent now, and so seen for the first time: what left the shelf for it never was in In Stock.
        north.sales().fulfil(orderBeforeTurningOn);
        stores.refresh(HOST, north);
        assertThat(HOST.api()
                        .get("orders?store=" + stores.id(north) + "&q=" + Api.encoded(orderBeforeTurningOn.name()))
                        .path("items"))
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.path("beforeTurnOn").asBoolean()).isTrue();
                    assertThat(order.path("lines").path(0).path("booked").asLong())
                            .isZero();
                });
        assertThat(HOST.api().figures("WINE")).isEqualTo("14/0/14");

        north.order(Stores.variant(north, "WINE"), 1);
        stores.refresh(HOST, north);
        HOST.api().awaitFigures("WINE", "14/1/13");
        stores.awaitShelves("WINE", 13);
    }

    @Test
    void aCrashInTheMiddleLosesNothingAndBooksNothingTwice() throws Exception {
        HOST.api().awaitFigures("SALT", "100/0/100");
        // South carries the new figure out and never answers; the host dies while it waits.
        south.faults().add(Fault.next(Fault.Kind.HANG_AFTER_WRITE).on("inventorySetQuantities"));
        for (int i = 0; i < 20; i++) {
            north.order(Stores.variant(north, "SALT"), 1);
        }
        HOST.api().post("stores/" + stores.id(north) + "/refresh", null);
        assertThat(south.faults().awaitHanging(1, 60, TimeUnit.SECONDS))
                .as("a push to south is under way")
                .isTrue();
        west.order(Stores.variant(west, "SALT"), 2);
        HOST.crash();
        south.order(Stores.variant(south, "SALT"), 3);
        south.faults().abandon();
        south.faults().clear();

        HOST.start();
        stores.refreshAll(HOST);
        HOST.api().awaitFigures("SALT", "100/25/75");
        stores.awaitShelves("SALT", 75);
        awaitLevel("SALT");
        stores.refreshAll(HOST);
        assertThat(HOST.api().figures("SALT")).isEqualTo("100/25/75");
        // The opening and one booking for each of the 22 orders.
        assertThat(HOST.api().movements("SALT")).hasSize(23);
        HOST.api().assertThatTheBooksAreRight();
    }

    @Test
    void aRemovedStoreKeepsItsHistory() throws Exception {
        try (Stores others = Stores.of("east")) {
            Shop east = others.shop("east");
            Variant tea = east.addProduct("Tea", "TEA", 8);
            others.connect(HOST, east);
            HOST.api().awaitFigures("TEA", "8/0/8");
            Order order = east.order(tea, 2);
            others.refresh(HOST, east);
            HOST.api().awaitFigures("TEA", "8/2/6");
            String id = others.id(east);

            HOST.api().delete("stores/" + id);
            eventually()
                    .untilAsserted(() -> assertThat(
                                    others.status(HOST, east).path("state").asText())
                            .isEqualTo("REMOVED"));
            assertThat(others.status(HOST, east).path("removedAt").isTextual()).isTrue();
            assertThat(HOST.api().get("orders?store=" + id).path("items"))
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.path("name").asText()).isEqualTo(order.name()));
            assertThat(HOST.api().movements("TEA")).hasSize(2);
            assertThat(HOST.data().resolve("stores").toFile().list())
                    .as("its settings are gone")
                    .noneMatch(file -> file.contains(id));

            others.forgetCalls();
            HOST.api().add("TEA", 5);
            stores.refreshAll(HOST);
            assertThat(east.log().total()).as("calls to a removed store").isZero();
            assertThat(Stores.shelf(east, "TEA")).isEqualTo(6);
        }
    }

    @Test
    void aStoreThatIsRefusedSaysSoAndItsSecretStaysSecret() throws Exception {
        try (Stores others = Stores.of("locked")) {
            Shop locked = others.shop("locked");
            String wrong = Stores.newToken();
            HOST.keepSecret(wrong);
            others.add(HOST, locked);
            String id = others.id(locked);
            HOST.api()
                    .put(
                            "stores/" + id + "/settings",
                            Map.of(
                                    "values",
                                    Map.of("shop", List.of(others.address(locked)), ".accessToken", List.of(wrong))));
            eventually()
                    .untilAsserted(() -> assertThat(others.status(HOST, locked)
                                    .path("connected")
                                    .asBoolean())
                            .isTrue());
            eventually().untilAsserted(() -> {
                JsonNode report = HOST.api().post("stores/" + id + "/check", null);
                assertThat(report.path("passed").asBoolean())
                        .as(report.toPrettyString())
                        .isFalse();
                assertThat(report.path("findings").toString()).contains("token");
            });
            Api.Answer refused = HOST.api().send("POST", "stores/" + id + "/turn-on", Map.of());
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.contentType()).startsWith("application/problem+json");
            HOST.assertThatNoSecretIsLogged();
        }
    }

    @Test
    void oversoldProductsFallToZeroEverywhereAndTheShortageIsShown() {
        stores.list("Last lamp", "LAMP", 1);
        stores.refreshAll(HOST);
        HOST.api().awaitFigures("LAMP", "1/0/1");
        awaitLevel("LAMP");
        north.sales().place(Basket.of(Stores.variant(north, "LAMP"), 1));
        west.sales().place(Basket.of(Stores.variant(west, "LAMP"), 1));
        stores.refresh(HOST, north);
        stores.refresh(HOST, west);
        HOST.api().awaitFigures("LAMP", "1/2/-1");
        eventually().untilAsserted(() -> assertThat(Stores.shelf(south, "LAMP")).isZero());
        assertThat(HOST.api().product("LAMP").path("forSale").asLong()).isZero();
        assertThat(HOST.api().get("products?filter=OVERSOLD").path("items").toString())
                .contains("LAMP");
    }

    /** Every listing of the product was told, and said so. */
    private static void awaitLevel(String sku) {
        eventually().untilAsserted(() -> {
            JsonNode product = HOST.api().product(sku);
            for (JsonNode listing : HOST.api().listings(sku)) {
                assertThat(listing.path("state").asText())
                        .as(listing.toPrettyString())
                        .isEqualTo("ACTIVE");
                for (JsonNode figure : listing.path("figures")) {
                    assertThat(figure.path("belief").asLong(-1))
                            .as(figure.toPrettyString())
                            .isEqualTo(product.path("forSale").asLong());
                    assertThat(figure.path("due").asBoolean()).isFalse();
                }
            }
        });
    }
}
