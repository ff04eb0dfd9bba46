package org.evenkeel.ledger;

import java.time.Instant;

/**
 * A rule that is set.
 *
 * @param scope what it is for
 * @param rule the rule
 * @param sku raw, of the listing; null where the rule is not of a listing, or the listing has none
 * @param title of the listing; empty where the rule is not of a listing
 * @param changedAt when it was set
 * @param changedBy the actor who set it
 */
public record RuleRow(
        RuleScope scope, ListingRule rule, String sku, String title, Instant changedAt, String changedBy) {}
