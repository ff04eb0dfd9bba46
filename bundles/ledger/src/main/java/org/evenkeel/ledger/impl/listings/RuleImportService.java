package org.evenkeel.ledger.impl.listings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.PageRequest;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImport.State;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RulePreview;
import org.evenkeel.ledger.RuleQuery;
import org.evenkeel.ledger.RuleRow;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.listings.RuleTargets.Target;
import org.evenkeel.ledger.impl.rules.RuleFileReader;
import org.evenkeel.ledger.impl.rules.RuleFileWriter;
import org.evenkeel.ledger.impl.rules.RuleText;
import org.hibernate.LockMode;

/** Rules in bulk: out as a file, in as a file that is staged first. Thread-safe; keeps nothing but what is in the database. */
final class RuleImportService implements RuleImports {
    /** How many rules are applied in a transaction, so that nobody waits long for it. */
    static final int AT_ONCE = 200;

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration KEPT_APPLIED = Duration.ofDays(365);

    private final LedgerTransactions transactions;
    private final Rows rows;
    private final RuleViews views;
    private final RulePreviews previews;
    private final RuleChanges changes;
    private final Marking marking;

    RuleImportService(LedgerTransactions transactions, Rows rows, WantedFigures wanted) {
        this.transactions = transactions;
        this.rows = rows;
        this.views = new RuleViews(rows);
        this.previews = new RulePreviews(transactions, rows, wanted);
        this.changes = new RuleChanges(rows);
        this.marking = new Marking(transactions, rows);
    }

    // --- out ---------------------------------------------------------------------------------------------------------

    @Override
    public void export(StoreId store, Writer csv) throws IOException {
        RuleFileWriter file = new RuleFileWriter(csv);
        if (store == null) {
            write(file, RuleQuery.Kind.DEFAULT, null);
        }
        write(file, RuleQuery.Kind.STORE, store);
        RuleViews.Place place = RuleViews.Place.FIRST;
        while (place != null) {
            RuleViews.Place after = place;
            RuleViews.Part part = transactions.read(tx -> views.ofListings(tx, store, after));
            for (RuleRow row : part.rows()) {
                file.write(row);
            }
            place = part.last();
        }
        file.end();
    }

    private void write(RuleFileWriter file, RuleQuery.Kind kind, StoreId store) throws IOException {
        Page<RuleRow> page = null;
        do {
            int offset = page == null ? 0 : page.request().offset() + PageRequest.MAX_LIMIT;
            RuleQuery query = new RuleQuery(kind, store, "", new PageRequest(offset, PageRequest.MAX_LIMIT));
            page = transactions.read(tx -> views.page(tx, query));
            for (RuleRow row : page.items()) {
                file.write(row);
            }
        } while (page.hasMore());
    }

    // --- in ----------------------------------------------------------------------------------------------------------

    @Override
    public RuleImport stage(String name, Reader csv, String actor) throws IOException {
        RuleFileReader file = new RuleFileReader(csv);
        long id = transactions.run(tx -> {
            forgetOld(tx);
            return begin(tx, name, State.READING, actor).id;
        });
        boolean read = false;
        try {
            RuleStaging.Staged staged = new RuleStaging(transactions, rows, id).read(file);
            read = true;
            return transactions.run(tx -> staged(tx, id, staged));
        } finally {
            if (!read) {
                transactions.run(tx -> forget(tx, List.of(id)));
            }
        }
    }

    private static RuleImportEntity begin(Tx tx, String name, State state, String actor) {
        String readable = Texts.readable(name.strip(), 255);
        RuleImportEntity begun = new RuleImportEntity();
        begun.name = readable.isEmpty() ? "rules.csv" : readable;
        begun.state = state;
        begun.stagedAt = tx.now();
        begun.stagedBy = Texts.readable(actor, 255);
        tx.session().insert(begun);
        return begun;
    }

    private static RuleImport staged(Tx tx, long id, RuleStaging.Staged staged) {
        RuleImportEntity row = locked(tx, id);
        row.rules = staged.rules();
        row.problems = staged.problems();
        row.state = staged.problems() == 0 ? State.READY : State.REFUSED;
        if (row.state == State.REFUSED) {
            delete(tx, "RuleImportRow", List.of(id));
        }
        tx.session().update(row);
        return row.view();
    }

    private static void forgetOld(Tx tx) {
        Instant now = tx.now();
        forget(
                tx,
                tx.session()
                        .createSelectionQuery(
                                "select i.id from RuleImport i where i.stagedAt < :old and i.state <> APPLIED"
                                        + " or i.stagedAt < :oldest",
                                Long.class)
                        .setParameter("old", now.minus(KEPT))
                        .setParameter("oldest", now.minus(KEPT_APPLIED))
                        .setMaxResults(Chunks.SIZE)
                        .getResultList());
    }

    private static int forget(Tx tx, List<Long> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        delete(tx, "RuleImportRow", ids);
        delete(tx, "RuleImportProblem", ids);
        return tx.session()
                .createMutationQuery("delete from RuleImport i where i.id in (:ids)")
                .setParameterList("ids", ids)
                .executeUpdate();
    }

    private static void delete(Tx tx, String what, List<Long> ids) {
        tx.session()
                .createMutationQuery("delete from " + what + " r where r.ofImport in (:ids)")
                .setParameterList("ids", ids)
                .executeUpdate();
    }

    // --- looking -----------------------------------------------------------------------------------------------------

    @Override
    public Optional<RuleImport> find(long id) {
        return transactions.read(tx -> Optional.ofNullable(tx.session().get(RuleImportEntity.class, id))
                .map(RuleImportEntity::view));
    }

    @Override
    public Page<RuleImport> imports(PageRequest page) {
        return transactions.read(tx -> new Page<>(
                tx
                        .session()
                        .createSelectionQuery("from RuleImport i order by i.id desc", RuleImportEntity.class)
                        .setFirstResult(page.offset())
                        .setMaxResults(page.limit())
                        .getResultList()
                        .stream()
                        .map(RuleImportEntity::view)
                        .toList(),
                tx.session()
                        .createSelectionQuery("select count(*) from RuleImport i", Long.class)
                        .getSingleResult(),
                page));
    }

    @Override
    public Page<Problem> problems(long id, PageRequest page) {
        return transactions.read(tx -> {
            existing(tx.session().get(RuleImportEntity.class, id), id);
            return new Page<>(
                    tx
                            .session()
                            .createSelectionQuery(
                                    "from RuleImportProblem p where p.ofImport = :id order by p.place",
                                    RuleImportProblemEntity.class)
                            .setParameter("id", id)
                            .setFirstResult(page.offset())
                            .setMaxResults(page.limit())
                            .getResultList()
                            .stream()
                            .map(row -> new Problem(row.line, row.column, row.message))
                            .toList(),
                    tx.session()
                            .createSelectionQuery(
                                    "select count(*) from RuleImportProblem p where p.ofImport = :id", Long.class)
                            .setParameter("id", id)
                            .getSingleResult(),
                    page);
        });
    }

    @Override
    public RulePreview preview(long id, boolean onlyDifferent, PageRequest page) {
        transactions.read(tx -> {
            RuleImportEntity row = existing(tx.session().get(RuleImportEntity.class, id), id);
            return in(row, "It cannot be previewed", State.READY, State.APPLYING);
        });
        return previews.of(new StagedRules(id), onlyDifferent, page);
    }

    // --- applying ----------------------------------------------------------------------------------------------------

    @Override
    public RuleImport apply(long id, String actor) {
        while (true) {
            Step step = transactions.run(tx -> step(tx, id, actor));
            step.wide().forEach(marking::finish);
            if (step.state().state() == State.APPLIED) {
                return step.state();
            }
        }
    }

    private record Step(RuleImport state, Set<String> wide) {}

    private Step step(Tx tx, long id, String actor) {
        RuleImportEntity row = in(locked(tx, id), "It cannot be applied", State.READY, State.APPLYING, State.APPLIED);
        if (row.state == State.APPLIED) {
            return new Step(row.view(), Set.of());
        }
        List<RuleImportRowEntity> part = new StagedRules(id).rows(tx, row.done, AT_ONCE);
        RuleChanges.Done done = changes.change(tx, targets(tx, part), actor);
        part.forEach(rule -> {
            rule.changed = done.before().containsKey(rule.scope);
            rule.before = RuleText.of(done.before().get(rule.scope));
        });
        tx.session().updateMultiple(part);
        row.done += part.size();
        row.changed += done.changed();
        row.state = row.done < row.rules ? State.APPLYING : State.APPLIED;
        row.appliedAt = row.state == State.APPLIED ? tx.now() : null;
        row.appliedBy = Texts.readable(actor, 255);
        tx.session().update(row);
        return new Step(row.view(), done.wide());
    }

    private static RuleTargets targets(Tx tx, List<RuleImportRowEntity> part) {
        Map<Long, ListingEntity> listings = new HashMap<>();
        for (List<Long> ids : Chunks.padded(part.stream()
                .map(rule -> rule.listing)
                .filter(java.util.Objects::nonNull)
                .toList())) {
            tx.session()
                    .createSelectionQuery("from Listing l where l.id in (:ids)", ListingEntity.class)
                    .setParameterList("ids", ids)
                    .getResultList()
                    .forEach(listing -> listings.put(listing.id, listing));
        }
        List<Target> targets = new ArrayList<>();
        part.forEach(rule ->
                targets.add(StagedRules.target(rule, rule.listing == null ? null : listings.get(rule.listing))));
        return RuleTargets.of(targets);
    }

    @Override
    public RuleImport undo(long id, String actor) {
        return transactions.run(tx -> {
            RuleImportEntity done = in(locked(tx, id), "There is nothing to take back", State.APPLIED);
            if (done.changed == 0) {
                throw new ConflictException(
                        ConflictException.Reason.STATE,
                        "There is nothing to take back: import " + id + " changed nothing.");
            }
            RuleImportEntity undo = begin(tx, "Taking back " + done.name, State.READY, actor);
            undo.rules = done.changed;
            tx.session().update(undo);
            // Numbers of ours, no texts of others: Derby cannot tell the type of a parameter there.
            tx.session()
                    .createNativeMutationQuery("insert into rule_import_row"
                            + " (import_id, place, scope, store, listing_id, rule, changed) select " + undo.id
                            + ", row_number() over () - 1, scope, store, listing_id, rule_before, false"
                            + " from rule_import_row where import_id = " + done.id + " and changed = true")
                    .executeUpdate();
            return undo.view();
        });
    }

    @Override
    public RuleImport discard(long id, String actor) {
        return change(id, row -> {
            in(row, "It cannot be discarded", State.READING, State.READY, State.REFUSED, State.DISCARDED);
            row.state = State.DISCARDED;
            return row;
        });
    }

    private RuleImport change(long id, UnaryOperator<RuleImportEntity> change) {
        return transactions.run(tx -> {
            RuleImportEntity row = change.apply(locked(tx, id));
            tx.session().update(row);
            return row.view();
        });
    }

    private static RuleImportEntity locked(Tx tx, long id) {
        return existing(tx.session().get(RuleImportEntity.class, id, LockMode.PESSIMISTIC_WRITE), id);
    }

    private static RuleImportEntity existing(RuleImportEntity row, long id) {
        if (row == null) {
            throw new NotFoundException("There is no import " + id + " of rules.");
        }
        return row;
    }

    private static RuleImportEntity in(RuleImportEntity row, String refusal, State... states) {
        if (!List.of(states).contains(row.state)) {
            throw new ConflictException(ConflictException.Reason.STATE, refusal + ": " + words(row.state) + ".");
        }
        return row;
    }

    private static String words(State state) {
        return switch (state) {
            case READING -> "the file is still being read, or that was interrupted; send it again";
            case REFUSED -> "the file has problems; correct it and send it again";
            case READY -> "it was not applied yet";
            case APPLYING -> "it is being applied, or that was interrupted; apply it again to go on";
            case APPLIED -> "it was applied";
            case DISCARDED -> "it was discarded";
        };
    }
}
