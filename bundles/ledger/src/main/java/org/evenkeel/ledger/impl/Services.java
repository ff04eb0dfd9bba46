package org.evenkeel.ledger.impl;

import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.InventoryService;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.OrderBook;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.ledger.impl.catalogue.CatalogueService;
import org.evenkeel.ledger.impl.catalogue.Products;
import org.evenkeel.ledger.impl.catalogue.StoreLocations;
import org.evenkeel.ledger.impl.inventory.Inventory;
import org.evenkeel.ledger.impl.orders.OrderBookService;
import org.evenkeel.ledger.impl.posting.Poster;
import org.evenkeel.ledger.impl.registry.Registry;

/** The services that write, over one way to run transactions. They keep nothing: a further set costs a few objects. */
record Services(
        OrderBook orders,
        ListingBook listings,
        RuleBook rules,
        RuleImports ruleImports,
        StoreRegistry stores,
        Catalogue catalogue,
        InventoryService inventory) {

    static Services over(LedgerTransactions transactions, ListingSide side) {
        Poster poster = new Poster(transactions.vendor(), side.marks());
        Products products = new Products();
        StoreLocations storeLocations = new StoreLocations();
        OrderBookService orders =
                new OrderBookService(transactions, products, storeLocations, poster, side.lookup(), side.effects());
        Core core = new Core(transactions, poster, products, storeLocations, orders.inbox());
        return new Services(
                orders,
                side.book(core),
                side.rules(core),
                side.ruleImports(core),
                new Registry(transactions, side.marks()),
                new CatalogueService(transactions, products, orders.inbox(), side.counts(), side.marks()),
                new Inventory(transactions, poster));
    }
}
