package org.evenkeel.ledger;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Orders, kept as the latest snapshot and booked as the difference to what was booked before. Duplicates, gaps and any order
 * of delivery end in the same ledger. Thread-safe.
 */
@ProviderType
public interface OrderBook {

    /**
     * Applies a page in one transaction that locks levels in sorted order, posts the differences, moves the beliefs of the
     * store's own listings by what the store itself did, marks the listings of changed products as due, and stores the
     * cursor. Idempotent: the same page again changes nothing.
     *
     * <p>The cursor stays where it was while orders of the page are to be {@linkplain ApplyResult#reread read again}: whoever has
     * done so moves it on by an empty page. A crash in between only repeats the page.
     *
     * <p>An order that cannot be applied is parked in the same transaction and never holds up its page.
     *
     * @throws NotFoundException when the store is not registered
     * @throws ConflictException when the store was never turned on
     */
    ApplyResult apply(OrderPage page);

    /** One order; empty when it was never seen. */
    Optional<OrderView> order(OrderKey key);

    /** Orders, newest first. */
    Page<OrderView> orders(OrderQuery query);

    /** Ids of a store's open orders, those longest not read first. */
    List<String> openOrders(StoreId store, int limit);

    /** Lines whose SKU no product owns, or whose product was counted after they were sent, oldest first. */
    Page<UnmatchedLine> unmatched(PageRequest page);

    /**
     * Decides what an unmatched line is, and books it. The line keeps that product for its life. Where the product was counted
     * after units of the line had been sent, the count has seen them gone: they are not taken off In Stock once more.
     *
     * @throws NotFoundException when there is no such line or product
     * @throws ConflictException when the line is not unmatched
     */
    OrderView map(OrderKey order, String line, ProductId product, String actor);

    /** Orders that could not be applied, newest first. */
    Page<ParkedOrder> parked(PageRequest page);

    /** Lets go of a parked order: it is not applied, and its next snapshot starts afresh. @throws NotFoundException if none */
    void dismissParked(OrderKey order, String actor);
}
