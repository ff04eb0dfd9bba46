package org.evenkeel.ledger.impl.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.evenkeel.ledger.IdempotencyKey;
import org.evenkeel.ledger.ListingRule;
import org.evenkeel.ledger.RuleBook;
import org.evenkeel.ledger.RuleChange;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RuleScope;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.Ledger;
import org.junit.jupiter.api.Test;

/** Who changed which rule is on record. */
class RuleAuditTest {
    private final List<String> told = new ArrayList<>();

    private final AuditLog log = new AuditLog() {
        @Override
        public void record(String actor, String action, String subject, String detail) {
            told.add(String.join(" | ", actor, action, subject, detail));
        }

        @Override
        public List<Entry> entries(String text, int offset, int limit) {
            return List.of();
        }

        @Override
        public long count(String text) {
            return 0;
        }
    };

    private static IdempotencyKey key(String value) {
        return new IdempotencyKey("user:anna", value);
    }

    @Test
    void changesAreOnRecordOnceEach() throws Exception {
        try (TestDatabase database = TestDatabases.derby();
                Ledger ledger = Ledger.open(database.database(), Clock.systemUTC(), change -> {})) {
            RuleBook rules = new RuleAudit(ledger.rules(), () -> Optional.of(log));
            RuleImports imports = new RuleImportAudit(ledger.ruleImports(), () -> Optional.of(log));
            ListingRule rule = new ListingRule(3, 5_000, 0, Long.MAX_VALUE, 0, true, false);
            List<RuleChange> change = List.of(RuleChange.set(RuleScope.DEFAULT, rule));
            rules.apply(change, "user:anna", key("1"));
            rules.apply(change, "user:anna", key("1"));
            rules.apply(change, "user:anna", key("2"));
            assertThat(told)
                    .containsExactly(
                            "user:anna | rule.set | the default | buffer 3, share 50 %, min 0, max none, close at 0, paused");

            told.clear();
            List<RuleChange> many = new ArrayList<>();
            IntStream.rangeClosed(0, RuleAudit.TOLD).forEach(n -> {
                StoreId store = new StoreId("s" + n);
                ledger.stores().register(store, "Store " + n, "kind", "test");
                many.add(RuleChange.set(new RuleScope.OfStore(store), rule));
            });
            rules.apply(many, "user:anna", key("3"));
            assertThat(told).containsExactly("user:anna | rules.changed |  | 21 of 21 rules at once.");

            told.clear();
            long file = imports.stage("r.csv", new StringReader("scope,remove\ndefault,yes\n"), "user:bert")
                    .id();
            imports.apply(file, "user:bert");
            imports.apply(file, "user:bert");
            assertThat(told)
                    .containsExactly("user:bert | rules.imported | file " + file + " | r.csv: 1 of 1 rules changed.");
        }
    }

    @Test
    void withoutALogRulesChangeAllTheSame() {
        try (TestDatabase database = TestDatabases.derby();
                Ledger ledger = Ledger.open(database.database(), Clock.systemUTC(), change -> {})) {
            RuleBook rules = new RuleAudit(ledger.rules(), Optional::empty);
            RuleChange change = RuleChange.set(RuleScope.DEFAULT, new ListingRule(1, 10_000, 0, 9, 0, false, false));
            assertThat(rules.apply(List.of(change), "user:anna", key("1")).changed())
                    .isEqualTo(1);
            assertThat(rules.apply(List.of(RuleChange.remove(RuleScope.DEFAULT)), "user:anna", key("2"))
                            .changed())
                    .isEqualTo(1);
        }
    }
}
