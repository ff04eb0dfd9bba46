package org.evenkeel.simulator.shopify;

import java.io.IOException;
import java.time.Instant;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.SimClock;
import org.evenkeel.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator with one shop and a caller, for each test. */
abstract class ShopifyTestBase {
    static final String SET = """
            mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
              inventorySetQuantities(input: $input) @idempotent(key: $key) {
                inventoryAdjustmentGroup {
                  reason referenceDocumentUri
                  changes { name delta quantityAfterChange item { id } location { id } }
                }
                userErrors { code field message }
              }
            }""";

    final SimClock clock = SimClock.standingAt(Instant.parse("2026-07-01T12:00:00.750Z"));
    Simulator simulator;
    Shop shop;
    ShopifyClient client;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.builder().clock(clock).shop("north", "secret").build();
        simulator.start();
        shop = simulator.shop("north");
        client = new ShopifyClient(simulator.address(shop), "secret");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }
}
