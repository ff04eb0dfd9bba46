package org.evenkeel.ledger.impl.listings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RuleImports.Problem;
import org.evenkeel.ledger.RuleQuery.Kind;
import org.evenkeel.ledger.impl.LedgerTransactions;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.registry.StoreEntity;
import org.evenkeel.ledger.impl.rules.RuleFileReader;
import org.evenkeel.ledger.impl.rules.RuleFileRow;
import org.evenkeel.ledger.impl.rules.RuleText;

/** Takes in one file of rules: finds what its rows are for, and writes down each rule or what is wrong with it. */
final class RuleStaging {
    private static final int AT_ONCE = Chunks.SIZE;

    private final LedgerTransactions transactions;
    private final Rows rows;
    private final long id;

    /** The line that each scope was named in; some tens of bytes for each row. */
    private final Map<String, Long> lines = new HashMap<>();

    private final Map<String, Boolean> stores = new HashMap<>();
    private int problems;

    RuleStaging(LedgerTransactions transactions, Rows rows, long id) {
        this.transactions = transactions;
        this.rows = rows;
        this.id = id;
    }

    /** @return how many rules it has, and how many problems were found */
    Staged read(RuleFileReader file) throws IOException {
        List<RuleFileRow> chunk = new ArrayList<>();
        boolean any = false;
        for (Optional<RuleFileRow> row = file.next(); row.isPresent(); row = file.next()) {
            any = true;
            chunk.add(row.get());
            if (chunk.size() == AT_ONCE) {
                write(chunk);
                chunk.clear();
            }
        }
        write(chunk);
        if (!any) {
            List<Problem> empty = List.of(new Problem(1, "", "There are no rules in the file."));
            problems = transactions.run(tx -> keep(tx, empty, 0));
        }
        return new Staged(lines.size(), problems);
    }

    record Staged(int rules, int problems) {}

    /** A transaction that runs again begins with what was known before: so what it finds is kept once it is done. */
    private void write(List<RuleFileRow> chunk) {
        if (chunk.isEmpty()) {
            return;
        }
        Found found = transactions.run(tx -> {
            Found now = find(tx, chunk);
            tx.session().insertMultiple(now.rules());
            keep(tx, now.problems(), problems);
            return now;
        });
        lines.putAll(found.lines());
        problems += found.problems().size();
    }

    private record Found(List<RuleImportRowEntity> rules, Map<String, Long> lines, List<Problem> problems) {}

    private int keep(Tx tx, List<Problem> found, int before) {
        List<RuleImportProblemEntity> kept = new ArrayList<>();
        for (int i = 0; i < found.size() && before + i < RuleImports.MOST_PROBLEMS; i++) {
            RuleImportProblemEntity row = new RuleImportProblemEntity();
            row.ofImport = id;
            row.place = before + i;
            row.line = found.get(i).line();
            row.column = found.get(i).column();
            row.message = Texts.readable(found.get(i).message(), 500);
            kept.add(row);
        }
        tx.session().insertMultiple(kept);
        return kept.size();
    }

    private Found find(Tx tx, List<RuleFileRow> chunk) {
        Listings listings = listings(tx, chunk);
        Found found = new Found(new ArrayList<>(), new HashMap<>(), new ArrayList<>());
        for (RuleFileRow row : chunk) {
            if (!row.problems().isEmpty()) {
                found.problems().addAll(row.problems());
            } else if (row.kind() == Kind.DEFAULT) {
                add(found, row, Rules.DEFAULT, null, null);
            } else if (!known(tx, row.store())) {
                found.problems().add(new Problem(row.line(), "store", "There is no store " + row.store() + "."));
            } else if (row.kind() == Kind.STORE) {
                add(found, row, Rules.ofStore(row.store()), row.store(), null);
            } else {
                addListings(found, row, listings);
            }
        }
        return found;
    }

    private boolean known(Tx tx, String store) {
        return stores.computeIfAbsent(store, id -> tx.session().get(StoreEntity.class, id) != null);
    }

    private void addListings(Found found, RuleFileRow row, Listings listings) {
        List<Long> ids = listings.of(row);
        if (ids.isEmpty()) {
            boolean bySku = row.listing().isEmpty();
            found.problems()
                    .add(new Problem(
                            row.line(),
                            bySku ? "sku" : "listing",
                            "Store " + row.store() + " has no listing "
                                    + (bySku ? "with the SKU " + row.sku() : named(row)) + "."));
        }
        ids.forEach(listing -> add(found, row, Rules.ofListing(listing), row.store(), listing));
    }

    private static String named(RuleFileRow row) {
        return row.listing() + (row.variant().isEmpty() ? "" : "/" + row.variant());
    }

    private void add(Found found, RuleFileRow row, String scope, String store, Long listing) {
        Long before =
                lines.containsKey(scope) ? lines.get(scope) : found.lines().get(scope);
        if (before != null) {
            found.problems()
                    .add(new Problem(
                            row.line(), "", "Line " + before + " has a rule for the same; which one is meant?"));
            return;
        }
        RuleImportRowEntity rule = new RuleImportRowEntity();
        rule.ofImport = id;
        rule.place = lines.size() + found.rules().size();
        rule.scope = scope;
        rule.store = store;
        rule.listing = listing;
        rule.rule = RuleText.of(row.rule());
        found.rules().add(rule);
        found.lines().put(scope, row.line());
    }

    // --- listings ----------------------------------------------------------------------------------------------------

    private record Listings(Map<String, Map<ListingRef, Long>> byRef, Map<String, Map<String, List<Long>>> bySku) {

        List<Long> of(RuleFileRow row) {
            if (row.listing().isEmpty()) {
                return bySku.getOrDefault(row.store(), Map.of()).getOrDefault(row.sku(), List.of());
            }
            Long listing = byRef.getOrDefault(row.store(), Map.of()).get(new ListingRef(row.listing(), row.variant()));
            return listing == null ? List.of() : List.of(listing);
        }
    }

    private Listings listings(Tx tx, List<RuleFileRow> chunk) {
        Map<String, Set<ListingRef>> refs = new TreeMap<>();
        Map<String, Set<String>> skus = new TreeMap<>();
        for (RuleFileRow row : chunk) {
            if (row.kind() == Kind.LISTING && row.problems().isEmpty()) {
                if (row.listing().isEmpty()) {
                    skus.computeIfAbsent(row.store(), store -> new HashSet<>()).add(row.sku());
                } else {
                    refs.computeIfAbsent(row.store(), store -> new HashSet<>())
                            .add(new ListingRef(row.listing(), row.variant()));
                }
            }
        }
        Listings found = new Listings(new HashMap<>(), new HashMap<>());
        refs.forEach((store, some) -> {
            Map<ListingRef, Long> byRef = found.byRef().computeIfAbsent(store, key -> new HashMap<>());
            rows.listings(tx, store, some).forEach((ref, listing) -> byRef.put(ref, listing.id));
        });
        skus.forEach((store, some) -> {
            Map<String, List<Long>> bySku = found.bySku().computeIfAbsent(store, key -> new HashMap<>());
            rows.listingsOfSkus(tx, store, some)
                    .forEach(row -> bySku.computeIfAbsent(row.sku(), key -> new ArrayList<>())
                            .add(row.listing()));
        });
        return found;
    }
}
