package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.RateLimitedException;
import org.evenkeel.connector.StoreListing;
import org.evenkeel.connector.tck.TestCall;
import org.evenkeel.simulator.RequestLog;
import org.evenkeel.simulator.Shop;
import org.evenkeel.simulator.Simulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shop's budget is kept by design: it never has to refuse anything. By the machine's time, as the shop's bucket goes. */
@Timeout(120)
class WithinTheBudgetTest {
    private static final int FIGURES = 10_000;
    private static final int BATCH = 250;

    private final SharedBudgets budgets = new SharedBudgets();
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private Simulator simulator;
    private Shop shop;
    private ShopifyConnector connector;

    @BeforeEach
    void open() throws IOException {
        simulator =
                Simulator.builder().shop("orchard", TestConfig.TOKEN).build().start();
        shop = simulator.shop("orchard");
        for (int i = 0; i < FIGURES; i++) {
            shop.addProduct("Fruit " + i, "FRUIT-" + i, 10);
        }
        connector = instance();
    }

    private ShopifyConnector instance() {
        return new ShopifyConnector(
                TestConfig.valid()
                        .with("shop", simulator.address(shop).toString())
                        .build(),
                budgets);
    }

    @AfterEach
    void close() {
        connector.close();
        simulator.close();
    }

    private interface Asked<T> {
        T answer(Call call) throws ConnectorException;
    }

    /** What the lane does: the same call again, when the time has come. */
    private <T> T patiently(Asked<T> asked) throws ConnectorException {
        while (true) {
            try {
                return asked.answer(new TestCall(Duration.ofSeconds(20), new TestCall.State()));
            } catch (RateLimitedException limited) {
                waits.incrementAndGet();
                CompletableFuture.runAsync(
                                () -> {},
                                CompletableFuture.delayedExecutor(
                                        limited.retryAfter().toNanos(), TimeUnit.NANOSECONDS))
                        .join();
            }
        }
    }

    private List<StoreListing> pull(ShopifyConnector from, int most) throws ConnectorException {
        List<StoreListing> all = new ArrayList<>();
        String cursor = null;
        do {
            String at = cursor;
            ListingPage page = patiently(call -> from.listings(at, call));
            page.entries().forEach(entry -> all.add((StoreListing) entry));
            cursor = page.next();
        } while (cursor != null && all.size() < most);
        return all;
    }

    private void push(List<StoreListing> listings, long figure) throws ConnectorException {
        for (int from = 0; from < listings.size(); from += BATCH) {
            List<PushBatch.Item> items = listings.subList(from, Math.min(listings.size(), from + BATCH)).stream()
                    .map(listing -> item(listing, figure))
                    .toList();
            PushBatch batch = new PushBatch("key-" + keys.incrementAndGet(), items);
            List<PushOutcome> outcomes = patiently(call -> connector.push(batch, call));
            assertThat(outcomes).containsOnly(new PushOutcome.Acknowledged());
        }
    }

    private static PushBatch.Item item(StoreListing listing, long figure) {
        StoreListing.Figure there = listing.figures().get(0);
        ListingId id = listing.id();
        return new PushBatch.Item(
                new FigureTarget(id, listing.counter(), there.location()), listing.sku(), figure, there.quantity());
    }

    private List<String> refused() {
        return shop.log().entries().stream()
                .map(RequestLog.Entry::outcome)
                .filter(outcome -> outcome.contains("THROTTLED") || outcome.contains("COST"))
                .toList();
    }

    @Test
    void tenThousandFiguresArePushedWithoutOneRefusalOfTheShop() throws ConnectorException {
        shop.budget().set(100_000, 100_000);
        List<StoreListing> listings = pull(connector, FIGURES);
        assertThat(listings).hasSize(FIGURES);
        shop.budget().set(200, 30);
        patiently(call -> connector.check(call));
        shop.log().clear();
        waits.set(0);
        push(listings, 7);

        assertThat(refused()).isEmpty();
        assertThat(waits.get()).as("the budget was short").isPositive();
        assertThat(shop.shelf(shop.catalogue().variant("FRUIT-9999")).available())
                .isEqualTo(7);
    }

    @Test
    void twoInstancesOfOneShopPullAndPushWithoutOneRefusal() throws Exception {
        shop.budget().set(100_000, 100_000);
        List<StoreListing> listings = pull(connector, FIGURES);
        shop.budget().set(1000, 3_000);
        patiently(call -> connector.check(call));
        shop.log().clear();
        waits.set(0);
        ShopifyConnector second = instance();
        CompletableFuture<Integer> pulled = CompletableFuture.supplyAsync(() -> {
            try {
                return pull(second, 2_000).size();
            } catch (ConnectorException e) {
                throw new AssertionError(e);
            }
        });
        push(listings, 7);

        assertThat(pulled.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(2_000);
        assertThat(refused()).isEmpty();
        assertThat(waits.get()).as("the budget was short").isPositive();
        second.close();
    }
}
