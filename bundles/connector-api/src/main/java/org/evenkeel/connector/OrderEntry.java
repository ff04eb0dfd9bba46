package org.evenkeel.connector;

/** One entry of a page of orders: readable or not. */
public sealed interface OrderEntry permits OrderSnapshot, UnreadableOrder {

    /** The store's id of the order; never null. */
    String id();
}
