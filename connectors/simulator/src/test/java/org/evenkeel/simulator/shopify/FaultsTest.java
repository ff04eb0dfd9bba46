package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.evenkeel.simulator.Fault;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on purpose, and what the shop has done when it did. */
class FaultsTest extends ShopifyTestBase {
    private Variant apple;

    @BeforeEach
    void stock() {
        apple = shop.addProduct("Apple", "APPLE-1", 50);
    }

    private Object[] set(String key, long quantity) {
        Map<String, Object> row = Map.of(
                "inventoryItemId",
                new Item(apple).gid(),
                "locationId",
                InventoryFields.gid(shop.catalogue().mainLocation()),
                "quantity",
                quantity,
                "changeFromQuantity",
                50);
        Map<String, Object> input = Map.of("name", "available", "reason", "correction", "quantities", List.of(row));
        return new Object[] {"key", key, "input", input};
    }

    private long available() {
        return shop.shelf(apple).available();
    }

    @Test
    void aServerErrorDoesNothing() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.SERVER_ERROR).status(502));

        assertThat(client.send(SET, set("k1", 40)).statusCode()).isEqualTo(502);
        assertThat(available()).isEqualTo(50);
        client.data(SET, set("k1", 40));
        assertThat(available()).isEqualTo(40);
    }

    @Test
    void aThrottleSwitchThrottlesAsOftenAsTold() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.THROTTLED).times(2));
        for (int i = 0; i < 2; i++) {
            assertThat(client.call("{ shop { name } }")
                            .at("/errors/0/extensions/code")
                            .asText())
                    .isEqualTo("THROTTLED");
        }
        client.data("{ shop { name } }");
    }

    @Test
    void aFaultMayStrikeOneOperationOnly() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.SERVER_ERROR).on("inventorySetQuantities"));

        client.data("{ shop { name } }");
        assertThat(client.send(SET, set("k1", 40)).statusCode()).isEqualTo(503);
        assertThat(shop.faults().waiting()).isEmpty();
    }

    @Test
    void aConnectionMayBreakBeforeTheWrite() {
        shop.faults().add(Fault.next(Fault.Kind.DROP_BEFORE_WRITE));

        assertThatThrownBy(() -> client.send(SET, set("k1", 40))).isInstanceOf(IOException.class);
        assertThat(available()).isEqualTo(50);
    }

    @Test
    void aConnectionMayBreakAfterTheWriteAndTheKeyTellsWhatHappened() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.DROP_AFTER_WRITE));

        assertThatThrownBy(() -> client.send(SET, set("k1", 40))).isInstanceOf(IOException.class);
        assertThat(available()).isEqualTo(40);

        JsonNode again = client.data(SET, set("k1", 40)).path("inventorySetQuantities");
        assertThat(again.path("userErrors")).isEmpty();
        assertThat(again.at("/inventoryAdjustmentGroup/changes/0/delta").asInt())
                .isEqualTo(-10);
        assertThat(available()).isEqualTo(40);
    }

    @Test
    void anAnswerMayBeCutOff() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.MALFORMED));
        HttpResponse<String> response = client.send("{ shop { name } }");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> ShopifyClient.JSON.readTree(response.body())).isInstanceOf(IOException.class);
    }

    @Test
    void aTokenMayBeRevoked() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.UNAUTHORIZED));
        assertThat(client.send("{ shop { name } }").statusCode()).isEqualTo(401);
    }

    @Test
    void aHangingCallIsCarriedOutWhenItIsReleasedAndItsKeyIsTakenMeanwhile() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.HANG));
        CompletableFuture<HttpResponse<String>> hanging = client.sendAsync(SET, set("k1", 40));
        assertThat(shop.faults().awaitHanging(1, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(available()).isEqualTo(50);

        JsonNode same = client.data(SET, set("k1", 40)).path("inventorySetQuantities");
        assertThat(same.path("userErrors").findValuesAsText("code")).containsExactly("IDEMPOTENCY_CONCURRENT_REQUEST");

        shop.faults().release();
        JsonNode answer =
                ShopifyClient.JSON.readTree(hanging.get(10, TimeUnit.SECONDS).body());
        assertThat(answer.at("/data/inventorySetQuantities/userErrors")).isEmpty();
        assertThat(available()).isEqualTo(40);
    }

    @Test
    void aCallMayHangForAWhileAfterTheWrite() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.HANG_AFTER_WRITE));
        CompletableFuture<HttpResponse<String>> hanging = client.sendAsync(SET, set("k1", 40));
        assertThat(shop.faults().awaitHanging(1, 10, TimeUnit.SECONDS)).isTrue();

        assertThat(available()).isEqualTo(40);
        shop.faults().release();
        assertThat(hanging.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void anAbandonedCallIsNeverCarriedOut() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.HANG));
        CompletableFuture<HttpResponse<String>> hanging = client.sendAsync(SET, set("k1", 40));
        assertThat(shop.faults().awaitHanging(1, 10, TimeUnit.SECONDS)).isTrue();

        shop.faults().abandon();
        assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(available()).isEqualTo(50);
        client.data(SET, set("k1", 40));
        assertThat(available()).isEqualTo(40);
    }

    @Test
    void aHangWithALengthEndsByItself() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.HANG).lasting(Duration.ofMillis(30)));
        client.data("{ shop { name } }");
        assertThat(shop.faults().hanging()).isZero();
    }

    @Test
    void closingEndsCallsThatHang() throws Exception {
        shop.faults().add(Fault.next(Fault.Kind.HANG));
        CompletableFuture<HttpResponse<String>> hanging = client.sendAsync("{ shop { name } }");
        assertThat(shop.faults().awaitHanging(1, 10, TimeUnit.SECONDS)).isTrue();

        simulator.close();
        assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }
}
