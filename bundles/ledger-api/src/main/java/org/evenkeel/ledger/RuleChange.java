package org.evenkeel.ledger;

import java.util.Objects;

/**
 * One change of a rule.
 *
 * @param scope what the rule is for
 * @param rule the whole rule from then on; null to have none there, so that the next wider one counts
 */
public record RuleChange(RuleScope scope, ListingRule rule) {
    public RuleChange {
        Objects.requireNonNull(scope, "scope");
    }

    /** Gives a scope a rule, whether it had one or not. */
    public static RuleChange set(RuleScope scope, ListingRule rule) {
        return new RuleChange(scope, Objects.requireNonNull(rule, "rule"));
    }

    /** Leaves a scope without a rule of its own. Of the default: it becomes {@link ListingRule#ONE_TO_ONE} again. */
    public static RuleChange remove(RuleScope scope) {
        return new RuleChange(scope, null);
    }
}
