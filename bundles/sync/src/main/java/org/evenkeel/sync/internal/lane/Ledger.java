package org.evenkeel.sync.internal.lane;

import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.StoreRegistry;

/** The services of the ledger that lanes use. */
public record Ledger(OrderBook orders, ListingBook listings, StoreRegistry stores, Catalogue catalogue) {}
