package org.evenkeel.rest;

import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;

/** The shapes of rules in the API. */
final class RuleViews {
    private RuleViews() {}

    /**
     * What a rule is for.
     *
     * @param kind DEFAULT, STORE or LISTING
     * @param store of a store or listing
     * @param listing the store's id of a listing
     * @param variant the store's id of its variant; left out where it has none
     */
    record Scope(RuleQuery.Kind kind, String store, String listing, String variant) {
        static Scope of(RuleScope scope) {
            if (scope instanceof RuleScope.OfStore of) {
                return new Scope(RuleQuery.Kind.STORE, of.store().value(), null, null);
            }
            if (scope instanceof RuleScope.OfListing of) {
                ListingKey key = of.listing();
                return new Scope(RuleQuery.Kind.LISTING, key.store().value(), key.listing(), key.variant());
            }
            return new Scope(RuleQuery.Kind.DEFAULT, null, null, null);
        }

        RuleScope scope() {
            if (kind == null) {
                throw Problem.invalid("scope.kind", "What is the rule for? DEFAULT, STORE or LISTING.");
            }
            return switch (kind) {
                case DEFAULT -> RuleScope.DEFAULT;
                case STORE -> new RuleScope.OfStore(store("store"));
                case LISTING -> listingOf(store("listing"), listing, variant);
            };
        }

        private StoreId store(String of) {
            if (store == null) {
                throw Problem.invalid("scope.store", "Which store's " + of + "? Give its id.");
            }
            return new StoreId(store);
        }
    }

    static RuleScope.OfListing listingOf(StoreId store, String listing, String variant) {
        if (listing == null || listing.isEmpty()) {
            throw Problem.invalid("listing", "Which listing? Give the store's id of it.");
        }
        return new RuleScope.OfListing(new ListingKey(store, listing, variant == null ? "" : variant));
    }

    /**
     * A rule. What is left out of one that is set is as in a rule that is one to one.
     *
     * @param buffer units kept back
     * @param share of what is left, in basis points
     * @param min lifts a figure that is not 0
     * @param max bounds it; null for no bound
     * @param closeAt 0 is shown when available is at or below this
     * @param paused nothing is sent
     * @param sellWithoutStock whether min also lifts 0
     */
    record Rule(
            Long buffer, Integer share, Long min, Long max, Long closeAt, Boolean paused, Boolean sellWithoutStock) {
        static Rule of(ListingRule rule) {
            return rule == null
                    ? null
                    : new Rule(
                            rule.buffer(),
                            rule.share(),
                            rule.min(),
                            rule.max() == Long.MAX_VALUE ? null : (Long) rule.max(),
                            rule.closeAt(),
                            rule.paused(),
                            rule.sellWithoutStock());
        }

        ListingRule rule() {
            ListingRule plain = ListingRule.ONE_TO_ONE;
            return new ListingRule(
                    buffer == null ? plain.buffer() : buffer,
                    share == null ? plain.share() : share,
                    min == null ? plain.min() : min,
                    max == null ? plain.max() : max,
                    closeAt == null ? plain.closeAt() : closeAt,
                    paused == null ? plain.paused() : paused,
                    sellWithoutStock == null ? plain.sellWithoutStock() : sellWithoutStock);
        }
    }

    /** The rule that counts, and whose it is. */
    record Effective(Rule rule, Scope scope) {
        static Effective of(EffectiveRule effective) {
            return new Effective(Rule.of(effective.rule()), Scope.of(effective.scope()));
        }
    }

    /** A rule that is set. */
    record Set(Scope scope, Rule rule, String sku, String title, Instant changedAt, String changedBy) {
        static Set of(RuleRow row) {
            return new Set(
                    Scope.of(row.scope()),
                    Rule.of(row.rule()),
                    row.sku(),
                    row.title(),
                    row.changedAt(),
                    row.changedBy());
        }
    }

    /** The rule of a scope: what is set there, or null, and what counts. */
    record OfScope(Set set, Effective effective) {}

    record RulePage(List<Set> items, long total, int offset, int limit) {
        static RulePage of(Page<RuleRow> page) {
            return new RulePage(
                    Views.shaped(page, Set::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    /** One change: a rule to set, or null to leave the scope without one of its own. */
    record Change(Scope scope, Rule rule) {
        RuleChange change() {
            if (scope == null) {
                throw Problem.invalid("changes.scope", "What is the rule for? DEFAULT, STORE or LISTING.");
            }
            return new RuleChange(scope.scope(), rule == null ? null : rule.rule());
        }
    }

    /** Changes that belong together. */
    record Changes(List<Change> changes) {
        List<RuleChange> all() {
            if (changes == null) {
                throw Problem.invalid("changes", "Which rules are to be changed, and to what?");
            }
            return changes.stream().map(Change::change).toList();
        }
    }

    /** How many rules are another one now. */
    record Applied(int changed, boolean repeated) {}

    record Totals(long figures, long raised, long lowered, long zeroed, long paused, long resumed, long unchanged) {
        static Totals of(RulePreview.Totals totals) {
            return new Totals(
                    totals.figures(),
                    totals.raised(),
                    totals.lowered(),
                    totals.zeroed(),
                    totals.paused(),
                    totals.resumed(),
                    totals.unchanged());
        }
    }

    /** What would become of one figure. */
    record PreviewRow(
            long figure,
            String store,
            String listing,
            String variant,
            String sku,
            String title,
            String storeLocation,
            Effective now,
            Effective then,
            Long wantedNow,
            Long wantedThen,
            Long belief,
            String effect) {
        static PreviewRow of(RulePreview.Row row) {
            return new PreviewRow(
                    row.figure(),
                    row.key().store().value(),
                    row.key().listing(),
                    row.key().variant(),
                    row.sku(),
                    row.title(),
                    row.storeLocation(),
                    Effective.of(row.now()),
                    Effective.of(row.then()),
                    row.wantedNow(),
                    row.wantedThen(),
                    row.belief(),
                    row.effect().name());
        }
    }

    record Preview(Totals totals, List<PreviewRow> items, long total, int offset, int limit) {
        static Preview of(RulePreview preview) {
            Page<RulePreview.Row> page = preview.rows();
            return new Preview(
                    Totals.of(preview.totals()),
                    Views.shaped(page, PreviewRow::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record Import(
            long id,
            String name,
            String state,
            int rules,
            int problems,
            int done,
            int changed,
            Instant stagedAt,
            String stagedBy,
            Instant appliedAt,
            String appliedBy) {
        static Import of(RuleImport staged) {
            return new Import(
                    staged.id(),
                    staged.name(),
                    staged.state().name(),
                    staged.rules(),
                    staged.problems(),
                    staged.done(),
                    staged.changed(),
                    staged.stagedAt(),
                    staged.stagedBy(),
                    staged.appliedAt(),
                    staged.appliedBy());
        }
    }

    record ImportPage(List<Import> items, long total, int offset, int limit) {
        static ImportPage of(Page<RuleImport> page) {
            return new ImportPage(
                    Views.shaped(page, Import::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }

    record ImportProblem(long line, String column, String message) {
        static ImportProblem of(RuleImports.Problem problem) {
            return new ImportProblem(problem.line(), problem.column(), problem.message());
        }
    }

    record ImportProblemPage(List<ImportProblem> items, long total, int offset, int limit) {
        static ImportProblemPage of(Page<RuleImports.Problem> page) {
            return new ImportProblemPage(
                    Views.shaped(page, ImportProblem::of),
                    page.total(),
                    page.request().offset(),
                    page.request().limit());
        }
    }
}
