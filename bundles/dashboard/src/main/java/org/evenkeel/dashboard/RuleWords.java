package org.evenkeel.dashboard;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleScope;

/** Rules in words. */
public final class RuleWords {
    private RuleWords() {}

    /** What a rule does. */
    public static String of(ListingRule rule) {
        if (rule.oneToOne()) {
            return "one to one";
        }
        List<String> parts = new ArrayList<>();
        if (rule.paused()) {
            parts.add("paused");
        }
        if (rule.buffer() > 0) {
            parts.add(rule.buffer() + " kept back");
        }
        if (rule.share() < 10_000) {
            parts.add(percent(rule.share()) + " %" + (rule.buffer() > 0 ? " of the rest" : ""));
        }
        if (rule.min() > 0) {
            parts.add("at least " + rule.min() + (rule.sellWithoutStock() ? ", also without stock" : ""));
        }
        if (rule.max() < Long.MAX_VALUE) {
            parts.add("at most " + rule.max());
        }
        if (rule.closeAt() > 0) {
            parts.add("0 at " + rule.closeAt() + " or less");
        }
        return parts.isEmpty() ? "one to one" : String.join(", ", parts);
    }

    /** The address of a listing's rule. @param back where to go to from there */
    public static String link(ListingKey key, String back) {
        return RuleServlet.PATH + "?store=" + key.store() + "&listing=" + encoded(key.listing()) + "&variant="
                + encoded(key.variant()) + "&back=" + encoded(back);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String percent(int basisPoints) {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString();
    }

    /** Whose rule it is. */
    public static String of(RuleScope scope) {
        if (scope instanceof RuleScope.OfStore) {
            return "the store's";
        }
        return scope instanceof RuleScope.OfListing ? "its own" : "the default";
    }

    public static String of(RulePreview.Effect effect) {
        return effect.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** As classes of a tag. */
    public static String colour(RulePreview.Effect effect) {
        return switch (effect) {
            case RAISED, RESUMED -> "good";
            case LOWERED, PAUSED -> "due";
            case ZEROED -> "bad";
            case UNCHANGED -> "";
        };
    }

    public static String of(RuleImport.State state) {
        return switch (state) {
            case READING -> "being read, or interrupted";
            case REFUSED -> "has problems";
            case READY -> "ready to be applied";
            case APPLYING -> "being applied, or interrupted";
            case APPLIED -> "applied";
            case DISCARDED -> "discarded";
        };
    }

    /** As classes of a tag. */
    public static String colour(RuleImport.State state) {
        return switch (state) {
            case APPLIED -> "good";
            case READY, READING, APPLYING -> "due";
            case REFUSED -> "bad";
            case DISCARDED -> "";
        };
    }
}
