package org.evenkeel.ledger;

import java.util.Objects;

/**
 * The rule that counts for a listing, and where it comes from.
 *
 * @param rule the rule
 * @param scope whose rule it is: the listing's own, its store's, or the default
 */
public record EffectiveRule(ListingRule rule, RuleScope scope) {
    /** As long as nobody set anything. */
    public static final EffectiveRule UNSET = new EffectiveRule(ListingRule.ONE_TO_ONE, RuleScope.DEFAULT);

    public EffectiveRule {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(scope, "scope");
    }
}
