package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.OrderEntry;
import org.evenkeel.connector.OrderLine;
import org.evenkeel.connector.OrderLine.Detail;
import org.evenkeel.connector.OrderLine.Kind;
import org.evenkeel.connector.OrderSnapshot;
import org.evenkeel.connector.UnreadableOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From Shopify's JSON to snapshots. */
class OrderMapperTest {
    private static final String ORDER = """
            {"id":"gid://shopify/Order/1","name":"#1001","createdAt":"2026-11-02T10:00:00Z",
             "updatedAt":"2026-11-03T12:00:00+02:00","cancelledAt":null,"displayFinancialStatus":"PAID",
             "retailLocation":null,
             "lineItems":{"nodes":[
               {"id":"gid://shopify/LineItem/1","name":"Apples - Red","sku":"APPLES","quantity":5,
                "unfulfilledQuantity":3,"product":{"id":"gid://shopify/Product/1"},
                "variant":{"id":"gid://shopify/ProductVariant/1"}},
               {"id":"gid://shopify/LineItem/2","name":"Gift wrap","sku":"","quantity":1,
                "unfulfilledQuantity":1,"product":null,"variant":null}]},
             "fulfillments":[
               {"id":"f1","status":"SUCCESS","createdAt":"2026-11-02T15:00:00Z","location":{"id":"here"},
                "fulfillmentLineItems":{"nodes":[{"quantity":2,"lineItem":{"id":"gid://shopify/LineItem/1"}}]}},
               {"id":"f2","status":"CANCELLED","createdAt":"2026-11-02T14:00:00Z","location":{"id":"here"},
                "fulfillmentLineItems":{"nodes":[{"quantity":1,"lineItem":{"id":"gid://shopify/LineItem/1"}}]}}],
             "refunds":[
               {"id":"r1","createdAt":"2026-11-03T10:00:00Z","processedAt":"2026-11-03T10:00:00Z",
                "refundLineItems":{"nodes":[
                  {"quantity":1,"restockType":"RETURN","restocked":true,"location":{"id":"there"},
                   "lineItem":{"id":"gid://shopify/LineItem/1"}}]}}]}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anOrderIsTold() throws JsonProcessingException {
        OrderSnapshot order = (OrderSnapshot) OrderMapper.map(order());
        assertThat(order.id()).isEqualTo("gid://shopify/Order/1");
        assertThat(order.name()).isEqualTo("#1001");
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-02T10:00:00Z"));
        assertThat(order.updatedAt()).isEqualTo(Instant.parse("2026-11-03T10:00:00Z"));
        assertThat(order.revision()).isZero();
        assertThat(order.pending()).isFalse();
        assertThat(order.origin()).isNull();
        assertThat(order.lines()).hasSize(2);
    }

    @Test
    void aLineIsToldWithPlacesAndTimes() throws JsonProcessingException {
        OrderLine line = ((OrderSnapshot) OrderMapper.map(order())).lines().get(0);
        assertThat(line.listing())
                .isEqualTo(new ListingId("gid://shopify/Product/1", "gid://shopify/ProductVariant/1"));
        assertThat(line.sku()).isEqualTo("APPLES");
        assertThat(line.title()).isEqualTo("Apples - Red");
        assertThat(line.location()).isNull();
        assertThat(line.details())
                .containsExactly(
                        new Detail(Kind.FULFILLED, 2, "here", Instant.parse("2026-11-02T15:00:00Z")),
                        new Detail(Kind.RETURNED, 1, "there", Instant.parse("2026-11-03T10:00:00Z")));
    }

    @Test
    void aLineTypedByHandHasNeitherListingNorSku() throws JsonProcessingException {
        OrderLine line = ((OrderSnapshot) OrderMapper.map(order())).lines().get(1);
        assertThat(line.listing()).isNull();
        assertThat(line.sku()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"PENDING, true", "AUTHORIZED, true", "EXPIRED, true", "PARTIALLY_PAID, false", "VOIDED, false"})
    void anOrderOfWhichNothingWasPaidIsPending(String status, boolean pending) throws JsonProcessingException {
        ObjectNode order = order().put("displayFinancialStatus", status);
        assertThat(((OrderSnapshot) OrderMapper.map(order)).pending()).isEqualTo(pending);
    }

    @Test
    void aCancelledOrderIsNotPending() throws JsonProcessingException {
        ObjectNode order = order().put("displayFinancialStatus", "PENDING").put("cancelledAt", "2026-11-03T10:00:00Z");
        assertThat(((OrderSnapshot) OrderMapper.map(order)).pending()).isFalse();
    }

    @Test
    void thePlaceOfALineIsWhereMostOfItIsReserved() throws JsonProcessingException {
        ObjectNode order = order();
        order.set("fulfillmentOrders", JSON.readTree("""
                        {"nodes":[
                          {"status":"OPEN","assignedLocation":{"location":{"id":"few"}},
                           "lineItems":{"nodes":[{"totalQuantity":1,"lineItem":{"id":"gid://shopify/LineItem/1"}}]}},
                          {"status":"OPEN","assignedLocation":{"location":{"id":"most"}},
                           "lineItems":{"nodes":[{"totalQuantity":4,"lineItem":{"id":"gid://shopify/LineItem/1"}}]}},
                          {"status":"CANCELLED","assignedLocation":{"location":{"id":"no longer"}},
                           "lineItems":{"nodes":[
                             {"totalQuantity":9,"lineItem":{"id":"gid://shopify/LineItem/1"}},
                             {"totalQuantity":9,"lineItem":{"id":"gid://shopify/LineItem/2"}}]}}]}
                        """));
        OrderSnapshot snapshot = (OrderSnapshot) OrderMapper.map(order);
        assertThat(snapshot.lines()).extracting(OrderLine::location).containsExactly("most", "no longer");
    }

    @Test
    void aSaleAtATillIsReservedThere() throws JsonProcessingException {
        ObjectNode order = order();
        order.set("retailLocation", JSON.createObjectNode().put("id", "till"));
        assertThat(((OrderSnapshot) OrderMapper.map(order)).lines())
                .extracting(OrderLine::location)
                .containsOnly("till");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"quantity\":5|\"quantity\":1.5",
                "\"quantity\":5|\"quantity\":-1",
                "\"quantity\":5|\"quantity\":99999999999999999999",
                "\"quantity\":5|\"quantity\":null",
                "\"quantity\":5|\"quantity\":\"5\"",
                "\"quantity\":2|\"quantity\":0.5",
                "RETURN|GIFTED",
                "\"2026-11-02T10:00:00Z\"|\"yesterday\"",
                "\"name\":\"#1001\"|\"name\":null"
            })
    void whatMakesNoSenseMakesThatOrderUnreadable(String change) throws JsonProcessingException {
        String[] parts = change.split("\\|");
        OrderEntry entry = OrderMapper.map(JSON.readTree(ORDER.replace(parts[0], parts[1])));
        assertThat(entry).isInstanceOfSatisfying(UnreadableOrder.class, order -> {
            assertThat(order.id()).isEqualTo("gid://shopify/Order/1");
            assertThat(order.updatedAt()).isEqualTo(Instant.parse("2026-11-03T10:00:00Z"));
            assertThat(order.reason()).startsWith("Shopify ");
            assertThat(order.content()).contains("gid://shopify/LineItem/1");
        });
    }

    @Test
    void figuresTooLargeToCountMakeItUnreadable() throws JsonProcessingException {
        String most = "\"quantity\":" + Long.MAX_VALUE;
        String twice = ORDER.replace("\"quantity\":2", most).replace("\"CANCELLED\"", "\"SUCCESS\"");
        assertThat(OrderMapper.map(JSON.readTree(twice))).isInstanceOf(UnreadableOrder.class);
    }

    @Test
    void aTimeThatCannotBeReadEitherIsNone() throws JsonProcessingException {
        ObjectNode order = order().put("updatedAt", "yesterday");
        assertThat(((UnreadableOrder) OrderMapper.map(order)).updatedAt()).isNull();
    }

    @Test
    void noBuyersDataAndNoMoreThanSixteenKiBAreKept() throws JsonProcessingException {
        ObjectNode order = order().put("name", (String) null).put("email", "buyer@example.com");
        order.putObject("customer").put("firstName", "Bea");
        order.put("displayFinancialStatus", "P".repeat(50_000));
        for (int i = 0; i < 1_000; i++) {
            ((ObjectNode) order.path("lineItems"))
                    .withArray("nodes")
                    .addObject()
                    .put("sku", "SKU-" + i);
        }
        String content = ((UnreadableOrder) OrderMapper.map(order)).content();
        assertThat(content).doesNotContain("buyer@example.com", "Bea").hasSizeLessThanOrEqualTo(16 * 1024);
    }

    private static ObjectNode order() throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(ORDER);
    }
}
