package org.evenkeel.connector.shopify;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One Shopify store. The two secrets begin with a dot, so that they never become service properties. */
@ObjectClassDefinition(
        name = "Shopify",
        description = "A Shopify store, reached through the GraphQL Admin API with the token of a custom app. "
                + "Create the app in the store's admin under Settings, Apps, Develop apps.")
@interface ShopifyConfig {

    @AttributeDefinition(
            name = "Shop",
            description = "The store's own domain, such as my-shop.myshopify.com (not the domain that customers see). "
                    + "For a proxy or the simulator a full address: https, or http on this machine only.")
    String shop();

    @AttributeDefinition(
            name = "Access token",
            description = "The Admin API access token of the app, which begins with shpat_. The app needs the scopes "
                    + "read_products, read_inventory, write_inventory, read_orders and read_locations.",
            type = AttributeType.PASSWORD)
    String _accessToken();

    @AttributeDefinition(
            name = "API version",
            description = "The version of the Admin API, such as 2026-07. Shopify serves each for about a year; "
                    + "2026-04 is the oldest that works.",
            required = false)
    String apiVersion() default "2026-07";

    @AttributeDefinition(
            name = "Client secret",
            description = "The app's API secret key. Only needed to receive webhooks, which it signs.",
            type = AttributeType.PASSWORD,
            required = false)
    String _clientSecret() default "";

    @AttributeDefinition(
            name = "Store id",
            description =
                    "The id under which Evenkeel keeps this store. Given when the store is added; not to be changed.")
    String evenkeel_store();

    @AttributeDefinition(
            name = "Store name",
            description = "What you call this store. Shown on pages, never a key.",
            required = false)
    String evenkeel_store_name() default "";
}
