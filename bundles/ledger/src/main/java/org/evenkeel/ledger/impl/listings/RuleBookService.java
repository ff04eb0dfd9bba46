package org.evenkeel.ledger.impl.listings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.EffectiveRule;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingKey;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.CallerKeys;
import org.evenkeel.ledger.impl.LedgerTransactions;

/** The book of rules: gives each call its transaction, and hands it to who knows. */
final class RuleBookService implements RuleBook {
    private final LedgerTransactions transactions;
    private final Rows rows;
    private final RuleViews views;
    private final RulePreviews previews;
    private final RuleChanges changes;
    private final Marking marking;

    RuleBookService(LedgerTransactions transactions, Rows rows, WantedFigures wanted) {
        this.transactions = transactions;
        this.rows = rows;
        this.views = new RuleViews(rows);
        this.previews = new RulePreviews(transactions, rows, wanted);
        this.changes = new RuleChanges(rows);
        this.marking = new Marking(transactions, rows);
    }

    @Override
    public Page<RuleRow> rules(RuleQuery query) {
        return transactions.read(tx -> views.page(tx, query));
    }

    @Override
    public Optional<RuleRow> rule(RuleScope scope) {
        return transactions.read(tx -> views.one(tx, scope));
    }

    @Override
    public Optional<EffectiveRule> effective(ListingKey listing) {
        return transactions.read(tx -> views.effective(tx, listing));
    }

    @Override
    public EffectiveRule effective(StoreId store) {
        return transactions.read(tx -> {
            rows.store(tx, store.value());
            return Rules.of(tx, store.value());
        });
    }

    @Override
    public RulePreview preview(List<RuleChange> wanted, boolean onlyDifferent, PageRequest page) {
        RuleTargets.check(wanted);
        return previews.of(wanted, onlyDifferent, page);
    }

    @Override
    public Applied apply(List<RuleChange> wanted, String actor, IdempotencyKey key) {
        RuleTargets.check(wanted);
        Objects.requireNonNull(actor, "actor");
        String input = input(wanted);
        Outcome outcome = transactions.run(tx -> {
            if (CallerKeys.used(tx, key, input).isPresent()) {
                return new Outcome(new Applied(0, true), Set.of());
            }
            RuleChanges.Done done = changes.change(tx, wanted, actor);
            CallerKeys.use(tx, key, input, null);
            return new Outcome(new Applied(done.changed(), false), done.wide());
        });
        outcome.wide().forEach(marking::finish);
        return outcome.applied();
    }

    private record Outcome(Applied applied, Set<String> wide) {}

    /** In an order of its own, so that the same changes in another one are the same input. */
    private static String input(List<RuleChange> wanted) {
        return wanted.stream()
                .map(change -> change.scope() + "\t" + change.rule())
                .sorted()
                .collect(Collectors.joining("\n", "rules\n", ""));
    }
}
