package org.evenkeel.ledger.impl.rules;

import org.evenkeel.ledger.ListingRule;

/** A rule in one column, where it is kept for later and never searched. */
public final class RuleText {
    private RuleText() {}

    /** @param rule null for none */
    public static String of(ListingRule rule) {
        return rule == null
                ? null
                : rule.buffer() + ";" + rule.share() + ";" + rule.min() + ";" + rule.max() + ";" + rule.closeAt() + ";"
                        + rule.paused() + ";" + rule.sellWithoutStock();
    }

    /** @return null for none */
    public static ListingRule read(String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(";", -1);
        return new ListingRule(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Boolean.parseBoolean(parts[5]),
                Boolean.parseBoolean(parts[6]));
    }
}
