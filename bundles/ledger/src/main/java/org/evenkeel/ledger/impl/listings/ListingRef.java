package org.evenkeel.ledger.impl.listings;

/** A listing within its store. @param variant empty where the store has none */
record ListingRef(String listing, String variant) {}
