package org.evenkeel.connector.shopify;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import org.evenkeel.connector.StoreConnector;

/** A Shopify store as Declarative Services would make it, without them. In the connector's package, since only that may. */
public final class ShopifyByHand implements AutoCloseable {
    /** What kind of store it is: the factory's PID. */
    public static final String KIND = "org.evenkeel.connector.shopify";

    private final ShopifyConnector connector;

    /**
     * @param store the host's id of the store
     * @param address the shop's address
     * @param token its access token
     */
    public ShopifyByHand(String store, URI address, String token) {
        Map<String, Object> values = Map.of("evenkeel_store", store, "shop", address.toString(), "_accessToken", token);
        connector = new ShopifyConnector((ShopifyConfig) Proxy.newProxyInstance(
                ShopifyConfig.class.getClassLoader(),
                new Class<?>[] {ShopifyConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    public StoreConnector connector() {
        return connector;
    }

    @Override
    public void close() {
        connector.close();
    }
}
