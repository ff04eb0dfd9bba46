package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.simulator.Fulfilment;
import org.evenkeel.simulator.Order;
import org.evenkeel.simulator.Refund;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.Test;

/** Everything with a global id can be read by it, until it is gone. */
class NodesTest extends ShopifyTestBase {
    private static final String NODES = """
            query Nodes($ids: [ID!]!) {
              nodes(ids: $ids) {
                __typename id
                ... on Fulfillment { fulfillmentLineItems(first: 5) { nodes { quantity } } }
                ... on Refund { refundLineItems(first: 5) { nodes { quantity restockType } } }
                ... on FulfillmentOrder { status lineItems(first: 5) { nodes { totalQuantity } } }
                ... on LineItem { sku unfulfilledQuantity }
                ... on InventoryItem { inventoryLevels(first: 2) { nodes { id } } }
              }
            }""";

    @Test
    void partsOfAnOrderAreReadByTheirIds() throws Exception {
        Variant apple = shop.addProduct("Apple", "APPLE-1", 50);
        Order order = shop.order(apple, 5);
        Fulfilment shipment = shop.sales().fulfil(order, order.line(0), 3);
        Refund refund = shop.sales().refund(order, order.line(0), 1, Refund.Restock.RETURN);
        JsonNode level =
                client.data(NODES, "ids", List.of(new Item(apple).gid())).at("/nodes/0/inventoryLevels/nodes/0/id");
        List<String> ids = List.of(
                OrderFields.gid(order),
                OrderFields.gid(order.line(0)),
                Gid.of("Fulfillment", shipment.id()),
                Gid.of("Refund", refund.id()),
                Gid.of("FulfillmentOrder", order.line(0).id()),
                level.asText(),
                InventoryFields.gid(shop.catalogue().mainLocation()),
                ProductFields.gid(apple.product()),
                "gid://shopify/Order/1",
                "gid://shopify/Refund/1");

        JsonNode nodes = client.data(NODES, "ids", ids).path("nodes");
        List<String> types = new ArrayList<>();
        nodes.forEach(node -> types.add(node.path("__typename").asText("-")));
        assertThat(types)
                .containsExactly(
                        "Order",
                        "LineItem",
                        "Fulfillment",
                        "Refund",
                        "FulfillmentOrder",
                        "InventoryLevel",
                        "Location",
                        "Product",
                        "-",
                        "-");
        assertThat(nodes.at("/1/unfulfilledQuantity").asInt()).isEqualTo(2);
        assertThat(nodes.at("/2/fulfillmentLineItems/nodes/0/quantity").asInt()).isEqualTo(3);
        assertThat(nodes.at("/3/refundLineItems/nodes/0/restockType").asText()).isEqualTo("RETURN");
        assertThat(nodes.at("/4/status").asText()).isEqualTo("IN_PROGRESS");

        shop.sales().delete(order);
        assertThat(client.data(NODES, "ids", ids.subList(0, 5)).path("nodes")).allMatch(JsonNode::isNull);
    }

    @Test
    void idsOfAnotherShopMeanNothingHere() throws Exception {
        shop.addProduct("Apple", "APPLE-1", 50);
        Variant other = simulator.addShop("harbour", "t").addProduct("Apple", "APPLE-1", 50);

        assertThat(client.data(NODES, "ids", List.of(new Item(other).gid()))
                        .at("/nodes/0")
                        .isNull())
                .isTrue();
    }

    @Test
    void listingsArePagedByIdToo() throws Exception {
        for (int i = 0; i < 7; i++) {
            shop.addProduct("Product " + i, "SKU-" + i, i);
        }
        String query = "query Page($query: String) { productVariants(first: 3, sortKey: ID, query: $query) {"
                + " nodes { id sku } } }";
        List<String> skus = new ArrayList<>();
        String last = "0";
        JsonNode nodes;
        do {
            nodes = client.data(query, "query", "id:>" + last).at("/productVariants/nodes");
            skus.addAll(nodes.findValuesAsText("sku"));
            if (!nodes.isEmpty()) {
                String id = nodes.get(nodes.size() - 1).path("id").asText();
                last = id.substring(id.lastIndexOf('/') + 1);
            }
        } while (!nodes.isEmpty());

        assertThat(skus).containsExactly("SKU-0", "SKU-1", "SKU-2", "SKU-3", "SKU-4", "SKU-5", "SKU-6");
    }
}
