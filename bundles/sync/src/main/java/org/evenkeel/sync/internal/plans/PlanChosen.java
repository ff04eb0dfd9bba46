package org.evenkeel.sync.internal.plans;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingId;
import org.evenkeel.ledger.Catalogue;
import org.evenkeel.ledger.OpeningChoices;
import org.evenkeel.ledger.OrderPage;
import org.evenkeel.ledger.ProductId;
import org.evenkeel.ledger.Sku;
import org.evenkeel.sync.PlanChoices.MissedOrder;
import org.evenkeel.sync.PlanChoices.Opening;
import org.evenkeel.sync.PlanOrder;
import org.evenkeel.sync.internal.kept.PlanEntity;
import org.evenkeel.sync.internal.kept.PlanOrderEntity;
import org.evenkeel.sync.internal.kept.PlanRecords;
import org.evenkeel.sync.internal.kept.PlanRowEntity;
import org.evenkeel.sync.internal.lane.Chosen;

/** Tells lanes what was chosen, from what is kept of plans. Thread-safe. */
public final class PlanChosen implements Chosen {
    private static final int ROWS = 500;

    private final PlanRecords records;
    private final Catalogue catalogue;

    public PlanChosen(PlanRecords records, Catalogue catalogue) {
        this.records = records;
        this.catalogue = catalogue;
    }

    @Override
    public OpeningChoices openings(long plan, boolean others) {
        Set<ProductId> adopt = new HashSet<>();
        Set<ProductId> hold = new HashSet<>();
        Map<ProductId, Long> set = new HashMap<>();
        long after = 0;
        List<PlanRowEntity> rows;
        do {
            rows = records.rows().chosen(plan, after, ROWS);
            found(rows);
            for (PlanRowEntity row : rows) {
                after = row.id;
                if (row.product != null) {
                    ProductId product = new ProductId(row.product);
                    switch (Opening.valueOf(row.choice)) {
                        case ADOPT -> adopt.add(product);
                        case HOLD -> hold.add(product);
                        case SET -> set.put(product, row.quantity);
                    }
                }
            }
        } while (rows.size() == ROWS);
        return new OpeningChoices(name(plan), others, adopt, hold, set);
    }

    /** How the ledger names what a plan opened. */
    static String name(long plan) {
        return Long.toString(plan);
    }

    /** Products that were new when the plan was made are there by now; that is looked up once for each. */
    private void found(List<PlanRowEntity> rows) {
        List<PlanRowEntity> filled = new ArrayList<>();
        for (PlanRowEntity row : rows) {
            if (row.product == null && Sku.isPresent(row.sku)) {
                catalogue.productBySku(new Sku(row.sku)).ifPresent(product -> {
                    row.product = product.id().value();
                    filled.add(row);
                });
            }
        }
        records.rows().update(filled);
    }

    @Override
    public OrderPage.Counted counted(long plan, Set<String> orders) {
        PlanEntity kept = records.find(plan).orElse(null);
        if (kept == null) {
            return OrderPage.Counted.NONE;
        }
        Set<String> skipped = records.orders().of(plan, orders).stream()
                .filter(order -> isSkipped(kept, order))
                .map(order -> order.code)
                .collect(Collectors.toSet());
        return new OrderPage.Counted(skipped, kept.asOf);
    }

    private static boolean isSkipped(PlanEntity plan, PlanOrderEntity order) {
        return order.kind.equals(PlanOrder.Kind.MISSED.name())
                && Objects.requireNonNullElse(order.choice, plan.missedOrders).equals(MissedOrder.SKIP.name());
    }

    @Override
    public Undone undone(long plan) {
        PlanEntity undo = records.find(plan).orElseThrow();
        PlanEntity undone = records.find(undo.undoes).orElseThrow();
        return new Undone(name(undone.id), undone.begunAt);
    }

    @Override
    public List<UndoneFigure> undoneFigures(long plan, long after, int limit) {
        return records.rows().rows(plan, after, limit).stream()
                .map(row -> new UndoneFigure(
                        row.id,
                        new FigureTarget(new ListingId(row.listing, row.variant), row.counter, row.location),
                        row.sku,
                        row.product == null ? null : new ProductId(row.product),
                        row.inStock != null,
                        row.gets,
                        row.sold == null ? 0 : row.sold))
                .toList();
    }
}
