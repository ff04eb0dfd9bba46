package org.evenkeel.ledger.impl.listings;

import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.impl.catalogue.StoreLocations.Mapped;

/**
 * What a figure is computed from, all of one state of the ledger, so that what it should show under its rule and what it would
 * show under another one are computed from the same stock.
 *
 * @param figure as it was, not locked
 * @param owner the listing that it is pushed for
 * @param mapped what stands behind its store location; null when that is not known
 * @param rule the rule that counts
 * @param ruleVersion the number of the last change of rules, mapping and owners that concerns it and was seen
 */
record Basis(
        FigureEntity figure,
        ListingEntity owner,
        WantedFigures.Product product,
        Mapped mapped,
        WantedFigures.Stock stock,
        EffectiveRule rule,
        long ruleVersion) {

    /** What it should show. */
    Wanted wanted() {
        return under(rule);
    }

    /** What it would show if another rule counted. */
    Wanted under(EffectiveRule other) {
        String notSent = notSent(other);
        boolean pushable = figure.active && notSent.isEmpty();
        return new Wanted(
                figure,
                owner,
                isMapped(),
                pushable,
                notSent,
                pushable ? other.rule().figure(stock.available(figure.product, mapped.ledgerLocations())) : 0,
                pushable ? stock.open(figure.product, mapped.ledgerLocations()) : 0,
                product.version(),
                ruleVersion,
                product.soldScore());
    }

    private boolean isMapped() {
        return mapped != null && !mapped.ledgerLocations().isEmpty();
    }

    /** Why nothing is sent although the listing is active; empty when it is. */
    private String notSent(EffectiveRule counting) {
        if (!figure.active) {
            return "";
        }
        if (counting.rule().paused()) {
            return "Paused by the rule of " + counting.scope() + ".";
        }
        if (!product.opened()) {
            return "Its product was never counted.";
        }
        if (!isMapped()) {
            return "No location of the ledger stands behind the store's location.";
        }
        return mapped.writable() ? "" : "The store's location cannot be written.";
    }
}
