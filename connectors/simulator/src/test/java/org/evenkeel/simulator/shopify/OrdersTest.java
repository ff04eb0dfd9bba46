package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evenkeel.simulator.Basket;
import org.evenkeel.simulator.Figures;
import org.evenkeel.simulator.Fulfilment;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.OrderLine;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of an order: what the shelves do and what Shopify's counts say at each step. */
class OrdersTest extends ShopifyTestBase {
    private static final String ORDER = """
            query Order($id: ID!) {
              order(id: $id) {
                name updatedAt cancelledAt closed edited displayFinancialStatus displayFulfillmentStatus
                lineItems(first: 5) {
                  nodes {
                    id sku quantity currentQuantity unfulfilledQuantity nonFulfillableQuantity refundableQuantity
                    variant { id }
                  }
                }
                fulfillments(first: 3) {
                  status location { name }
                  fulfillmentLineItems(first: 5) { nodes { quantity lineItem { id } } }
                }
                refunds(first: 3) {
                  refundLineItems(first: 5) {
                    nodes { quantity restockType restocked location { name } lineItem { id } }
                  }
                }
                fulfillmentOrders(first: 5) {
                  nodes { status assignedLocation { location { name } } lineItems(first: 5) { nodes { remainingQuantity } } }
                }
              }
            }""";

    private Variant apple;

    @BeforeEach
    void stock() {
        apple = shop.addProduct("Apple", "APPLE-1", 50);
        shop.budget().set(1_000_000, 1_000_000);
    }

    private JsonNode read(Order order) throws Exception {
        return client.data(ORDER, "id", OrderFields.gid(order)).path("order");
    }

    /** quantity, currentQuantity, unfulfilledQuantity, nonFulfillableQuantity of a line. */
    private static List<Integer> counts(JsonNode order, int line) {
        JsonNode node = order.at("/lineItems/nodes/" + line);
        return List.of(
                node.path("quantity").asInt(),
                node.path("currentQuantity").asInt(),
                node.path("unfulfilledQuantity").asInt(),
                node.path("nonFulfillableQuantity").asInt());
    }

    private static String refund(JsonNode order, int index) {
        JsonNode line = order.at("/refunds/" + index + "/refundLineItems/nodes/0");
        return line.path("quantity").asInt() + " " + line.path("restockType").asText() + " "
                + (line.path("restocked").asBoolean()
                        ? "at " + line.at("/location/name").asText()
                        : "not restocked");
    }

    // ---- the worked example and its steps

    @Test
    void placedThenShipped() throws Exception {
        Order order = shop.order(apple, 4);
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(46, 4, 0));
        assertThat(counts(read(order), 0)).containsExactly(4, 4, 4, 0);
        assertThat(read(order).path("displayFulfillmentStatus").asText()).isEqualTo("UNFULFILLED");

        shop.sales().fulfil(order);
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(46, 0, 0));
        JsonNode shipped = read(order);
        assertThat(counts(shipped, 0)).containsExactly(4, 4, 0, 0);
        assertThat(shipped.path("displayFulfillmentStatus").asText()).isEqualTo("FULFILLED");
        assertThat(shipped.at("/fulfillments/0/location/name").asText()).isEqualTo("Main street");
        assertThat(shipped.at("/fulfillmentOrders/nodes/0/status").asText()).isEqualTo("CLOSED");
    }

    @Test
    void anUnpaidOrderReservesAndIsPaidLater() throws Exception {
        Order order = shop.sales().place(Basket.of(apple, 3).unpaid());
        assertThat(shop.shelf(apple).available()).isEqualTo(47);
        assertThat(read(order).path("displayFinancialStatus").asText()).isEqualTo("PENDING");

        shop.sales().pay(order);
        assertThat(read(order).path("displayFinancialStatus").asText()).isEqualTo("PAID");
    }

    @Test
    void partlyShipped() throws Exception {
        Order order = shop.order(apple, 5);
        shop.sales().fulfil(order, order.line(0), 2);

        JsonNode read = read(order);
        assertThat(counts(read, 0)).containsExactly(5, 5, 3, 0);
        assertThat(read.path("displayFulfillmentStatus").asText()).isEqualTo("PARTIALLY_FULFILLED");
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(45, 3, 0));
    }

    @Test
    void fiveOrderedTwoShippedOneOfThemBackLeavesThreeOpen() throws Exception {
        Order order = shop.order(apple, 5);
        shop.sales().fulfil(order, order.line(0), 2);
        shop.sales().refund(order, order.line(0), 1, Refund.Restock.RETURN);

        JsonNode read = read(order);
        assertThat(counts(read, 0)).containsExactly(5, 4, 3, 0);
        assertThat(refund(read, 0)).isEqualTo("1 RETURN at Main street");
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(46, 3, 0));
    }

    @Test
    void shippedFromElsewhere() throws Exception {
        Location depot = shop.catalogue().addLocation("Depot");
        shop.stock().setAvailable(apple, depot, 10);
        Order order = shop.sales().place(Basket.of(apple, 4).at(shop.catalogue().mainLocation()));
        List<Fulfilment> shipped = shop.sales().fulfil(order, depot, Map.of(order.line(0), 4));

        assertThat(shop.shelf(apple)).isEqualTo(new Figures(50, 0, 0));
        assertThat(shop.stock().figures(apple, depot)).isEqualTo(new Figures(6, 0, 0));
        assertThat(read(order).at("/fulfillments/0/location/name").asText()).isEqualTo("Depot");

        shop.sales().cancelFulfilment(shipped.get(0));
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(46, 4, 0));
        assertThat(shop.stock().figures(apple, depot)).isEqualTo(new Figures(10, 0, 0));
        JsonNode read = read(order);
        assertThat(read.at("/fulfillments/0/status").asText()).isEqualTo("CANCELLED");
        assertThat(counts(read, 0)).containsExactly(4, 4, 4, 0);
    }

    // ---- units that leave

    @Test
    void cancelledWithRestock() throws Exception {
        Order order = shop.order(apple, 4);
        shop.sales().cancel(order, true);

        JsonNode read = read(order);
        assertThat(read.path("cancelledAt").asText()).isEqualTo("2026-07-01T12:00:00Z");
        assertThat(counts(read, 0)).containsExactly(4, 0, 0, 4);
        assertThat(refund(read, 0)).isEqualTo("4 CANCEL at Main street");
        assertThat(read.path("displayFulfillmentStatus").asText()).isEqualTo("RESTOCKED");
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(50, 0, 0));
    }

    @Test
    void cancelledWithoutRestock() throws Exception {
        Order order = shop.order(apple, 4);
        shop.sales().cancel(order, false);

        assertThat(refund(read(order), 0)).isEqualTo("4 NO_RESTOCK not restocked");
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(46, 0, 0));
        assertThat(shop.shelf(apple).onHand()).isEqualTo(46);
    }

    @Test
    void cancelledUnpaidIsVoided() throws Exception {
        Order order = shop.sales().place(Basket.of(apple, 4).unpaid());
        shop.sales().cancel(order, true);
        assertThat(read(order).path("displayFinancialStatus").asText()).isEqualTo("VOIDED");
    }

    @Test
    void cancelledWithoutARefundOnlyTheCountsTell() throws Exception {
        shop.sales().setRemovalsAreRefunds(false);
        Order order = shop.order(apple, 4);
        shop.sales().cancel(order, true);

        JsonNode read = read(order);
        assertThat(read.path("refunds")).isEmpty();
        assertThat(counts(read, 0)).containsExactly(4, 0, 0, 4);
    }

    @Test
    void refundedWithoutRestockTakesOpenUnitsFirst() throws Exception {
        Order order = shop.order(apple, 5);
        shop.sales().fulfil(order, order.line(0), 3);
        shop.sales().refund(order, order.line(0), 4, Refund.Restock.NO_RESTOCK);

        JsonNode read = read(order);
        assertThat(counts(read, 0)).containsExactly(5, 1, 0, 2);
        assertThat(refund(read, 0)).isEqualTo("4 NO_RESTOCK not restocked");
        // Two open units are gone from the shelf; the two shipped ones stay with the customer.
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(45, 0, 0));
    }

    @Test
    void refundOfOpenUnitsWithRestock() throws Exception {
        Order order = shop.order(apple, 5);
        shop.sales().refund(order, order.line(0), 2, Refund.Restock.CANCEL);

        assertThat(counts(read(order), 0)).containsExactly(5, 3, 3, 2);
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(47, 3, 0));
        assertThat(read(order).path("displayFinancialStatus").asText()).isEqualTo("PARTIALLY_REFUNDED");
    }

    @Test
    void aReturnMayComeBackElsewhere() throws Exception {
        Location depot = shop.catalogue().addLocation("Depot");
        Order order = shop.order(apple, 2);
        shop.sales().fulfil(order);
        shop.sales().refund(order, Map.of(order.line(0), 2), Refund.Restock.RETURN, depot);

        assertThat(refund(read(order), 0)).isEqualTo("2 RETURN at Depot");
        assertThat(shop.stock().figures(apple, depot)).isEqualTo(new Figures(2, 0, 0));
        assertThat(read(order).path("displayFinancialStatus").asText()).isEqualTo("REFUNDED");
    }

    // ---- edits and deletion

    @Test
    void editsAddLowerAndRemoveLines() throws Exception {
        Variant pear = shop.addProduct("Pear", "PEAR-1", 20);
        Order order = shop.order(apple, 5);
        OrderLine added = shop.sales().addLine(order, pear, 2);
        shop.sales().setQuantity(order, order.line(0), 3, true);

        JsonNode read = read(order);
        assertThat(read.path("edited").asBoolean()).isTrue();
        assertThat(counts(read, 0)).containsExactly(5, 3, 3, 2);
        assertThat(counts(read, 1)).containsExactly(2, 2, 2, 0);
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(47, 3, 0));
        assertThat(shop.shelf(pear)).isEqualTo(new Figures(18, 2, 0));

        shop.sales().setQuantity(order, order.line(0), 6, true);
        shop.sales().setQuantity(order, added, 0, false);
        assertThat(counts(read(order), 0)).containsExactly(8, 6, 6, 2);
        assertThat(counts(read(order), 1)).containsExactly(2, 0, 0, 2);
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(44, 6, 0));
        assertThat(shop.shelf(pear)).isEqualTo(new Figures(18, 0, 0));
    }

    @Test
    void aDeletedOrderIsGoneAndItsOpenUnitsAreBack() throws Exception {
        Order order = shop.order(apple, 4);
        shop.sales().delete(order);

        assertThat(read(order).isNull()).isTrue();
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(50, 0, 0));
    }

    @Test
    void linesWithoutAVariantAndLinesWhoseVariantIsGone() throws Exception {
        Order order = shop.sales().place(Basket.of(apple, 1).andCustom("Gift wrapping", "POST", 1));
        shop.catalogue().delete(apple);

        JsonNode lines = read(order).at("/lineItems/nodes");
        assertThat(lines.findValuesAsText("sku")).containsExactly("APPLE-1", "POST");
        assertThat(lines.findValues("variant")).allMatch(JsonNode::isNull);
    }

    @Test
    void oversoldGoesBelowZeroWhereItIsForcedAndIsRefusedAtTheCheckout() {
        assertThat(shop.sales().checkout(Basket.of(apple, 51))).isEmpty();
        shop.order(apple, 51);
        assertThat(shop.shelf(apple)).isEqualTo(new Figures(-1, 51, 0));
    }

    // ---- lists

    private static final String CHANGES = """
            query Changes($first: Int!, $after: String, $query: String) {
              orders(first: $first, after: $after, sortKey: UPDATED_AT, query: $query) {
                nodes { id name updatedAt }
                pageInfo { hasNextPage endCursor }
              }
            }""";

    private List<String> names(String since, int pageSize) throws Exception {
        List<String> names = new ArrayList<>();
        String after = null;
        JsonNode page;
        do {
            page = client.data(CHANGES, "first", pageSize, "after", after, "query", since)
                    .path("orders");
            names.addAll(page.path("nodes").findValuesAsText("name"));
            after = page.at("/pageInfo/endCursor").asText();
        } while (page.at("/pageInfo/hasNextPage").asBoolean());
        return names;
    }

    @Test
    void changesAreListedByTime() throws Exception {
        Order first = shop.order(apple, 1);
        shop.order(apple, 1);
        clock.advance(Duration.ofSeconds(60));
        shop.order(apple, 1);
        shop.sales().fulfil(first);

        assertThat(names(null, 2)).containsExactly("#1002", "#1001", "#1003");
        assertThat(names("updated_at:>='2026-07-01T12:01:00Z'", 2)).containsExactly("#1001", "#1003");
        assertThat(names("updated_at:>'2026-07-01T12:01:00Z'", 2)).isEmpty();
        assertThat(names("updated_at:>='2026-07-01T12:00:00Z' AND updated_at:<'2026-07-01T12:01:00Z'", 2))
                .containsExactly("#1002");
    }

    @Test
    void theClockOfTheShopHasWholeSeconds() throws Exception {
        Order order = shop.order(apple, 1);
        clock.advance(Duration.ofMillis(200));
        shop.sales().touch(order);
        assertThat(read(order).path("updatedAt").asText()).isEqualTo("2026-07-01T12:00:00Z");
        clock.advance(Duration.ofMillis(100));
        shop.sales().touch(order);
        assertThat(read(order).path("updatedAt").asText()).isEqualTo("2026-07-01T12:00:01Z");
    }

    @Test
    void anOrderChangedWhilePagingIsMetAgain() throws Exception {
        Order first = shop.order(apple, 1);
        shop.order(apple, 1);
        shop.order(apple, 1);
        JsonNode page = client.data(CHANGES, "first", 2).path("orders");
        clock.advance(Duration.ofSeconds(1));
        shop.sales().touch(first);

        JsonNode next = client.data(
                        CHANGES,
                        "first",
                        2,
                        "after",
                        page.at("/pageInfo/endCursor").asText())
                .path("orders");
        assertThat(next.path("nodes").findValuesAsText("name")).containsExactly("#1003", "#1001");
    }

    @Test
    void lateOrdersShowUpLaterWithTheirOldTime() throws Exception {
        shop.orders().setLag(Duration.ofSeconds(30));
        Order late = shop.order(apple, 4);

        assertThat(shop.shelf(apple).available()).isEqualTo(46);
        assertThat(names(null, 10)).isEmpty();
        assertThat(read(late).path("name").asText()).isEqualTo("#1001");

        clock.advance(Duration.ofSeconds(31));
        assertThat(names("updated_at:<='2026-07-01T12:00:00Z'", 10)).containsExactly("#1001");
    }

    @Test
    void heldOrdersShowUpWhenTheyAreReleased() throws Exception {
        shop.orders().hold();
        shop.order(apple, 1);
        clock.advance(Duration.ofDays(1));
        assertThat(names(null, 10)).isEmpty();
        shop.orders().release();
        assertThat(names(null, 10)).containsExactly("#1001");
    }

    @Test
    void pagesMayRepeatAnOrder() throws Exception {
        for (int i = 0; i < 4; i++) {
            shop.order(apple, 1);
        }
        shop.faults().setDuplicates(true);
        assertThat(names(null, 2)).containsExactly("#1001", "#1002", "#1002", "#1003", "#1003", "#1004");
    }

    @Test
    void anOrderMayHaveMoreLinesThanAPage() throws Exception {
        Basket basket = Basket.empty();
        for (int i = 0; i < 675; i++) {
            basket = basket.and(apple, 1);
        }
        Order order = shop.sales().place(basket);
        shop.sales().fulfil(order);
        String query = """
                query Lines($id: ID!, $after: String) {
                  order(id: $id) {
                    lineItems(first: 250, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
                    fulfillments(first: 1) {
                      fulfillmentLineItems(first: 250) { nodes { id } pageInfo { hasNextPage } }
                    }
                  }
                }""";
        List<String> ids = new ArrayList<>();
        String after = null;
        JsonNode read;
        do {
            read = client.data(query, "id", OrderFields.gid(order), "after", after)
                    .path("order");
            ids.addAll(read.at("/lineItems/nodes").findValuesAsText("id"));
            after = read.at("/lineItems/pageInfo/endCursor").asText();
        } while (read.at("/lineItems/pageInfo/hasNextPage").asBoolean());

        assertThat(ids).hasSize(675).doesNotHaveDuplicates();
        assertThat(read.at("/fulfillments/0/fulfillmentLineItems/pageInfo/hasNextPage")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aMovedClockStampsOrders() throws Exception {
        clock.set(Instant.parse("2010-12-01T08:26:00Z"));
        Order order = shop.order(apple, 1);
        assertThat(read(order).path("updatedAt").asText()).isEqualTo("2010-12-01T08:26:00Z");
    }
}
