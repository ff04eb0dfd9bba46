package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.evenkeel.simulator.Budget;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.Test;

/** What calls cost, and what happens to those who spend too much. */
class BudgetTest extends ShopifyTestBase {
    private static String items(int first) {
        return "{ productVariants(first: " + first + ") { nodes { id inventoryItem { inventoryLevels(first: 3) {"
                + " nodes { location { id } quantities(names: [\"available\"]) { quantity } } } } } } }";
    }

    private static long cost(JsonNode answer, String which) {
        return answer.at("/extensions/cost/" + which).asLong();
    }

    @Test
    void costIsAskedForByThePageAndPaidByTheObject() throws Exception {
        Variant apple = shop.addProduct("Apple", "A", 1);
        JsonNode answer = client.call(
                "query One($id: ID!) { inventoryItem(id: $id) { inventoryLevels(first: 3) {"
                        + " nodes { location { id } quantities(names: [\"available\"]) { quantity } } } } }",
                "id",
                new Item(apple).gid());

        // As measured at Shopify for this operation: 12 asked for, 6 paid where one level exists.
        assertThat(cost(answer, "requestedQueryCost")).isEqualTo(12);
        assertThat(cost(answer, "actualQueryCost")).isEqualTo(6);
        JsonNode status = answer.at("/extensions/cost/throttleStatus");
        assertThat(status.path("maximumAvailable").asLong()).isEqualTo(2000);
        assertThat(status.path("restoreRate").asLong()).isEqualTo(100);
        assertThat(status.path("currentlyAvailable").asLong()).isBetween(1994L, 2000L);
    }

    @Test
    void aCallOfMoreThanAThousandPointsIsRefused() throws Exception {
        JsonNode answer = client.call(items(250));

        JsonNode error = answer.at("/errors/0");
        assertThat(error.at("/extensions/code").asText()).isEqualTo("MAX_COST_EXCEEDED");
        assertThat(error.at("/extensions/maxCost").asInt()).isEqualTo(1000);
        assertThat(error.path("message").asText())
                .isEqualTo("Query cost is " + error.at("/extensions/cost").asLong()
                        + ", which exceeds the single query max cost limit (1000).");
        assertThat(answer.has("data")).isFalse();
    }

    @Test
    void anEmptyBudgetThrottlesWithStatus200() throws Exception {
        shop.budget().set(2000, 0);
        shop.budget().drain();
        JsonNode answer = client.call("{ shop { name } }");

        assertThat(answer.at("/errors/0/message").asText()).isEqualTo("Throttled");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("THROTTLED");
        assertThat(answer.at("/extensions/cost/actualQueryCost").isNull()).isTrue();
        assertThat(cost(answer, "throttleStatus/currentlyAvailable")).isZero();
        assertThat(shop.log().entries().get(0).outcome()).isEqualTo("THROTTLED");
    }

    @Test
    void theBucketFillsAtItsRateUpToItsSize() {
        AtomicLong nanos = new AtomicLong();
        Budget budget = new Budget(nanos::get);
        budget.set(100, 50);

        assertThat(budget.take(100)).isTrue();
        assertThat(budget.take(1)).isFalse();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(budget.state().available()).isEqualTo(50);
        assertThat(budget.take(51)).isFalse();
        assertThat(budget.take(50)).isTrue();
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(budget.state().available()).isEqualTo(100);
    }

    @Test
    void pagesHaveAtMost250Objects() throws Exception {
        assertThat(client.call("{ orders(first: 251) { nodes { id } } }")
                        .at("/errors/0/message")
                        .asText())
                .contains("'first'", "251");
        assertThat(client.call("{ orders { nodes { id } } }")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("you must provide one of first or last");
    }

    @Test
    void aCursorFitsOnlyItsOwnSort() throws Exception {
        shop.order(shop.addProduct("Apple", "A", 1), 1);
        String cursor = client.data("{ orders(first: 1, sortKey: ID) { pageInfo { endCursor } } }")
                .at("/orders/pageInfo/endCursor")
                .asText();

        JsonNode answer = client.call(
                "query Next($after: String) { orders(first: 1, sortKey: UPDATED_AT, after: $after) { nodes { id } } }",
                "after",
                cursor);
        assertThat(answer.at("/errors/0/message").asText()).isEqualTo("Invalid cursor for current pagination sort.");
    }

    @Test
    void pagingEndsAt25000Objects() throws Exception {
        shop.budget().set(1e9, 1e9);
        for (int i = 0; i < 25_010; i++) {
            shop.catalogue().addProduct("P", null);
        }
        String query = "query Deep($after: String) { productVariants(first: 250, after: $after) { nodes { id }"
                + " pageInfo { hasNextPage endCursor } } }";
        List<String> ids = new ArrayList<>();
        String after = null;
        for (int page = 0; page < 100; page++) {
            JsonNode read = client.data(query, "after", after).path("productVariants");
            ids.addAll(read.path("nodes").findValuesAsText("id"));
            after = read.at("/pageInfo/endCursor").asText();
            assertThat(read.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        }
        assertThat(ids).hasSize(25_000).doesNotHaveDuplicates();
        assertThat(client.call(query, "after", after).at("/errors/0/message").asText())
                .contains("25000");
    }
}
