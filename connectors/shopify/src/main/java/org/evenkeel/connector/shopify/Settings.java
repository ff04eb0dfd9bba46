package org.evenkeel.connector.shopify;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.evenkeel.connector.toolkit.Secret;

/**
 * A valid configuration.
 *
 * @param store the host's id of the store
 * @param base the shop's address without a trailing slash
 * @param version of the Admin API
 * @param token the access token
 * @param clientSecret what webhooks are signed with; may be empty
 */
record Settings(String store, URI base, String version, Secret token, Secret clientSecret) {
    /** The first version whose {@code inventorySetQuantities} takes {@code changeFromQuantity}. */
    static final String OLDEST_VERSION = "2026-04";

    private static final Pattern VERSION = Pattern.compile("20\\d\\d-(01|04|07|10)");
    private static final Pattern HANDLE = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern SHOP_DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]*\\.myshopify\\.com");

    /**
     * Reads a configuration.
     *
     * @throws IllegalArgumentException naming the property and the way out; the component then stays inactive
     */
    static Settings of(ShopifyConfig config) {
        return new Settings(
                required(config.evenkeel_store(), "evenkeel.store", "the id that the host gave the store"),
                base(required(config.shop(), "shop", "the store's domain, such as my-shop.myshopify.com")),
                version(config.apiVersion()),
                new Secret(printable(
                        required(config._accessToken(), ".accessToken", "the app's Admin API access token"),
                        ".accessToken")),
                new Secret(text(config._clientSecret())));
    }

    /** Where operations are posted to. */
    URI endpoint() {
        return URI.create(base + "/admin/api/" + version + "/graphql.json");
    }

    /** The shop's domain when it is addressed by it; empty behind a proxy or at a simulator. */
    String domain() {
        return SHOP_DOMAIN.matcher(base.getHost()).matches() ? base.getHost() : "";
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    private static String required(String value, String property, String what) {
        if (text(value).isEmpty()) {
            throw invalid(property, "is missing: set it to " + what + ".");
        }
        return text(value);
    }

    /** A header cannot carry what is not printable ASCII; the value itself is never told. */
    private static String printable(String value, String property) {
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw invalid(property, "holds a character that no Shopify token has: copy it again.");
        }
        return value;
    }

    private static String version(String value) {
        String version = text(value);
        if (!VERSION.matcher(version).matches()) {
            throw invalid("apiVersion", "is '" + version + "', not a version such as 2026-07.");
        }
        if (version.compareTo(OLDEST_VERSION) < 0) {
            throw invalid("apiVersion", "is " + version + ", the oldest that works is " + OLDEST_VERSION + ".");
        }
        return version;
    }

    private static URI base(String shop) {
        String lower = shop.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return address(shop);
        }
        String domain = HANDLE.matcher(lower).matches() ? lower + ".myshopify.com" : lower;
        if (!SHOP_DOMAIN.matcher(domain).matches()) {
            throw invalid(
                    "shop",
                    "is '" + shop + "', not a domain such as my-shop.myshopify.com. "
                            + "Look it up in the store's admin under Settings, Domains.");
        }
        return URI.create("https://" + domain);
    }

    private static URI address(String shop) {
        URI uri = parsed(shop);
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw invalid("shop", "is no plain address such as https://my-shop.myshopify.com.");
        }
        if (uri.getScheme().equalsIgnoreCase("http") && !loopback(uri.getHost())) {
            throw invalid("shop", "would send the token in the clear: use https. http is for this machine only.");
        }
        return URI.create(uri.toString().replaceAll("/+$", ""));
    }

    private static URI parsed(String shop) {
        try {
            return URI.create(shop);
        } catch (IllegalArgumentException e) {
            throw invalid("shop", "is no address: " + e.getMessage());
        }
    }

    private static boolean loopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static IllegalArgumentException invalid(String property, String problem) {
        return new IllegalArgumentException("Property " + property + " " + problem);
    }
}
