package org.evenkeel.simulator.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import org.evenkeel.simulator.RequestLog;
import org.junit.jupiter.api.Test;

/** Who gets in, and what a request must look like. */
class AccessTest extends ShopifyTestBase {
    @Test
    void aWrongTokenIsRefusedInShopifysWords() throws Exception {
        HttpResponse<String> response = new ShopifyClient(simulator.address(shop), "guess").send("{ shop { name } }");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(ShopifyClient.JSON.readTree(response.body()).path("errors").asText())
                .isEqualTo("[API] Invalid API key or access token (unrecognized login or wrong password)");
    }

    @Test
    void theTokenOfOneShopDoesNotOpenAnother() throws Exception {
        simulator.addShop("harbour", "other");

        URI harbour = simulator.address(simulator.shop("harbour"));
        assertThat(new ShopifyClient(harbour, "secret")
                        .send("{ shop { name } }")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUnknownShopOrVersionIsNotFound() throws Exception {
        URI nowhere = simulator.address().resolve("/nowhere");
        assertThat(new ShopifyClient(nowhere, "secret")
                        .send("{ shop { name } }")
                        .statusCode())
                .isEqualTo(404);
        assertThat(new ShopifyClient(simulator.address(shop), "secret", "2019-04")
                        .send("{ shop { name } }")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void itListensOnLoopbackOnly() {
        assertThat(simulator.address().getHost()).isEqualTo("127.0.0.1");
        assertThat(simulator.address().getPort()).isPositive();
    }

    @Test
    void shopAndScopesAnswer() throws Exception {
        JsonNode data =
                client.data("{ shop { name myshopifyDomain } currentAppInstallation { accessScopes { handle } } }");

        assertThat(data.at("/shop/myshopifyDomain").asText()).isEqualTo("north.myshopify.com");
        assertThat(data.at("/currentAppInstallation/accessScopes").findValuesAsText("handle"))
                .contains("write_inventory", "read_orders", "read_all_orders");
    }

    @Test
    void aFieldThatShopifyDoesNotHaveIsRefused() throws Exception {
        JsonNode error = client.call("{ shop { colour } }").at("/errors/0");

        assertThat(error.path("message").asText()).isEqualTo("Field 'colour' doesn't exist on type 'Shop'");
        assertThat(error.at("/extensions/code").asText()).isEqualTo("undefinedField");
    }

    @Test
    void brokenTextIsAParseError() throws Exception {
        assertThat(client.call("{ shop {").at("/errors/0/extensions/code").asText())
                .isEqualTo("PARSE_ERROR");
    }

    @Test
    void callsAreLoggedWithoutSecrets() throws Exception {
        client.call(
                "query Named($token: String) { shop { name } a: shop { id } orders(first: 1, query: $token) {"
                        + " nodes { id } } }",
                "token",
                "shpat_hidden");

        RequestLog.Entry entry = shop.log().entries().get(0);
        assertThat(entry.operation()).isEqualTo("Named");
        assertThat(entry.fields()).containsExactly("shop", "orders");
        assertThat(entry.variables()).isEqualTo("{\"token\":\"***\"}");
        assertThat(shop.log().count("shop")).isEqualTo(1);
        assertThat(shop.log().total()).isEqualTo(1);
    }

    @Test
    void aShopsNameMustFitIntoAPath() {
        assertThatThrownBy(() -> simulator.addShop("a/b", "t")).hasMessageContaining("'a/b'");
        assertThatThrownBy(() -> simulator.addShop("north", "t")).hasMessageContaining("already");
    }
}
