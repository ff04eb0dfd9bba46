package org.evenkeel.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evenkeel.itests.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Shop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What people do with the deploy folder: drop a connector's jar in, replace it, take it out, while its lanes are at work and
 * the shops go on selling. One story, told in order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployFolderIT {
    private static final String SKU = "LANTERN";
    private static final String PUSH = "inventorySetQuantities";

    @RegisterExtension
    static final Host HOST = new Host();

    private static Stores stores;
    private static Shop harbour;
    private static Shop market;

    @BeforeAll
    static void twoShopsThatAreLevel() throws Exception {
        stores = Stores.of("harbour", "market");
        harbour = stores.shop("harbour");
        market = stores.shop("market");
        stores.list("Storm lantern", SKU, 100);
        stores.connectAll(HOST);
        HOST.api().awaitFigures(SKU, "100/0/100");
    }

    @AfterAll
    static void closeShops() {
        if (stores != null) {
            stores.close();
        }
    }

    @Test
    @Order(1)
    void aJarThatIsDroppedInTakesThePlaceOfItsBundle() throws Exception {
        order(harbour, 1);
        deploy();
        awaitOnTheStoresPage("connector.jar", "active");
        awaitConnected(true);
        stores.refreshAllAtLast(HOST);
        HOST.api().awaitFigures(SKU, "100/1/99");
        stores.awaitShelves(SKU, 99);
    }

    @Test
    @Order(2)
    void aJarIsReplacedInTheMiddleOfAPush() throws Exception {
        market.faults().add(Fault.next(Fault.Kind.HANG_AFTER_WRITE).on(PUSH));
        order(harbour, 4);
        refreshHarbourUntilItHangs(market);
        deploy();
        order(market, 2);
        eventually()
                .untilAsserted(() -> assertThat(market.faults().hanging())
                        .as("the call that hung was given up")
                        .isLessThanOrEqualTo(1));
        market.faults().abandon();
        awaitConnected(true);
        stores.refreshAllAtLast(HOST);
        HOST.api().awaitFigures(SKU, "100/7/93");
        stores.awaitShelves(SKU, 93);
    }

    @Test
    @Order(3)
    void withoutItsJarAStoreIsAwayAndKeepsItsPlace() throws Exception {
        harbour.faults().add(Fault.next(Fault.Kind.HANG).on("orders"));
        order(harbour, 3);
        refreshHarbourUntilItHangs(harbour);
        Files.delete(jar());
        awaitConnected(false);
        harbour.faults().abandon();
        order(harbour, 1);
        order(market, 1);
        assertThat(stores.status(HOST, harbour).path("state").asText()).isEqualTo("AWAY");
        assertThat(stores.status(HOST, harbour).path("explanation").asText()).isNotBlank();
        assertThat(HOST.page().get("/stores").body()).contains("away");
        assertThat(HOST.api().figures(SKU)).isEqualTo("100/7/93");
    }

    @Test
    @Order(4)
    void withItsJarAgainItGoesOnFromWhereItStopped() throws Exception {
        deploy();
        awaitConnected(true);
        stores.refreshAllAtLast(HOST);
        HOST.api().awaitFigures(SKU, "100/12/88");
        stores.awaitShelves(SKU, 88);
        assertThat(HOST.api().movements(SKU))
                .as("the opening and one booking for each of six orders")
                .hasSize(7);
        HOST.api().assertThatTheBooksAreRight();
    }

    @Test
    @Order(5)
    void aTruncatedJarIsReportedInWords() throws Exception {
        byte[] whole = Files.readAllBytes(Framework.jar("org.evenkeel.connector.shopify"));
        Path half = HOST.data().resolve("deploy").resolve("half.jar");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        awaitOnTheStoresPage("half.jar", "rejected");
        eventually().untilAsserted(() -> assertThat(HOST.log()).contains("half.jar"));
        assertThat(stores.status(HOST, harbour).path("connected").asBoolean())
                .as("the connector that runs is left alone")
                .isTrue();
        Files.delete(half);
        eventually()
                .untilAsserted(
                        () -> assertThat(HOST.page().get("/stores").body()).doesNotContain("half.jar"));
    }

    /** A refresh joins a full run under way, which may be past its pull of orders: it is asked for until it has its effect. */
    private static void refreshHarbourUntilItHangs(Shop there) {
        eventually().until(() -> {
            HOST.api().send("POST", "stores/" + stores.id(harbour) + "/refresh", null);
            return there.faults().awaitHanging(1, 500, TimeUnit.MILLISECONDS);
        });
    }

    private static Path jar() {
        return HOST.data().resolve("deploy").resolve("connector.jar");
    }

    /** As a careful person copies a file: whole or not at all. */
    private static void deploy() throws IOException {
        Path copy = HOST.data().resolve("cache").resolve("connector.copy");
        Files.copy(Framework.jar("org.evenkeel.connector.shopify"), copy, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(copy, java.nio.file.attribute.FileTime.from(java.time.Instant.now()));
        Files.move(copy, jar(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void order(Shop shop, int quantity) {
        shop.order(Stores.variant(shop, SKU), quantity);
    }

    private static void awaitConnected(boolean wanted) {
        for (Shop shop : stores.shops()) {
            eventually()
                    .untilAsserted(() -> assertThat(
                                    stores.status(HOST, shop).path("connected").asBoolean())
                            .as(stores.status(HOST, shop).toPrettyString())
                            .isEqualTo(wanted));
        }
    }

    private static void awaitOnTheStoresPage(String file, String state) {
        eventually().untilAsserted(() -> {
            String page = HOST.page().get("/stores").body();
            assertThat(page).contains(file);
            assertThat(page.substring(page.indexOf(file))).containsPattern("(?s)^.{0,400}" + state);
        });
    }
}
