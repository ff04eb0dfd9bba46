package org.evenkeel.ledger.impl;

import java.util.List;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.impl.catalogue.ListingCounts;
import org.evenkeel.ledger.impl.orders.ListingLookup;
import org.evenkeel.ledger.impl.orders.StoreEffects;
import org.evenkeel.ledger.impl.posting.FigureMarks;

/**
 * The half of the ledger that knows what stores sell and show. The other half, which knows levels and orders, reaches it
 * through these seams alone.
 */
public interface ListingSide {
    FigureMarks marks();

    StoreEffects effects();

    ListingLookup lookup();

    ListingCounts counts();

    /** Its entities. */
    List<Class<?>> entities();

    /** The book of listings, over the other half. */
    ListingBook book(Core core);

    /** The book of rules, over the other half. */
    RuleBook rules(Core core);

    /** Rules in bulk, over the other half. */
    RuleImports ruleImports(Core core);
}
