package org.evenkeel.ledger;

/**
 * Which orders are wanted, newest first.
 *
 * @param store only this store's; null for all
 * @param state only in this state; null for all
 * @param text part of a name, id or SKU; empty for all
 * @param product only those with a line of this product; null for all
 * @param page which part
 */
public record OrderQuery(StoreId store, OrderView.State state, String text, ProductId product, PageRequest page) {
    public static OrderQuery all(PageRequest page) {
        return new OrderQuery(null, null, "", null, page);
    }
}
