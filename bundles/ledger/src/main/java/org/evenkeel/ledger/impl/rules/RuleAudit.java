package org.evenkeel.ledger.impl.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;

/** The book of rules, which leaves behind in the audit log who changed what. Thread-safe. */
public final class RuleAudit implements RuleBook {
    /** The most changes of one call that are told one by one. */
    static final int TOLD = 20;

    private final RuleBook rules;
    private final Supplier<Optional<AuditLog>> audit;

    /** @param audit the log; empty while there is none */
    public RuleAudit(RuleBook rules, Supplier<Optional<AuditLog>> audit) {
        this.rules = rules;
        this.audit = audit;
    }

    @Override
    public Applied apply(List<RuleChange> changes, String actor, IdempotencyKey key) {
        Applied applied = rules.apply(changes, actor, key);
        if (applied.changed() > 0) {
            audit.get().ifPresent(log -> tell(log, changes, applied.changed(), actor));
        }
        return applied;
    }

    private static void tell(AuditLog log, List<RuleChange> changes, int changed, String actor) {
        if (changes.size() > TOLD) {
            log.record(actor, "rules.changed", "", changed + " of " + changes.size() + " rules at once.");
            return;
        }
        for (RuleChange change : changes) {
            boolean set = change.rule() != null;
            log.record(
                    actor,
                    set ? "rule.set" : "rule.removed",
                    change.scope().toString(),
                    set ? words(change.rule()) : "");
        }
    }

    private static String words(ListingRule rule) {
        return rule.oneToOne()
                ? "one to one"
                : "buffer " + rule.buffer() + ", share " + Cells.percent(rule.share()) + " %, min " + rule.min()
                        + ", max "
                        + (rule.max() == Long.MAX_VALUE ? "none" : Long.toString(rule.max())) + ", close at "
                        + rule.closeAt() + (rule.paused() ? ", paused" : "")
                        + (rule.sellWithoutStock() ? ", sell without stock" : "");
    }

    @Override
    public Page<RuleRow> rules(RuleQuery query) {
        return rules.rules(query);
    }

    @Override
    public Optional<RuleRow> rule(RuleScope scope) {
        return rules.rule(scope);
    }

    @Override
    public Optional<EffectiveRule> effective(ListingKey listing) {
        return rules.effective(listing);
    }

    @Override
    public EffectiveRule effective(StoreId store) {
        return rules.effective(store);
    }

    @Override
    public RulePreview preview(List<RuleChange> changes, boolean onlyDifferent, PageRequest page) {
        return rules.preview(changes, onlyDifferent, page);
    }
}
