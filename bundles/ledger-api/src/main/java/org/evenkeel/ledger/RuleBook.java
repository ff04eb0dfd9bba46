package org.evenkeel.ledger;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rules by which what is available becomes the figures that stores show. Thread-safe.
 *
 * <p><strong>Inheritance.</strong> The whole rule of the nearest scope counts: the listing's, else its store's, else the
 * default; see {@link RuleScope}. A rule of a listing stays when the listing is gone, and counts again when it comes back.
 *
 * <p><strong>What a change does.</strong> Exactly the figures whose rule became another one are due. The rule counts from the
 * commit of the change on: each figure that is computed afterwards is computed by it, and what was computed before and
 * is acknowledged afterwards stays due. A change of the default or of a store's rule may concern very many figures: those are
 * marked some hundreds at a time, before the call returns; what a crash in between leaves unmarked is marked with the next
 * {@link ListingBook#due}. So nobody waits for a change of a rule, and none is half forgotten.
 *
 * <p>A paused rule sends nothing: the store keeps showing what it shows, and its own orders still count in the ledger.
 */
@ProviderType
public interface RuleBook {
    /** The most changes in one call. */
    int MOST_CHANGES = 1000;

    /** The rules that are set; the default only where somebody set it. */
    Page<RuleRow> rules(RuleQuery query);

    /** The rule that is set for a scope itself; empty when it inherits (or, of the default, when nobody set it). */
    Optional<RuleRow> rule(RuleScope scope);

    /** The rule that counts for a listing; empty when the listing is not known. */
    Optional<EffectiveRule> effective(ListingKey listing);

    /** The rule that counts for listings of a store without one of their own. @throws NotFoundException without such a store */
    EffectiveRule effective(StoreId store);

    /**
     * What changes would do, as the ledger stands now, and without doing it: {@link #apply} then makes exactly these figures
     * due and wanted, unless stock, orders or rules move in between. Walks through all figures concerned, some hundreds at a
     * time, and keeps no more than the page.
     *
     * @param changes 1 to {@value #MOST_CHANGES}, each scope once
     * @param onlyDifferent only rows whose effect is not {@code UNCHANGED}; totals count all
     * @param page which part of the rows
     * @throws NotFoundException when a store or listing is not known
     * @throws InvalidInputException when a scope is there twice, or there are too many changes or none
     */
    RulePreview preview(List<RuleChange> changes, boolean onlyDifferent, PageRequest page);

    /**
     * Changes rules, all of them or none. A change to what already is changes nothing and makes nothing due.
     *
     * @param changes 1 to {@value #MOST_CHANGES}, each scope once
     * @param actor who
     * @param key the same key and changes again answer the same, and change nothing
     * @throws NotFoundException when a store or listing is not known; nothing was changed
     * @throws InvalidInputException when a scope is there twice, or there are too many changes or none; nothing was changed
     * @throws ConflictException when the key was used with other changes
     */
    Applied apply(List<RuleChange> changes, String actor, IdempotencyKey key);

    /**
     * What a call changed.
     *
     * @param changed how many rules are another one now
     * @param repeated whether the key had been used before, so that nothing was changed now; {@code changed} is 0 then
     */
    record Applied(int changed, boolean repeated) {}
}
