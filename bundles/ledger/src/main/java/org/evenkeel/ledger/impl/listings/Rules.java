package org.evenkeel.ledger.impl.listings;

import org.evenkeel.ledger.ListingRule;

/**
 * The one place where the rule of a figure is looked up: of its listing, else of its store, else the default. None can be set
 * yet, so that the default it is. Whoever lets one be set raises the store's rule version and marks what it concerns
 * ({@link Marks#mappingChanged}). Stateless.
 */
final class Rules {

    ListingRule of(FigureEntity figure) {
        return ListingRule.ONE_TO_ONE;
    }
}
