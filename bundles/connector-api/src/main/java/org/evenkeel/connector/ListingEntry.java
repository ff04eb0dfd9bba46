package org.evenkeel.connector;

/** One entry of a page of listings: readable or not. */
public sealed interface ListingEntry permits StoreListing, UnreadableListing {

    /** The store's ids; never null. */
    ListingId id();
}
