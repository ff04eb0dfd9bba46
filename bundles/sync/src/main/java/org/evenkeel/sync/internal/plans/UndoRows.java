package org.evenkeel.sync.internal.plans;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.ledger.ForeseenListing;
import org.evenkeel.ledger.ListingBook;
import org.evenkeel.ledger.PlannedOpening;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.PlanRow.Finding;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/**
 * Makes the rows of a plan that undoes another one: each figure that the other one sent, with what was there before and what was
 * sold since, and the stock that is taken back. Listings that came later are shown and left as they are.
 */
final class UndoRows {
    private final PlanRecords records;
    private final ListingBook listings;

    UndoRows(PlanRecords records, ListingBook listings) {
        this.records = records;
        this.listings = listings;
    }

    /** @param undone the plan that is undone */
    List<PlanRowEntity> rows(PlanEntity plan, PlanEntity undone, List<ForeseenListing> page) {
        List<PlanRowEntity> rows = RowMaker.rows(plan, page);
        Map<List<String>, PlanRowEntity> before = new HashMap<>();
        records.rows()
                .same(undone.id, rows)
                .forEach(row -> before.put(List.of(row.listing, row.variant, row.location), row));
        Set<ProductId> products = new HashSet<>();
        page.stream()
                .map(ForeseenListing::product)
                .filter(product -> product != null)
                .forEach(products::add);
        Map<Long, PlannedOpening> openings = listings.openings(PlanChosen.name(undone.id), products).stream()
                .collect(Collectors.toMap(opening -> opening.product().value(), opening -> opening));
        Map<ProductId, Long> sold = listings.sold(new StoreId(plan.store), products, undone.begunAt);
        for (PlanRowEntity row : rows) {
            opening(row, row.product == null ? null : openings.get(row.product));
            figure(row, undone, before.get(List.of(row.listing, row.variant, row.location)), sold);
            Figuring.work(plan, row);
        }
        return rows;
    }

    private static void opening(PlanRowEntity row, PlannedOpening opening) {
        row.inStock = opening == null || !opening.reversible() ? null : (Long) opening.inStock();
        if (opening != null && !opening.reversible()) {
            Findings.add(row, Finding.STAYS_OPEN, opening.stays());
        }
    }

    private static void figure(PlanRowEntity row, PlanEntity undone, PlanRowEntity before, Map<ProductId, Long> sold) {
        boolean wasSent = before != null
                && before.there != null
                && Outcome.of(undone, before).gets() != null;
        row.before = wasSent ? before.there : null;
        row.sold = row.product == null ? null : (Long) sold.getOrDefault(new ProductId(row.product), 0L);
        row.sold = row.sold == null && wasSent ? (Long) 0L : row.sold;
        row.choosable = wasSent && row.there != null;
    }
}
