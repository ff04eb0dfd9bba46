package org.evenkeel.ledger.impl.rules;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Optional;
import java.util.function.Supplier;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.StoreId;

/** Rules in bulk, which leave behind in the audit log who applied which file. Thread-safe. */
public final class RuleImportAudit implements RuleImports {
    private final RuleImports imports;
    private final Supplier<Optional<AuditLog>> audit;

    /** @param audit the log; empty while there is none */
    public RuleImportAudit(RuleImports imports, Supplier<Optional<AuditLog>> audit) {
        this.imports = imports;
        this.audit = audit;
    }

    /** A file that was applied before is not applied again, and not told again. */
    @Override
    public RuleImport apply(long id, String actor) {
        boolean before = imports.find(id)
                .filter(staged -> staged.state() == RuleImport.State.APPLIED)
                .isPresent();
        RuleImport applied = imports.apply(id, actor);
        if (!before) {
            audit.get()
                    .ifPresent(log -> log.record(
                            actor,
                            "rules.imported",
                            "file " + id,
                            applied.name() + ": " + applied.changed() + " of " + applied.rules() + " rules changed."));
        }
        return applied;
    }

    @Override
    public void export(StoreId store, Writer csv) throws IOException {
        imports.export(store, csv);
    }

    @Override
    public RuleImport stage(String name, Reader csv, String actor) throws IOException {
        return imports.stage(name, csv, actor);
    }

    @Override
    public Optional<RuleImport> find(long id) {
        return imports.find(id);
    }

    @Override
    public Page<RuleImport> imports(PageRequest page) {
        return imports.imports(page);
    }

    @Override
    public Page<Problem> problems(long id, PageRequest page) {
        return imports.problems(id, page);
    }

    @Override
    public RulePreview preview(long id, boolean onlyDifferent, PageRequest page) {
        return imports.preview(id, onlyDifferent, page);
    }

    @Override
    public RuleImport undo(long id, String actor) {
        return imports.undo(id, actor);
    }

    @Override
    public RuleImport discard(long id, String actor) {
        return imports.discard(id, actor);
    }
}
