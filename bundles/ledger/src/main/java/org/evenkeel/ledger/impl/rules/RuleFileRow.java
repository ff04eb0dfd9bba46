package org.evenkeel.ledger.impl.rules;

import java.util.List;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleImports.Problem;
import org.evenkeel.ledger.RuleQuery.Kind;

/**
 * A row of a file of rules, as it stands there.
 *
 * @param line of the file, from 1
 * @param kind what the rule is for; null when that cannot be read
 * @param store the store's id; empty where there is none
 * @param listing the store's id of the listing; empty where there is none
 * @param variant the store's id of the variant; empty where there is none
 * @param sku raw; empty where there is none
 * @param rule the rule; null to remove it
 * @param problems what is wrong with it; with any, nothing of the row counts
 */
public record RuleFileRow(
        long line,
        Kind kind,
        String store,
        String listing,
        String variant,
        String sku,
        ListingRule rule,
        List<Problem> problems) {
    public RuleFileRow {
        problems = List.copyOf(problems);
    }
}
