package org.evenkeel.ledger.impl.listings;

import org.evenkeel.ledger.Sku;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.catalogue.Products;

/**
 * A SKU as a store shows it.
 *
 * @param kept what the ledger keeps of it; null when there is none
 * @param sku the code; null when there is none, or it cannot be one
 * @param problem why it cannot be one; empty when there is no problem
 */
record SeenSku(String kept, Sku sku, String problem) {
    private static final SeenSku NONE = new SeenSku(null, null, "");

    static SeenSku of(String raw) {
        if (!Sku.isPresent(raw)) {
            return NONE;
        }
        if (raw.length() > Sku.MAX_LENGTH || !Texts.isStorable(raw)) {
            return unusable(raw);
        }
        Sku sku = new Sku(raw);
        return sku.folded().length() > Products.MAX_FOLDED ? unusable(raw) : new SeenSku(raw, sku, "");
    }

    private static SeenSku unusable(String raw) {
        String kept = Texts.readable(raw, Sku.MAX_LENGTH);
        return new SeenSku(
                kept,
                null,
                "Its SKU cannot be kept: at most " + Sku.MAX_LENGTH
                        + " readable characters. Give it a shorter one in the store.");
    }
}
