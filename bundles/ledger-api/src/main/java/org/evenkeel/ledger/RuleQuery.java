package org.evenkeel.ledger;

/**
 * Which rules are wanted: the default first, then those of stores by id, then those of listings by store and SKU.
 *
 * @param kind only of this kind; null for all
 * @param store only this store's and its listings'; null for all
 * @param text part of a listing's SKU or title, without regard to case; leaves out rules of other kinds unless empty
 * @param page which part
 */
public record RuleQuery(Kind kind, StoreId store, String text, PageRequest page) {
    /** Kinds of scopes. */
    public enum Kind {
        DEFAULT,
        STORE,
        LISTING
    }

    /** All rules, the given part. */
    public static RuleQuery all(PageRequest page) {
        return new RuleQuery(null, null, "", page);
    }
}
