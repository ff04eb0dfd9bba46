package org.evenkeel.simulator.shopify;

import org.evenkeel.simulator.Variant;

/** The inventory item behind a variant: in the shop they are one thing, in Shopify's schema two. */
record Item(Variant variant) {
    long id() {
        return variant.itemId();
    }

    String gid() {
        return Gid.of("InventoryItem", variant.itemId());
    }
}
