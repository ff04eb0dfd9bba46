package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.simulator.Location;
import org.evenkeel.simulator.Product;
import org.evenkeel.simulator.Shelf;
import org.evenkeel.simulator.Variant;
import org.junit.jupiter.api.Test;

/** Variants, items, levels and locations as an app sees them. */
class ListingsTest extends ShopifyTestBase {
    private static final String VARIANTS = """
            query Variants($first: Int!, $after: String, $query: String) {
              productVariants(first: $first, after: $after, sortKey: ID, query: $query) {
                nodes {
                  id sku updatedAt
                  product { id title status }
                  inventoryItem {
                    id tracked sku duplicateSkuCount
                    inventoryLevels(first: 5) {
                      nodes {
                        isActive location { id name isFulfillmentService }
                        quantities(names: ["available", "committed", "on_hand", "damaged"]) { name quantity updatedAt }
                      }
                    }
                  }
                }
                pageInfo { hasNextPage endCursor }
              }
            }""";

    private JsonNode variant(Variant variant) throws Exception {
        JsonNode nodes = client.data(VARIANTS, "first", 10, "query", "id:" + variant.id())
                .at("/productVariants/nodes");
        assertThat(nodes).hasSize(1);
        return nodes.get(0);
    }

    @Test
    void aVariantShowsItsFigures() throws Exception {
        Variant apple = shop.addProduct("Apple", "APPLE-1", 50);
        shop.order(apple, 4);
        shop.stock().holdBack(apple, shop.catalogue().mainLocation(), Shelf.HeldBack.DAMAGED, 3);

        JsonNode level = variant(apple).at("/inventoryItem/inventoryLevels/nodes/0");
        assertThat(level.at("/quantities").findValuesAsText("quantity")).containsExactly("43", "4", "50", "3");
        assertThat(level.at("/quantities/0/updatedAt").asText()).isEqualTo("2026-07-01T12:00:00Z");
    }

    @Test
    void skusMayBeMissingOrShared() throws Exception {
        Variant first = shop.addProduct("Lamp", "LAMP", 1);
        Variant second = shop.addProduct("Lamp, boxed", "LAMP", 1);
        Variant none = shop.addProduct("Card", null, 1);

        assertThat(variant(first).at("/inventoryItem/duplicateSkuCount").asInt())
                .isEqualTo(1);
        assertThat(variant(second).at("/sku").asText()).isEqualTo("LAMP");
        assertThat(variant(none).at("/sku").isNull()).isTrue();
        assertThat(variant(none).at("/inventoryItem/duplicateSkuCount").asInt()).isZero();

        shop.catalogue().setSku(second, "LAMP-BOX");
        assertThat(variant(first).at("/inventoryItem/duplicateSkuCount").asInt())
                .isZero();
    }

    @Test
    void draftsArchivedAndUntrackedSayWhatTheyAre() throws Exception {
        Variant draft = shop.addProduct("Draft", "D", 1);
        Variant archived = shop.addProduct("Archived", "A", 1);
        Variant untracked = shop.addProduct("Voucher", "V", 0);
        shop.catalogue().setStatus(draft.product(), Product.Status.DRAFT);
        shop.catalogue().setStatus(archived.product(), Product.Status.ARCHIVED);
        shop.catalogue().setTracked(untracked, false);

        assertThat(variant(draft).at("/product/status").asText()).isEqualTo("DRAFT");
        assertThat(variant(archived).at("/product/status").asText()).isEqualTo("ARCHIVED");
        assertThat(variant(untracked).at("/inventoryItem/tracked").asBoolean()).isFalse();

        shop.order(untracked, 3);
        assertThat(shop.shelf(untracked).available()).isZero();
    }

    @Test
    void onlyChangesSinceATimeAreListed() throws Exception {
        shop.addProduct("Old", "OLD", 1);
        clock.advance(Duration.ofMinutes(5));
        Variant changed = shop.addProduct("New", "NEW", 1);

        String since = "updated_at:>'2026-07-01T12:01:00Z'";
        JsonNode nodes = client.data(VARIANTS, "first", 10, "query", since).at("/productVariants/nodes");
        assertThat(nodes.findValuesAsText("id"))
                .contains(ProductFields.gid(changed))
                .doesNotContain("gid://shopify/ProductVariant/1000000003");
    }

    @Test
    void pagesFollowEachOtherToTheEnd() throws Exception {
        for (int i = 0; i < 23; i++) {
            shop.addProduct("Product " + i, "SKU-" + i, i);
        }
        List<String> seen = new ArrayList<>();
        String after = null;
        JsonNode page;
        do {
            page = client.data(VARIANTS, "first", 10, "after", after).path("productVariants");
            page.path("nodes").forEach(node -> seen.add(node.path("sku").asText()));
            after = page.at("/pageInfo/endCursor").asText();
        } while (page.at("/pageInfo/hasNextPage").asBoolean());

        assertThat(seen).hasSize(23).doesNotHaveDuplicates().startsWith("SKU-0").endsWith("SKU-22");
    }

    @Test
    void aDeletedVariantIsGone() throws Exception {
        Variant apple = shop.addProduct("Apple", "APPLE-1", 50);
        shop.catalogue().delete(apple);

        JsonNode data = client.data(
                "query Gone($ids: [ID!]!) { nodes(ids: $ids) { id } productVariantsCount { count } }",
                "ids",
                List.of(ProductFields.gid(apple), new Item(apple).gid(), ProductFields.gid(apple.product())));
        assertThat(data.at("/nodes")).allMatch(JsonNode::isNull);
        assertThat(data.at("/productVariantsCount/count").asInt()).isZero();
    }

    @Test
    void levelsOfAnItemHavePagesOfTheirOwn() throws Exception {
        Variant apple = shop.addProduct("Apple", "APPLE-1", 1);
        for (int i = 2; i <= 7; i++) {
            shop.stock().setAvailable(apple, shop.catalogue().addLocation("Depot " + i), i);
        }
        String query = """
                query Levels($id: ID!, $after: String) {
                  inventoryItem(id: $id) {
                    locationsCount { count }
                    inventoryLevels(first: 3, after: $after) {
                      nodes { quantities(names: ["available"]) { quantity } }
                      pageInfo { hasNextPage endCursor }
                    }
                  }
                }""";
        List<String> figures = new ArrayList<>();
        String after = null;
        JsonNode item;
        do {
            item = client.data(query, "id", new Item(apple).gid(), "after", after)
                    .path("inventoryItem");
            figures.addAll(item.at("/inventoryLevels/nodes").findValuesAsText("quantity"));
            after = item.at("/inventoryLevels/pageInfo/endCursor").asText();
        } while (item.at("/inventoryLevels/pageInfo/hasNextPage").asBoolean());

        assertThat(figures).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(item.at("/locationsCount/count").asInt()).isEqualTo(7);
    }

    @Test
    void locationsOfServicesAreListedOnRequest() throws Exception {
        shop.catalogue().addLocation("Fulfil Inc", false);
        Location closed = shop.catalogue().addLocation("Old depot");
        shop.catalogue().setActive(closed, false);

        assertThat(client.data("{ locations(first: 10) { nodes { name } } }").findValuesAsText("name"))
                .containsExactly("Main street");
        JsonNode all = client.data("{ locations(first: 10, includeLegacy: true, includeInactive: true) {"
                + " nodes { name isActive isFulfillmentService } } }");
        assertThat(all.findValuesAsText("name")).containsExactly("Fulfil Inc", "Main street", "Old depot");
        assertThat(all.findValuesAsText("isFulfillmentService")).containsExactly("true", "false", "false");
    }

    @Test
    void aSearchThatTheSimulatorDoesNotKnowIsRefused() throws Exception {
        JsonNode unknown = client.call(VARIANTS, "first", 1, "query", "vendor:Acme");
        assertThat(unknown.at("/errors/0/message").asText()).contains("`vendor`");
        assertThat(unknown.path("data").isNull()).isTrue();
        JsonNode either = client.call(VARIANTS, "first", 1, "query", "sku:A OR sku:B");
        assertThat(either.at("/errors/0/message").asText()).contains("OR sku:B");
    }
}
