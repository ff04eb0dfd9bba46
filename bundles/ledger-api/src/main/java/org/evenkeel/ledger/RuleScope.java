package org.evenkeel.ledger;

import java.util.Objects;

/**
 * What a rule is for. The nearest rule counts, as a whole: that of the listing, else that of its store, else the default. Rules
 * of several scopes are never mixed.
 */
public sealed interface RuleScope {

    /** Every listing whose store and self have no rule of their own. Until it is set, it is {@link ListingRule#ONE_TO_ONE}. */
    record Default() implements RuleScope {
        @Override
        public String toString() {
            return "the default";
        }
    }

    /**
     * Every listing of a store that has no rule of its own.
     *
     * @param store which one
     */
    record OfStore(StoreId store) implements RuleScope {
        public OfStore {
            Objects.requireNonNull(store, "store");
        }

        @Override
        public String toString() {
            return "store " + store;
        }
    }

    /**
     * One listing. Where listings share a counter, the rule of the one counts that is pushed for all of them; so that whoever
     * wants another figure there gives that one a rule.
     *
     * @param listing which one
     */
    record OfListing(ListingKey listing) implements RuleScope {
        public OfListing {
            Objects.requireNonNull(listing, "listing");
        }

        @Override
        public String toString() {
            return "listing " + listing.listing()
                    + (listing.variant().isEmpty() ? "" : "/" + listing.variant())
                    + " of store " + listing.store();
        }
    }

    /** The scope of all that have no nearer one. */
    RuleScope DEFAULT = new Default();
}
