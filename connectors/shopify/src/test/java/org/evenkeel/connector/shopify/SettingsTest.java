package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "my-shop.myshopify.com, https://my-shop.myshopify.com",
        "My-Shop.MyShopify.com, https://my-shop.myshopify.com",
        "my-shop, https://my-shop.myshopify.com",
        "https://my-shop.myshopify.com/, https://my-shop.myshopify.com",
        "https://proxy.example/shops/one, https://proxy.example/shops/one",
        "http://127.0.0.1:8123/orchard, http://127.0.0.1:8123/orchard",
        "http://localhost:8123/orchard//, http://localhost:8123/orchard",
        "http://[::1]:8123, http://[::1]:8123"
    })
    void aShopIsADomainOrAnAddress(String shop, String base) {
        Settings settings = TestConfig.valid().with("shop", shop).settings();
        assertThat(settings.endpoint()).hasToString(base + "/admin/api/2026-07/graphql.json");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "www.my-shop.com",
                "my shop",
                "http://my-shop.myshopify.com",
                "http://10.0.0.1/shop",
                "ftp://my-shop.myshopify.com",
                "https://user:pass@my-shop.myshopify.com",
                "https://my-shop.myshopify.com/?a=b",
                "https://"
            })
    void whatIsNoShopIsSaidSoByThePropertysName(String shop) {
        TestConfig config = TestConfig.valid().with("shop", shop);
        assertThatThrownBy(config::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Property shop ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "latest", "2026-05", "2026-01", "2025-10", "unstable"})
    void whatIsNoVersionThatWorksIsSaidSo(String version) {
        TestConfig config = TestConfig.valid().with("apiVersion", version);
        assertThatThrownBy(config::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Property apiVersion ");
    }

    @Test
    void theTokenIsRequired() {
        TestConfig config = TestConfig.valid().with("_accessToken", null);
        assertThatThrownBy(config::settings).hasMessageStartingWith("Property .accessToken is missing");
    }

    @Test
    void aBrokenTokenIsNotTold() {
        TestConfig config = TestConfig.valid().with("_accessToken", "shpat_with\nnewline");
        assertThatThrownBy(config::settings)
                .hasMessageStartingWith("Property .accessToken ")
                .hasMessageNotContaining("shpat_with");
    }

    @Test
    void theStoresIdIsRequired() {
        TestConfig config = TestConfig.valid().with("evenkeel_store", "");
        assertThatThrownBy(config::settings).hasMessageStartingWith("Property evenkeel.store is missing");
    }

    @Test
    void theClientSecretIsNot() {
        assertThat(TestConfig.valid()
                        .with("_clientSecret", null)
                        .settings()
                        .clientSecret()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(TestConfig.valid().settings().toString())
                .doesNotContain(TestConfig.TOKEN)
                .doesNotContain(TestConfig.CLIENT_SECRET);
    }

    @Test
    void onlyAShopsOwnDomainIsItsDomain() {
        assertThat(TestConfig.valid().settings().domain()).isEqualTo("my-shop.myshopify.com");
        assertThat(TestConfig.valid()
                        .with("shop", "http://127.0.0.1:1/a")
                        .settings()
                        .domain())
                .isEmpty();
    }
}
