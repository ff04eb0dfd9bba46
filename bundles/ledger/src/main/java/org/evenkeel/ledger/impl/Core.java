package org.evenkeel.ledger.impl;

import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.orders.Inbox;
import org.evenkeel.ledger.impl.posting.Poster;

/**
 * What the listing side uses of the core.
 *
 * @param transactions runs every transaction
 * @param poster moves levels
 * @param products finds and creates products
 * @param storeLocations knows what stands behind stores' locations
 * @param inbox is told when a product appears
 */
public record Core(
        LedgerTransactions transactions,
        Poster poster,
        Products products,
        StoreLocations storeLocations,
        Inbox inbox) {}
