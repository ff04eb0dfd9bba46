package org.evenkeel.ledger;

/** One entry of a page of orders: a snapshot, or content that cannot be applied and is parked. */
public sealed interface OrderEntry permits OrderSnapshot, OrderToPark {

    /** The store's id of the order. */
    String id();
}
