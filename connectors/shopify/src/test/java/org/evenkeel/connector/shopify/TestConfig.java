package org.evenkeel.connector.shopify;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Configurations as Declarative Services would hand them over. */
final class TestConfig {
    static final String TOKEN = "shpat_5ecret0fTheShop";
    static final String CLIENT_SECRET = "5ignedWithTh1s";

    private final Map<String, String> values = new HashMap<>(Map.of(
            "shop", "my-shop.myshopify.com",
            "_accessToken", TOKEN,
            "apiVersion", "2026-07",
            "_clientSecret", CLIENT_SECRET,
            "evenkeel_store", "store-1",
            "evenkeel_store_name", "My shop"));

    static TestConfig valid() {
        return new TestConfig();
    }

    /** The same with another value; null stands for a property that is not set and has no default. */
    TestConfig with(String attribute, String value) {
        values.put(attribute, value);
        return this;
    }

    ShopifyConfig build() {
        return (ShopifyConfig) Proxy.newProxyInstance(
                ShopifyConfig.class.getClassLoader(),
                new Class<?>[] {ShopifyConfig.class},
                (proxy, method, args) -> values.get(method.getName()));
    }

    Settings settings() {
        return Settings.of(build());
    }
}
